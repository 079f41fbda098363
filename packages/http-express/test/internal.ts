import { Redacted } from "effect"
import type { InternalConfig } from "../src/Express.ts"

/** A key that nobody could take for a real one. */
export const keyOf = (name: string, age: "new" | "old" = "new"): string => `practice-key-${age}-of-${name}`
/** What a sibling signs with: another key than the one it shows. */
export const signingKeyOf = (name: string, age: "new" | "old" = "new"): string =>
  `practice-signing-key-${age}-of-${name}`
const both = (of: typeof keyOf, name: string) => [Redacted.make(of(name)), Redacted.make(of(name, "old"))]

/** Three siblings, each with two live keys, who may ask different things. */
export const internal: InternalConfig = {
  port: null,
  callers: [
    { name: "blog", keys: both(keyOf, "blog"), scopes: ["summary", "orders"] },
    { name: "market", keys: both(keyOf, "market"), scopes: ["summary"] },
    { name: "events", keys: both(keyOf, "events"), scopes: ["orders", "metrics"] }
  ],
  tellers: [
    { name: "blog", keys: both(signingKeyOf, "blog") },
    { name: "events", keys: both(signingKeyOf, "events") }
  ]
}
