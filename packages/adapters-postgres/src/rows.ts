import { Effect, Schema } from "effect"

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

/** Rows as one parameter of type `json`: one statement text, however many rows there are. */
export const json = (value: unknown): string => JSON.stringify(value)
