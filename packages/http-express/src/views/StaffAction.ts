import { Schema } from "effect"
import { Name, Text } from "./Frame.ts"

const Field = Schema.Struct({ name: Name, value: Text })
/** What may be done about an order's money: asked for with a reason, and confirmed. */
export const Action = Schema.Struct({
  id: Name,
  label: Text,
  ask: Text,
  yes: Text,
  fields: Schema.Array(Field),
  amount: Schema.NullOr(Schema.Struct({ label: Text, value: Text })),
  named: Schema.Boolean
})
export type Action = typeof Action.Type
