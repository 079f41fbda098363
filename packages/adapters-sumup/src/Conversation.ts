import type { Captured, Observation } from "@rose-ash/cart-domain/payment/Observation"
import { reference } from "@rose-ash/cart-domain/payment/PaymentAttempt"
import type { Asking, Taken, TransactionFacts } from "@rose-ash/cart-domain/payment/PaymentProvider"
import { Effect, Result } from "effect"
import { garbled } from "./Exchange.ts"
import { observation } from "./observation.ts"
import type { SumUpApi } from "./SumUpApi.ts"
import type { Caller } from "./SumUpCalls.ts"
import type { SumUpCheckout, SumUpCheckoutRequest } from "./SumUpCheckout.ts"
import type { SumUpConfig } from "./SumUpConfig.ts"
import { failure, isUnknown, type SumUpFailure } from "./SumUpFailure.ts"
import { transactionFacts } from "./transactionFacts.ts"
import { majorOf } from "./wireMoney.ts"

type Amount = Pick<Captured, "minor" | "currency">
type Seen = Effect.Effect<Observation, SumUpFailure>

const createsMost = 2

/** What is asked of SumUp about one attempt, with one key. */
export interface Conversation {
  open(by: Caller, asking: Asking): Seen
  read(by: Caller, asking: Asking): Seen
  deactivate(by: Caller, asking: Asking): Seen
  transaction(by: Caller, taken: Taken): Effect.Effect<TransactionFacts, SumUpFailure>
  refund(by: Caller, taken: Taken, amount: Amount): Effect.Effect<void, SumUpFailure>
}

const isUnpaid = ({ status }: Observation): boolean => status === "PENDING" || status === "FAILED"

/** A 409 means: it happened before, or something else did. Only looking tells. */
const canHaveHappened = (error: SumUpFailure): boolean => isUnknown(error) || error.trouble === "conflict"

const isToBeLookedAt = (error: SumUpFailure): boolean =>
  canHaveHappened(error) || error.trouble === "not_found"

/** A page was made, but buyers cannot be sent there. */
const withPayPage = (seen: Observation): Seen =>
  isUnpaid(seen) && seen.payUrl === null ? garbled("open", "pay page") : Effect.succeed(seen)

/** Asked for by an id that SumUp itself gave a moment ago: its absence says nothing about the attempt. */
const notMissing = Effect.mapError((error: SumUpFailure) =>
  error.trouble === "not_found" ? failure("garbled") : error
)

export const makeConversation = (
  { live, payOrigins }: SumUpConfig,
  api: SumUpApi,
  requestOf: (asking: Asking) => SumUpCheckoutRequest
): Conversation => {
  const accept = Effect.fnUntraced(function* (
    asking: Asking,
    via: Observation["via"],
    checkout: SumUpCheckout
  ) {
    if (live && checkout.merchant_sandbox === true) {
      yield* Effect.logError("this seller's key is of a sandbox account: it takes no real money")
      return yield* failure("account")
    }
    const seen = observation(asking, via, checkout, payOrigins)
    return Result.isSuccess(seen) ? seen.success : yield* garbled(via, seen.failure)
  })

  const readById = (by: Caller, asking: Asking, id: string, via: Observation["via"]): Seen =>
    Effect.flatMap(api.read(by, id), (checkout) =>
      accept({ ...asking, attempt: { ...asking.attempt, providerId: id } }, via, checkout)
    )

  /** The one checkout of the attempt's reference; null when SumUp says that there is none. */
  const find = Effect.fnUntraced(function* (by: Caller, asking: Asking) {
    const wanted = reference(asking.attempt.id)
    // Only an empty list says that there is none, and no 404 does.
    const listed = yield* notMissing(api.list(by, wanted))
    const [first] = listed
    if (first === undefined) return null
    const isOne = listed.every(
      ({ checkout_reference, id }) => checkout_reference === wanted && id === first.id
    )
    if (!isOne) return yield* garbled("list", "another's")
    const seen = yield* accept(asking, "list", first)
    return isUnpaid(seen) && seen.payUrl === null
      ? yield* notMissing(readById(by, asking, first.id, "list"))
      : seen
  })

  const create = (by: Caller, asking: Asking): Seen =>
    api.create(by, requestOf(asking)).pipe(
      Effect.flatMap((checkout) => accept(asking, "open", checkout)),
      Effect.flatMap(withPayPage)
    )

  /** What may have been created is looked for by its reference; what was not is tried once more. */
  const open = Effect.fnUntraced(function* (by: Caller, asking: Asking) {
    let last = failure("silent")
    for (let tries = 0; tries < createsMost; tries++) {
      const made = yield* Effect.result(create(by, asking))
      if (Result.isSuccess(made)) return made.success
      last = made.failure
      if (!canHaveHappened(last)) return yield* last
      const found = yield* find(by, asking)
      if (found !== null) return yield* withPayPage(found)
      // It exists and is not listed yet: a later look finds it.
      if (last.trouble === "conflict") return yield* failure("silent")
    }
    return yield* last
  })

  const read = Effect.fnUntraced(function* (by: Caller, asking: Asking) {
    const { providerId } = asking.attempt
    if (providerId !== null) return yield* readById(by, asking, providerId, "read")
    return (yield* find(by, asking)) ?? (yield* failure("not_found"))
  })

  const deactivate = Effect.fnUntraced(function* (by: Caller, asking: Asking) {
    const known = asking.attempt.providerId
    const id = known ?? (yield* find(by, asking))?.providerId
    if (id === undefined) return yield* failure("not_found")
    const accepted = yield* api.deactivate(by, id).pipe(
      Effect.as(true),
      Effect.catchIf(isToBeLookedAt, () => Effect.succeed(false))
    )
    const reading = readById(by, asking, id, "read")
    const seen = yield* known === null ? notMissing(reading) : reading
    return accepted && seen.status === "EXPIRED" ? { ...seen, via: "deactivate" as const } : seen
  })

  const transaction = Effect.fnUntraced(function* (by: Caller, { transactionId }: Taken) {
    const facts = transactionFacts(yield* api.transaction(by, transactionId))
    return facts ?? (yield* garbled("transaction", "amounts"))
  })

  /** Refused means that it was not made: what is unknown or refunded already can have moved nothing now. */
  const refund = (by: Caller, { transactionId }: Taken, { currency, minor }: Amount) =>
    api.refund(by, transactionId, majorOf(minor, currency)).pipe(
      Effect.asVoid,
      Effect.mapError((error) =>
        error.trouble === "conflict" || error.trouble === "not_found" ? failure("request") : error
      )
    )

  return { open, read, deactivate, transaction, refund }
}
