import { Context, Effect, Layer, Result } from "effect"
import type { Staff } from "../identity/Identities.ts"
import type { Customer } from "../identity/Identity.ts"
import type { AuditNote, Decision } from "../order/Decision.ts"
import type { Input } from "../order/Input.ts"
import type { Order } from "../order/Order.ts"
import { Orders, type PagesOf } from "../order/Orders.ts"
import { RefundMoving } from "../order/Refunds.ts"
import { decide } from "../order/Transitions.ts"
import { PageConfigs } from "../page/PageConfigs.ts"
import type { OrderNumber, PageId, RefundId } from "../text/Ids.ts"
import { tidy } from "../text/Text.ts"
import { day, type Instant } from "../time/Instant.ts"
import { Refunding } from "./Refunding.ts"
import { Settling } from "./Settling.ts"

/** A person who answers for a page's money, and what pages those are. */
export interface Attendant {
  readonly person: Customer
  readonly staff: Staff
}

/** What a person does about an order's money, and why: 1 to 500 characters, kept for ever. */
export type Deed = { readonly reason: string } & (
  | {
      readonly _tag: "Refund"
      readonly refundId: RefundId
      readonly paymentId: string
      readonly minor: number
    }
  | { readonly _tag: "Credit"; readonly caseId: string }
  | { readonly _tag: "WriteOff"; readonly caseId: string }
  | { readonly _tag: "GiveUpRefund"; readonly refundId: string }
  | { readonly _tag: "Cash"; readonly name: string }
  | { readonly _tag: "Cancel"; readonly refundId: RefundId }
)

/** How long a refund that was sent may still turn up in the provider's ledger. */
export const unsureMost = day

const pagesOf = ({ pages, treasurer }: Staff): PagesOf => (treasurer ? "all" : pages)
/** Who did it, as it is kept: name and id, at most 120 characters. */
export const actorOf = ({ id, name }: Customer): string => tidy(120, `${name} (${id})`)

/** A refund that is not on its way any more: one not sent yet, or one that never turned up. */
const giveUp =
  (refundId: string, audit: AuditNote) =>
  (order: Order, now: Instant): Result.Result<Decision, RefundMoving> => {
    const refund = order.refunds.find(({ id }) => id === refundId)
    if (refund?.state === "sent" && now - refund.askedAt < unsureMost) {
      return Result.fail(new RefundMoving({ number: order.number }))
    }
    return Result.match(decide({ _tag: "RefundFailed", refundId })(order, now), {
      onFailure: () => Result.fail(new RefundMoving({ number: order.number })),
      onSuccess: (decision) => Result.succeed({ ...decision, audit })
    })
  }

/**
 * Use cases: people who answer for a page see what needs them and decide. Staff of a page see its orders,
 * the treasurer sees all; to anybody else there is no such order. The provider is read before money is
 * decided on.
 */
export class Attending extends Context.Service<Attending>()("@rose-ash/cart-domain/checkout/Attending", {
  make: Effect.gen(function* () {
    const orders = yield* Orders
    const pages = yield* PageConfigs
    const settling = yield* Settling
    const refunding = yield* Refunding

    /** Orders whose money needs somebody, the oldest first; at most 200. */
    const list = Effect.fn("Attending.list")((staff: Staff, pageId: PageId | null) => {
      const mine = pagesOf(staff)
      if (pageId === null) return orders.attention(mine)
      return orders.attention(mine === "all" || mine.includes(pageId) ? [pageId] : [])
    })

    const find = Effect.fn("Attending.find")((staff: Staff, number: OrderNumber) =>
      orders.find(number, { identity: null, links: [], pages: pagesOf(staff) })
    )

    /** Asks the provider about every attempt and every payment, and applies what it says. */
    const check = Effect.fn("Attending.check")(function* (staff: Staff, number: OrderNumber) {
      return yield* refunding.look(yield* settling.settleAll(yield* find(staff, number)))
    })

    const inputOf = Effect.fnUntraced(function* (order: Order, by: string, deed: Deed) {
      const { reason } = deed
      switch (deed._tag) {
        case "Refund": {
          const { minor, paymentId, refundId } = deed
          return { _tag: "RefundAsked", refundId, paymentId, minor, by, reason } satisfies Input
        }
        case "Credit":
          return { _tag: "CreditCase", caseId: deed.caseId, by, reason } satisfies Input
        case "WriteOff":
          return {
            _tag: "ResolveCase",
            caseId: deed.caseId,
            answer: "written_off",
            by,
            reason
          } satisfies Input
        case "Cash":
          return { _tag: "PaidByHand", name: deed.name, by, reason } satisfies Input
        case "Cancel": {
          const { refundsAlone } = yield* Effect.orDie(pages.get(order.pageId))
          return { _tag: "CancelBySeller", refundsAlone, refundId: deed.refundId, by, reason } satisfies Input
        }
        case "GiveUpRefund":
          return null
      }
    })

    /** What must be known first: whether money came, or went back, that nobody here has seen. */
    const informed = (order: Order, { _tag }: Deed) => {
      if (_tag === "WriteOff" || _tag === "Refund") return Effect.succeed(order)
      return _tag === "Cash" || _tag === "Cancel" ? settling.closeAll(order) : refunding.look(order)
    }

    /** Does it, audited with who and why. Sent twice it is done once. */
    const act = Effect.fn("Attending.act")(function* (who: Attendant, number: OrderNumber, deed: Deed) {
      const order = yield* informed(yield* find(who.staff, number), deed)
      const by = actorOf(who.person)
      const input = yield* inputOf(order, by, deed)
      if (input === null) {
        const id = deed._tag === "GiveUpRefund" ? deed.refundId : ""
        return yield* orders.modify(
          order.id,
          giveUp(id, { action: "refund.give_up", by, reason: deed.reason })
        )
      }
      return yield* refunding.advance(yield* orders.modify(order.id, decide(input)))
    })

    return { act, check, find, list } as const
  })
}) {
  static readonly layer = Layer.effect(Attending, Attending.make)
}
