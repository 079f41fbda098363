import { Clock, Context, Effect, Layer, Option, Schema } from "effect"
import type { Observation } from "../payment/Observation.ts"
import { type PaymentAttempt, reference } from "../payment/PaymentAttempt.ts"
import {
  type Asking,
  PaymentProvider,
  PaymentProviderRefused,
  PaymentProviderUnavailable,
  type ProviderFailure,
  type Taken
} from "../payment/PaymentProvider.ts"
import { ProviderLedger } from "../payment/ProviderLedger.ts"
import { AttemptId } from "../text/Ids.ts"
import { Instant } from "../time/Instant.ts"
import * as books from "./providerBooks.ts"
import { type Asked, type Call, rejectedMerchant, Scripted, Scripts, type Trouble } from "./Scripted.ts"
import { Pause } from "./World.ts"

const unavailable = (why: PaymentProviderUnavailable["why"], retryAfter: number | null = null) =>
  new PaymentProviderUnavailable({ why, retryAfter })

const failureOf = (trouble: Trouble, { pageId }: Asking): ProviderFailure | null => {
  switch (trouble._tag) {
    case "Silent":
      return unavailable("silent")
    case "Busy":
      return unavailable("busy", trouble.retryAfter)
    case "Unreadable":
      return unavailable("unreadable")
    case "NotFound":
      return unavailable("not_found")
    case "Refused":
      return new PaymentProviderRefused({ pageId, why: trouble.why })
    case "Lies":
      return null
  }
}

type PageCall = Exclude<Call, "transaction" | "refund">
const refused = ({ pageId }: Asking, why: PaymentProviderRefused["why"]) =>
  Effect.fail(new PaymentProviderRefused({ pageId, why }))
const tokenPrefix = "hint-"
const hintOf = (token: string) => {
  const id = token.startsWith(tokenPrefix) ? token.slice(tokenPrefix.length) : ""
  return Schema.is(AttemptId)(id) ? Option.some(id) : Option.none()
}
const paused = Effect.fnUntraced(function* <A>(call: Call, ask: () => Effect.Effect<A, ProviderFailure>) {
  const pause = yield* Pause
  yield* pause(`PaymentProvider.${call}.before`)
  const answer = yield* Effect.result(Effect.suspend(ask))
  yield* pause(`PaymentProvider.${call}.after`)
  return yield* Effect.fromResult(answer)
})
const found = <A>(one: A | undefined) =>
  one === undefined ? Effect.fail(unavailable("not_found")) : Effect.succeed(one)
const isOpen = ({ status }: books.PaymentPage): boolean => status === "PENDING" || status === "FAILED"
const ledgerOf = (now: () => books.Books) =>
  ProviderLedger.of({
    since: ({ merchantCode, pageId }) =>
      merchantCode.startsWith(rejectedMerchant)
        ? Effect.fail(new PaymentProviderRefused({ pageId, why: "key" }))
        : Effect.sync(() => now().transactions.filter((one) => one.merchantCode === merchantCode))
  })
const counter = (provider: PaymentProvider["Service"], buyer: Scripted["Service"], now: () => books.Books) =>
  Context.make(PaymentProvider, provider).pipe(
    Context.add(Scripted, buyer),
    Context.add(ProviderLedger, ledgerOf(now))
  )
const make = Effect.gen(function* () {
  const clock = yield* Clock.Clock
  const now = () => Instant.make(Math.floor(clock.currentTimeMillisUnsafe()))
  const scripts = new Scripts()
  let state = books.blank
  let calls: ReadonlyArray<Asked> = []

  const done = (call: PageCall, asking: Asking): void => {
    if (call === "open") state = books.opened(state, asking)
    if (call === "deactivate") state = books.closed(state, reference(asking.attempt.id))
  }

  const serve = (call: PageCall, asking: Asking): Effect.Effect<Observation, ProviderFailure> => {
    const { amount, id, merchantCode } = asking.attempt
    calls = [...calls, { call, attemptId: id, merchantCode, minor: amount.minor }]
    if (merchantCode.startsWith(rejectedMerchant)) {
      return refused(asking, "key")
    }
    const trouble = scripts.next(call, asking)
    if (trouble === null || trouble._tag === "Lies" || (trouble._tag === "Silent" && trouble.done)) {
      done(call, asking)
    }
    const failure = trouble === null ? null : failureOf(trouble, asking)
    if (failure !== null) return Effect.fail(failure)
    const page = books.pageOf(state, reference(id))
    if (page === undefined) return Effect.fail(unavailable("not_found"))
    const seen = books.answer(page, asking, call)
    return Effect.succeed(trouble?._tag === "Lies" ? trouble.instead(seen) : seen)
  }

  /** The ledger of one transaction, `minor` of which is paid back first. */
  const lookUp = (call: "transaction" | "refund", { asking, transactionId }: Taken, minor: number) => {
    const { id, merchantCode } = asking.attempt
    calls = [...calls, { call, attemptId: id, merchantCode, minor }]
    if (merchantCode.startsWith(rejectedMerchant)) return refused(asking, "key")
    const trouble = scripts.next(call, asking)
    if (trouble === null || (trouble._tag === "Silent" && trouble.done)) {
      if (minor > books.leftOf(state, transactionId)) return refused(asking, "request")
      state = books.refunded(state, transactionId, minor)
    }
    const failure = trouble === null ? null : failureOf(trouble, asking)
    if (failure !== null) return Effect.fail(failure)
    return found(books.transactionOf(state, transactionId))
  }

  const provider = PaymentProvider.of({
    open: (asking) => paused("open", () => serve("open", asking)),
    read: (asking) => paused("read", () => serve("read", asking)),
    deactivate: (asking) => paused("deactivate", () => serve("deactivate", asking)),
    transaction: (taken) => paused("transaction", () => lookUp("transaction", taken, 0)),
    refund: (taken, { minor }) => Effect.asVoid(paused("refund", () => lookUp("refund", taken, minor))),
    hint: hintOf
  })
  const payAnyway = (attempt: PaymentAttempt, of: books.Money = {}): void => {
    const page = books.pageOf(state, reference(attempt.id))
    if (page !== undefined) state = books.paid(state, page, { ...of, at: now() })
  }
  const write = (change: (before: books.Books) => books.Books): Effect.Effect<void> =>
    Effect.sync(() => {
      state = change(state)
    })
  const buyer = Scripted.of({
    pay: (attempt) =>
      Effect.sync(() => {
        const page = books.pageOf(state, reference(attempt.id))
        if (page === undefined || !isOpen(page) || now() >= page.validUntil) return false
        payAnyway(attempt)
        return true
      }),
    payAnyway: (attempt, of) => Effect.sync(() => payAnyway(attempt, of)),
    payBack: (transactionId, minor) => write((before) => books.refunded(before, transactionId, minor)),
    decline: ({ id }) => write((before) => books.declined(before, reference(id))),
    expire: ({ id }) => write((before) => books.closed(before, reference(id))),
    script: (...more) => Effect.sync(() => scripts.add(more)),
    heal: Effect.sync(() => scripts.clear()),
    troubled: Effect.sync(() => scripts.fired),
    calls: Effect.sync(() => calls),
    books: Effect.sync(() => state),
    token: ({ id }) => `${tokenPrefix}${id}`
  })
  return counter(provider, buyer, () => state)
})

/** A provider that behaves like one, but for the trouble a test asks for. */
export const layer = Layer.effectContext(make)
