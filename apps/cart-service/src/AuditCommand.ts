import { Audits } from "@rose-ash/cart-domain/health/Audits"
import { Instant } from "@rose-ash/cart-domain/time/Instant"
import { Effect } from "effect"

/** Looks at all that was ever kept; a break is a JSON object on a line. Answers the exit code. */
export const audit: Effect.Effect<number, never, Audits> = Effect.gen(function* () {
  const breaks = yield* (yield* Audits).breaks(Instant.make(0))
  return yield* Effect.sync(() => {
    for (const one of breaks) console.log(JSON.stringify(one))
    console.error(`${breaks.length} invariants are broken`)
    return breaks.length > 0 ? 1 : 0
  })
})
