import { parseCookie, stringifySetCookie } from "cookie"

/**
 * Cookies of one request: what came, and what its answer sets. All of ours are HttpOnly, Lax and for every
 * path.
 */
export interface Jar {
  readonly get: (name: string) => string | undefined
  /** `maxAge` in seconds; 0 takes the cookie away. */
  readonly set: (name: string, value: string, maxAge: number) => void
  /** `Set-Cookie` headers. */
  readonly written: () => ReadonlyArray<string>
}

/** More than any browser of ours sends is not looked at. */
const headerMost = 8192

export const openJar = (header: string | undefined, secure: boolean): Jar => {
  const came = parseCookie((header ?? "").slice(0, headerMost))
  const written = new Map<string, string>()
  return {
    get: (name) => came[name],
    set: (name, value, maxAge) => {
      const cookie = { name, value, maxAge, path: "/", httpOnly: true, sameSite: "lax", secure } as const
      written.set(name, stringifySetCookie(cookie))
    },
    written: () => [...written.values()]
  }
}
