import { type Cause, Predicate } from "effect"

const depthMost = 6

/** What PostgreSQL's refusals mean to whoever starts the service. */
const refusals: ReadonlyArray<readonly [code: RegExp, sentence: string]> = [
  [/^28/, "The database refuses the name or the password in DATABASE_URL: correct them."],
  [/^3D000$/, "There is no database of the name in DATABASE_URL: create it, or correct the name."],
  [
    /^42501$/,
    "The role in DATABASE_URL may not do what the cart needs: it must own its database, or see SECURITY.md."
  ],
  [
    /^53300$/,
    "The database has no connection left for the cart: lower DATABASE_CONNECTIONS, or raise its limit."
  ],
  [
    /^(57P0|08|ECONN|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_)/,
    "The database cannot be reached: start it, or correct DATABASE_URL."
  ]
]

const inner = (error: object): ReadonlyArray<unknown> =>
  ["reason", "cause"].map((name) => Reflect.get(error, name)).filter(Predicate.isNotNullish)

/** The codes of an error and of everything that caused it. */
const codes = (error: unknown, depth = 0): ReadonlyArray<string> => {
  if (!Predicate.isObject(error) || depth > depthMost) return []
  const code: unknown = Reflect.get(error, "code")
  return [
    ...(Predicate.isString(code) ? [code] : []),
    ...inner(error).flatMap((one) => codes(one, depth + 1))
  ]
}

const own = (error: unknown): ReadonlyArray<string> | undefined => {
  if (!Predicate.isObject(error)) return undefined
  const sentences: unknown = Reflect.get(error, "sentences")
  if (Array.isArray(sentences)) return sentences.filter(Predicate.isString)
  return ["CannotListen", "MigrationChanged"].some((tag) => Predicate.isTagged(error, tag))
    ? [String(Reflect.get(error, "message"))]
    : undefined
}

/** What went wrong at the start, in sentences an operator can act on; none for what nobody foresaw. */
export const explain = (cause: Cause.Cause<unknown>): ReadonlyArray<string> => {
  const errors = cause.reasons.flatMap((reason) => {
    if (reason._tag === "Interrupt") return []
    return [reason._tag === "Fail" ? reason.error : reason.defect]
  })
  const said = errors.flatMap((error) => own(error) ?? [])
  if (said.length > 0) return said
  const found = errors.flatMap((error) => codes(error))
  return refusals
    .filter(([code]) => found.some((one) => code.test(one)))
    .map(([, sentence]) => sentence)
    .slice(0, 1)
}
