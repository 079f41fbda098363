/** As long as an address to come back to gets. */
const charactersMost = 512

/**
 * Where to go back to after adding: exactly an origin we know, without credentials; else null, which is no
 * error.
 */
export const returnTo = (origins: ReadonlyArray<string>, text: string | undefined): string | null => {
  if (text === undefined || text.length > charactersMost || !/^https?:\/\/[^\s\\]+$/.test(text)) return null
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  if (!origins.includes(url.origin) || url.username !== "" || url.password !== "") return null
  url.searchParams.set("cart", "added")
  return url.href
}
