/** What JSON can say. A key whose value is undefined is left out when written. */
export type Json = null | boolean | number | string | ReadonlyArray<Json> | JsonObject
export type JsonObject = { readonly [key: string]: Json | undefined }

export const isList = (value: unknown): value is ReadonlyArray<Json> => Array.isArray(value)

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** The value a text means, or undefined when it is not JSON. */
export const parsed = (text: string): Json | undefined => {
  try {
    const value: Json = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

const sorted = (value: Json | undefined): Json | undefined => {
  if (isList(value)) return value.map((one) => sorted(one) ?? null)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])])
  )
}

/** A body as the provider writes it: keys in alphabetical order and a line end. */
export const written = (value: Json): string => `${JSON.stringify(sorted(value))}\n`
