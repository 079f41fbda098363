import { type Cause, Layer, Logger, type LogLevel, Predicate, References } from "effect"

/** What a line may tell beside its sentence; everything else stays out, whoever logs it. */
const allowed = new Set([
  "attempt",
  "bytes",
  "call",
  "case",
  "consumer",
  "differences",
  "digest",
  "event",
  "failure",
  "files",
  "invariant",
  "method",
  "ms",
  "order",
  "outcome",
  "page",
  "pages",
  "refusal",
  "request",
  "route",
  "status",
  "subject",
  "type",
  "url",
  "why"
])
const sentenceMost = 200
const wordMost = 120
const framesMost = 12
const depthMost = 4

type Plain = string | number | boolean

/** Codes, names and routes; never free text, however it got under an allowed name. */
const isPlain = (value: unknown): value is Plain =>
  Predicate.isNumber(value) ||
  Predicate.isBoolean(value) ||
  (Predicate.isString(value) && value.length <= wordMost && /^[\w .,:/*()-]+$/.test(value))

const fields = (from: object): ReadonlyArray<readonly [string, Plain]> =>
  Object.entries(from).flatMap(([name, value]) =>
    allowed.has(name) && isPlain(value) ? [[name, value] as const] : []
  )

const frames = (error: unknown): ReadonlyArray<string> => {
  if (!(error instanceof Error)) return []
  const lines = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line))
  return lines.slice(0, framesMost).map((line) => line.trim())
}

const facts = ["_tag", "name", "code", "constraint", "table"] as const

/** What an error is, never what it says: messages quote what people typed. */
const describe = (error: unknown, depth = 0): ReadonlyArray<object> => {
  if (!Predicate.isObject(error) || depth > depthMost) return []
  const known = facts.flatMap((fact) => {
    const value = Reflect.get(error, fact)
    return isPlain(value) ? [[fact, value] as const] : []
  })
  const inner = Reflect.get(error, "reason") ?? Reflect.get(error, "cause")
  return [Object.fromEntries(known), ...describe(inner, depth + 1)]
}

const troubles = (cause: Cause.Cause<unknown>): ReadonlyArray<object> =>
  cause.reasons.map((reason) => {
    if (reason._tag === "Interrupt") return { kind: "Interrupt" }
    const error = reason._tag === "Fail" ? reason.error : reason.defect
    return { kind: reason._tag, is: describe(error), at: frames(error) }
  })

/** One line of JSON: time, level, sentence, what is allowed beside it, and what went wrong. */
export const line = (event: Logger.Options<unknown>): string => {
  const given = Array.isArray(event.message) ? event.message : [event.message]
  const sentence = given.find(Predicate.isString)
  const objects = [event.fiber.getRef(References.CurrentLogAnnotations), ...given.filter(Predicate.isObject)]
  return JSON.stringify({
    time: event.date.toISOString(),
    level: event.logLevel.toLowerCase(),
    message: sentence?.slice(0, sentenceMost),
    ...Object.fromEntries(objects.flatMap(fields)),
    ...(event.cause.reasons.length > 0 ? { trouble: troubles(event.cause) } : {})
  })
}

/** Logs to standard output, from this level up. */
export const layer = (level: LogLevel.LogLevel): Layer.Layer<never> =>
  Layer.merge(
    Logger.layer([Logger.make((event) => void process.stdout.write(`${line(event)}\n`))]),
    Layer.succeed(References.MinimumLogLevel, level)
  )
