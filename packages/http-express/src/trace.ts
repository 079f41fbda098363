import { StoreUnavailable } from "@rose-ash/cart-domain/health/StoreUnavailable"
import { Cause } from "effect"

const codeOf = (error: Error): string =>
  "code" in error && typeof error.code === "string" ? ` ${error.code}` : ""
const framesOf = ({ stack = "" }: Error): ReadonlyArray<string> =>
  stack.split("\n").filter((line) => /^\s+at /.test(line))

const ofDefect = (defect: unknown): ReadonlyArray<string> => {
  if (defect instanceof StoreUnavailable) {
    return [`StoreUnavailable ${defect.why} ${defect.code} ${defect.operation}`]
  }
  if (!(defect instanceof Error)) return [typeof defect]
  return [`${defect.name}${codeOf(defect)}`, ...framesOf(defect), ...causeOf(defect)]
}
const causeOf = ({ cause }: Error): ReadonlyArray<string> => (cause instanceof Error ? ofDefect(cause) : [])

/** What broke and where, without its words: a message may quote what somebody typed. */
export const trace = (cause: Cause.Cause<unknown>): string =>
  cause.reasons
    .flatMap((reason) => (reason._tag === "Die" ? ofDefect(reason.defect) : [reason._tag]))
    .join("\n")

/** The same with all its words, for whoever develops. */
export const fullTrace = (cause: Cause.Cause<unknown>): string => Cause.pretty(cause)
