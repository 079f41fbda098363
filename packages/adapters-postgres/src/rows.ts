import { Effect, Option, Schema } from "effect"

/** Defect: what the database gave back is not what was put in. Names no values: they may be a person's. */
class RowUnreadable extends Error {
  readonly _tag = "RowUnreadable"
  constructor(operation: string) {
    super(`${operation}: a row does not have the shape it was written in`)
    this.name = `RowUnreadable ${operation}`
  }
}

/** Reads one row's value, which has to have the schema's shape. */
export const reader = <S extends Schema.ConstraintDecoder<unknown>>(operation: string, schema: S) => {
  const decode = Schema.decodeUnknownOption(schema)
  return (value: unknown): Effect.Effect<S["Type"]> => {
    const read = decode(value)
    return read._tag === "Some" ? Effect.succeed(read.value) : Effect.die(new RowUnreadable(operation))
  }
}

/**
 * Reads each row on its own. One that cannot be read is left out and told to the log: what others are waiting
 * for must not wait for it.
 */
export const eachReadable = <R, A>(
  rows: ReadonlyArray<R>,
  read: (row: R) => Effect.Effect<A>,
  nameOf: (row: R) => unknown
): Effect.Effect<ReadonlyArray<A>> =>
  Effect.map(
    Effect.forEach(rows, (row) =>
      Effect.catchCause(Effect.asSome(read(row)), (cause) =>
        Effect.as(
          Effect.logError("left out: a row that cannot be read", { row: nameOf(row) }, cause),
          Option.none<A>()
        )
      )
    ),
    (found) => found.flatMap((one) => (one._tag === "Some" ? [one.value] : []))
  )

/** Rows as one parameter of type `json`: one statement text, however many rows there are. */
export const json = (value: unknown): string => JSON.stringify(value)
