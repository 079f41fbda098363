import { Clock, Context, Effect, Layer } from "effect"
import type { Order } from "../order/Order.ts"
import { Orders } from "../order/Orders.ts"
import { paidBack } from "../order/Refunds.ts"
import { decide } from "../order/Transitions.ts"
import type { PageConfig } from "../page/PageConfig.ts"
import { PageConfigs } from "../page/PageConfigs.ts"
import { type Payment, paymentId, transactionOf } from "../payment/Payment.ts"
import { idOfReference, type PaymentAttempt, reference } from "../payment/PaymentAttempt.ts"
import type { ProviderFailure, TransactionFacts } from "../payment/PaymentProvider.ts"
import { ProviderLedger } from "../payment/ProviderLedger.ts"
import type { AttemptId } from "../text/Ids.ts"
import { Instant, minute } from "../time/Instant.ts"
import { type DifferenceKind, Differences } from "./Differences.ts"
import { readEvery, Settling } from "./Settling.ts"

/** What came of comparing one page's books, amounts in minor units of the page's currency. */
export interface Reconciled {
  readonly pageId: PageConfig["id"]
  /**
   * Why the provider's books, or an attempt that they speak of, could not be read; `Broken`: the store
   * refused what follows from them, as the log tells. Null when all was compared.
   */
  readonly failure: ProviderFailure["_tag"] | "Broken" | null
  /** Payments under our references, and what went back of them, by the provider's books. */
  readonly payments: number
  readonly received: number
  readonly refunded: number
  /** What does not agree. */
  readonly differences: number
}

/** Money younger than this need not be in their books yet: the next comparison sees it. */
const young = 5 * minute

/** The books of one seller, as they were read. */
interface Read {
  readonly asked: number
  readonly since: Instant
  readonly merchantCode: string
  readonly known: ReadonlySet<string>
}

/** These books would show it: made in their time and for their seller, and not just now. */
const isTheirs = (read: Read, { receivedAt }: Payment, attempt: PaymentAttempt): boolean =>
  attempt.merchantCode === read.merchantCode &&
  attempt.createdAt >= read.since &&
  receivedAt < read.asked - young

const nothing = ({ id }: PageConfig): Reconciled => {
  return { pageId: id, failure: null, payments: 0, received: 0, refunded: 0, differences: 0 }
}

const attemptIn = (order: Order, id: AttemptId | null) => order.attempts.find((one) => one.id === id)
/** Whether the attempt was read in between; one that is paid keeps no note of later reads. */
const wasRead = (before: Order, after: Order, id: AttemptId): boolean => {
  const [old, now] = [attemptIn(before, id), attemptIn(after, id)]
  return now?.state === "paid" || now?.lastReadAt !== old?.lastReadAt
}
const paymentOf = (order: Order, { transactionId }: TransactionFacts): Payment | undefined =>
  order.payments.find(({ id }) => id === paymentId(transactionId))

/**
 * Use cases: the provider's books and ours, compared both ways. What can be put right by reading is; what
 * cannot is a difference, and stands in front of a person. Doing it twice is doing it once.
 */
