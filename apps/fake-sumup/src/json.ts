/** What JSON can say. A key whose value is undefined is left out when written. */
export type Json = null | boolean | number | string | ReadonlyArray<Json> | JsonObject
export type JsonObject = { readonly [key: string]: Json | undefined }

export const isList = (value: unknown): value is ReadonlyArray<Json> => Array.isArray(value)

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** The text itself, or undefined when the value is none. */
export const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined)

/** The value a text means, or undefined when it is not JSON. */
export const parsed = (text: string): Json | undefined => {
  try {
    const value: Json = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

const sorted = (_: string, value: unknown): unknown =>
  isObject(value) ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) : value

/** A body as the provider writes it: keys in alphabetical order and a line end. */
export const written = (value: Json): string => `${JSON.stringify(value, sorted)}\n`
