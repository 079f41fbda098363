import { StoreUnavailable } from "@rose-ash/cart-domain/health/StoreUnavailable"
import { Effect } from "effect"

/** On a busy machine somebody may get no connection in time: told so, one asks again. */
export const patiently = <A, E, R>(ask: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.catchDefect(ask, (defect) =>
    defect instanceof StoreUnavailable && defect.why === "busy" ? patiently(ask) : Effect.die(defect)
  )
