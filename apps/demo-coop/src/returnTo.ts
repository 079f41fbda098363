import type { Links } from "./Links.ts"

/** An address to go back to, if it is one of the four services'; anything else is ignored. */
export const returnTo = (links: Links, given: unknown): string | undefined => {
  const url = typeof given === "string" && given.length <= 512 ? URL.parse(given) : null
  if (url === null || url.username !== "" || url.password !== "") return undefined
  return Object.values(links).includes(url.origin) ? url.href : undefined
}
