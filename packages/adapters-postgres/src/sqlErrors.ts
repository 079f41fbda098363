import { type Cause, Predicate } from "effect"
import { SqlError } from "effect/sql"

/** The server says so: nothing was written. */
const rolledBack = new Set(["40001", "40P01", "55P03"])
/** Whatever was sent last may have been done, or not. */
const lost = new Set(["57P01", "57P02", "57P03", "25006", "25P03", "53300", "08003", "08006"])
/** The store cannot serve anybody now; the question was fine. */
const full = new Set(["53100", "53200", "58030"])

/** The SqlError of a cause, failed or died: a cut line surfaces as a defect, of the ROLLBACK that failed. */
export const sqlErrorIn = (cause: Cause.Cause<unknown>): SqlError.SqlError | undefined =>
  cause.reasons
    .map((reason) =>
      reason._tag === "Fail" ? reason.error : reason._tag === "Die" ? reason.defect : undefined
    )
    .find(SqlError.isSqlError)

const textOf = (error: SqlError.SqlError, name: string): string => {
  const { cause } = error.reason
  if (!Predicate.hasProperty(cause, name)) return ""
  const value = cause[name]
  return Predicate.isString(value) ? value : ""
}

/** The five letters of the standard that say what happened; empty when the server never got to say it. */
export const sqlState = (error: SqlError.SqlError): string => textOf(error, "code")
/** The name of the rule that refused. */
export const constraintOf = (error: SqlError.SqlError): string => textOf(error, "constraint")
export const detailOf = (error: SqlError.SqlError): string => textOf(error, "detail")

export const isRolledBack = (error: SqlError.SqlError): boolean => rolledBack.has(sqlState(error))
export const isLost = (error: SqlError.SqlError): boolean =>
  error.reason._tag === "ConnectionError" || lost.has(sqlState(error))
export const isSlow = (error: SqlError.SqlError): boolean => sqlState(error) === "57014"
export const isAway = (error: SqlError.SqlError): boolean =>
  isLost(error) ||
  isRolledBack(error) ||
  full.has(sqlState(error)) ||
  error.reason._tag === "AuthenticationError"

/** This rule refused the statement. */
export const breaks =
  (constraint: string) =>
  (error: unknown): error is SqlError.SqlError =>
    SqlError.isSqlError(error) && constraintOf(error) === constraint

/**
 * Defect: the database refused what should never have been asked. Only names: the server's own words carry
 * values of the row, which may be a person's.
 */
export class SqlRefused extends Error {
  readonly _tag = "SqlRefused"
  readonly code: string
  readonly constraint: string
  constructor(operation: string, error: SqlError.SqlError) {
    const [code, constraint] = [sqlState(error), constraintOf(error)]
    const words = code.startsWith("42") ? textOf(error, "message") : textOf(error, "routine")
    const parts = [code, constraint, textOf(error, "table"), words].filter((part) => part !== "")
    super(`${operation}: ${parts.join(" ")}`)
    // Logs show names and codes, never words.
    this.name = constraint === "" ? "SqlRefused" : `SqlRefused ${constraint}`
    this.code = code
    this.constraint = constraint
  }
}
