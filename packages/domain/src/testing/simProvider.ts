import { Effect } from "effect"
import type { Observation } from "../payment/Observation.ts"
import {
  type Asking,
  PaymentProvider,
  PaymentProviderRefused,
  PaymentProviderUnavailable,
  type ProviderFailure
} from "../payment/PaymentProvider.ts"
import { second } from "../time/Instant.ts"
import type { ProviderFault, SimFaults } from "./SimFaults.ts"
import type { SimTime } from "./simTime.ts"

const unavailable = (why: PaymentProviderUnavailable["why"], retryAfter: number | null = null) =>
  Effect.fail(new PaymentProviderUnavailable({ why, retryAfter }))

/** Another answer than the true one, which the books never give. */
const lies: { readonly [fault in ProviderFault]?: (seen: Observation) => Observation } = {
  "provider.stale": (seen) => ({ ...seen, status: "PENDING", captured: [], transactionId: null }),
  "provider.foreign-reference": (seen) => ({ ...seen, reference: "ra-other" }),
  "provider.foreign-merchant": (seen) => ({ ...seen, merchantCode: "M-OTHER" }),
  "provider.no-transaction": (seen) => ({ ...seen, captured: [], transactionId: null })
}

/** What comes of a call that meets this fault. */
const struck = <A>(
  fault: ProviderFault | undefined,
  { pageId }: Asking,
  call: Effect.Effect<A, ProviderFailure>,
  time: SimTime
): Effect.Effect<A, ProviderFailure> => {
  switch (fault) {
    case "provider.silent":
      return Effect.andThen(time.sleep(5 * second), unavailable("silent"))
    case "provider.done-and-silent":
      return Effect.andThen(call, Effect.andThen(time.sleep(5 * second), unavailable("silent")))
    case "provider.busy":
      return unavailable("busy", 10 * second)
    case "provider.unreadable":
      return Effect.andThen(call, unavailable("unreadable"))
    case "provider.not-found":
      return unavailable("not_found")
    case "provider.key-refused":
      return Effect.fail(new PaymentProviderRefused({ pageId, why: "key" }))
    case "provider.request-refused":
      return Effect.fail(new PaymentProviderRefused({ pageId, why: "request" }))
    default:
      return call
  }
}

/** A provider on its bad days: every call takes its time, and some meet a fault. */
export const troubled = (
  real: PaymentProvider["Service"],
  faults: SimFaults,
  time: SimTime
): PaymentProvider["Service"] => {
  const through = <A>(asking: Asking, call: Effect.Effect<A, ProviderFailure>) =>
    Effect.suspend(() => struck(faults.ofCall(asking.attempt.id), asking, call, time))
  const seen = (asking: Asking, call: Effect.Effect<Observation, ProviderFailure>) =>
    Effect.suspend(() => {
      const fault = faults.ofCall(asking.attempt.id)
      const lie = fault === undefined ? undefined : lies[fault]
      const answer = struck(fault, asking, call, time)
      return lie === undefined ? answer : Effect.map(answer, lie)
    })
  return PaymentProvider.of({
    ...real,
    open: (asking) => seen(asking, real.open(asking)),
    read: (asking) => seen(asking, real.read(asking)),
    deactivate: (asking) => seen(asking, real.deactivate(asking)),
    transaction: (taken) => through(taken.asking, real.transaction(taken)),
    refund: (taken, amount) => through(taken.asking, real.refund(taken, amount))
  })
}
