import { Schema } from "effect"
import { Text } from "./Frame.ts"

/** Why there is nothing else to see. */
export const ProblemModel = Schema.Struct({
  heading: Text,
  text: Text,
  /** By which people and logs mean the same request; only where something broke. */
  reference: Schema.NullOr(Text)
})
export type ProblemModel = typeof ProblemModel.Type