export class Reconciling extends Context.Service<Reconciling>()(
  "@rose-ash/cart-domain/checkout/Reconciling",
  {
    make: Effect.gen(function* () {
      const differences = yield* Differences
      const ledger = yield* ProviderLedger
      const orders = yield* Orders
      const pages = yield* PageConfigs
      const settling = yield* Settling

      const differ = Effect.fnUntraced(function* (
        pageId: PageConfig["id"],
        kind: DifferenceKind,
        facts: Pick<TransactionFacts, "transactionId" | "reference" | "minor" | "currency">
      ) {
        const { currency, minor, reference, transactionId } = facts
        const foundAt = Instant.make(yield* Clock.currentTimeMillis)
        // Another sum of the same money is news, also to who answered for the first.
        const id = `${kind}:${transactionId}:${minor}${currency}`
        yield* differences.put({ id, pageId, kind, transactionId, reference, minor, currency, foundAt })
        return 1
      })

      /** Refunds and chargebacks that were made at the provider by somebody else. */
      const seeBack = Effect.fnUntraced(function* (order: Order, payment: Payment, facts: TransactionFacts) {
        const known = paidBack(order, payment.id, ["done"])
        const lost = order.cases.some((one) => one.paymentId === payment.id && one.reason === "chargeback")
        if (known === facts.refunded && lost === facts.chargedBack > 0) return
        const { chargedBack, refunded } = facts
        const seen = { _tag: "RefundsSeen", paymentId: payment.id, refunded, chargedBack } as const
        yield* Effect.orDie(orders.modify(order.id, decide(seen)))
      })

      /** After a read that is younger than the question: what was read a moment ago is read again. */
      const read = (order: Order) =>
        Effect.flatMap(settling.settleAll(order), (settled) =>
          settled.payments.length > order.payments.length
            ? Effect.succeed(settled)
            : Effect.andThen(Effect.sleep(readEvery), settling.settleAll(settled))
        )

      /** One payment of theirs: ours too, put right, or a difference. Returns how many differences it is. */
      const theirs = Effect.fnUntraced(function* (pageId: PageConfig["id"], facts: TransactionFacts) {
        const id = idOfReference(facts.reference ?? "")
        if (id === undefined) return 0 // sold at the counter, or by another shop of theirs
        const found = yield* Effect.option(orders.ofAttempt(id))
        if (found._tag === "None") return yield* differ(pageId, "orphan", facts)
        const order = paymentOf(found.value, facts) === undefined ? yield* read(found.value) : found.value
        const payment = paymentOf(order, facts)
        if (payment === undefined)
          return wasRead(found.value, order, id)
            ? yield* differ(pageId, "unseen", facts)
            : ("unread" as const)
        if (payment.minor !== facts.minor || payment.currency !== facts.currency)
          return yield* differ(pageId, "amount", facts)
        yield* seeBack(order, payment, facts)
        return 0
      })

      /** One order of ours: settled while anything of it is open; its money is in their books. */
      const ours = Effect.fnUntraced(function* (order: Order, books: Read) {
        const settled = order.dueAt === null ? order : yield* settling.settleAll(order)
        let missing = 0
        for (const payment of settled.payments) {
          const transactionId = transactionOf(payment)
          const attempt = attemptIn(settled, payment.attemptId)
          if (transactionId === null || attempt === undefined || books.known.has(transactionId)) continue
          if (!isTheirs(books, payment, attempt)) continue
          const { currency, minor } = payment
          const facts = { transactionId, reference: reference(attempt.id), minor, currency }
          missing += yield* differ(order.pageId, "missing", facts)
        }
        return missing
      })

      const sum = (of: ReadonlyArray<TransactionFacts>, part: "minor" | "refunded") =>
        of.reduce((total, facts) => total + facts[part], 0)

      /** Compares one page's books since then, both ways. */
      const page = Effect.fn("Reconciling.page")(function* (config: PageConfig, since: Instant) {
        const { id: pageId, seller } = config
        const none = nothing(config)
        if (seller === null) return none
        const asked = yield* Clock.currentTimeMillis
        const { merchantCode } = seller
        const read = yield* Effect.result(ledger.since({ pageId, merchantCode }, since))
        if (read._tag === "Failure") return { ...none, failure: read.failure._tag }
        const mine = read.success.filter((facts) => idOfReference(facts.reference ?? "") !== undefined)
        const found = yield* Effect.forEach(mine, (facts) => theirs(pageId, facts))
        const known = new Set(read.success.map(({ transactionId }) => transactionId))
        const books = { asked, since, merchantCode, known }
        const missing = yield* Effect.forEach(yield* orders.recent(pageId, since), (one) => ours(one, books))
        const made: Reconciled = {
          pageId,
          failure: found.includes("unread") ? "PaymentProviderUnavailable" : null,
          payments: mine.length,
          received: sum(mine, "minor"),
          refunded: sum(mine, "refunded"),
          differences: [...found, ...missing].reduce<number>((n, one) => n + (one === "unread" ? 0 : one), 0)
        }
        return made
      })

      /** Every page with a seller, one after the other: one that cannot be compared holds up no other. */
      const all = Effect.fn("Reconciling.all")(function* (since: Instant) {
        const configs = (yield* pages.list).filter(({ seller }) => seller !== null)
        return yield* Effect.forEach(configs, (config) =>
          Effect.catchCause(page(config, since), (cause) =>
            Effect.as(Effect.logError("books not compared", { page: config.id }, cause), {
              ...nothing(config),
              failure: "Broken"
            } satisfies Reconciled)
          )
        )
      })

      /**
       * Compares every page's books, unless somebody has begun to for this night: of several processes one
       * does. One that dies on the way leaves it to the next night, whose `since` reaches back over this one.
       */
      const nightly = Effect.fn("Reconciling.nightly")(function* (night: number, since: Instant) {
        return (yield* differences.begin(night)) ? yield* all(since) : []
      })

      return { all, nightly, page } as const
    })
  }
) {
  static readonly layer = Layer.effect(Reconciling, Reconciling.make)
}
