import { Result } from "effect"
import * as Contents from "../cart/Contents.ts"
import { type Identity, ownerOf } from "../identity/Identity.ts"
import { leastOf } from "../money/LeastTotal.ts"
import { type Totals, TotalTooLow } from "../money/Totals.ts"
import { grace, isPayable, notPayable, validFor } from "../page/PageConfig.ts"
import type { AttemptId, CartId, CartLineId, EntryId, OrderId, OrderNumber, VisitId } from "../text/Ids.ts"
import { type Instant, plus } from "../time/Instant.ts"
import { type Decision, keep } from "./Decision.ts"
import { nextLook } from "./Look.ts"
import { CartChanged, CartEmpty, obstacle, type PlacingRefusal, PriceRose } from "./Obstacle.ts"
import { newAttempt, type Order, type OrderLine } from "./Order.ts"
import { tell } from "./OrderEvent.ts"

/** What the buyer looked at when pressing the button. */
export interface Seen {
  readonly cartId: CartId
  readonly revision: number
  /** Minor units of the page's currency. */
  readonly total: number
}

/** Who places, what they saw, and the new names. */
export interface Place {
  readonly identity: Identity
  readonly seen: Seen
  readonly email: string
  readonly visit: VisitId | null
  /** Hundredths of a unit: the smallest total, above nothing, that is asked for. */
  readonly least: number
  readonly ids: { readonly order: OrderId; readonly number: OrderNumber; readonly attempt: AttemptId }
}

/** A placed order, the cart lines it takes and the entries it claims. */
export interface Placed extends Decision {
  readonly lines: ReadonlyArray<CartLineId>
  readonly claims: ReadonlyArray<EntryId>
}

const freeze = (contents: Contents.Contents, totals: Totals): ReadonlyArray<OrderLine> =>
  Contents.linesOf(contents).flatMap((line, index): ReadonlyArray<OrderLine> => {
    const arithmetic = totals.lines[index]
    if (arithmetic === undefined) return []
    if (line._tag === "EntryLine") {
      const { endsAt, id, name, startsAt } = line.entry
      return [{ cartLineId: null, itemId: null, entryId: id, name, startsAt, endsAt, ...arithmetic }]
    }
    const { id, itemId } = line.line
    const name = line.item?.name ?? itemId
    return [{ cartLineId: id, itemId, entryId: null, name, startsAt: null, endsAt: null, ...arithmetic }]
  })

const priceRose = (contents: Contents.Contents, seen: Seen, total: number): PriceRose => {
  const items = Contents.priceChangesOf(contents).flatMap(({ line, now, was }) =>
    line.item !== null && now > was ? [{ itemId: line.item.id, name: line.item.name, was, now }] : []
  )
  return new PriceRose({ pageId: contents.page.id, seen: seen.total, total, items })
}

/**
 * T1, T2: claims exactly what the cart holds now and freezes it. What was seen is what is ordered, or less.
 */
export const place =
  ({ email, identity, ids, least: hundredths, seen, visit }: Place) =>
  (contents: Contents.Contents): Result.Result<Placed, PlacingRefusal> => {
    const { cart, now, page } = contents
    if (cart.revision !== seen.revision || (seen.revision > 0 && cart.id !== seen.cartId)) {
      return Result.fail(new CartChanged({ pageId: page.id }))
    }
    if (Contents.isEmpty(contents)) return Result.fail(new CartEmpty({ pageId: page.id }))
    const refused = obstacle(contents)
    if (refused !== null) return Result.fail(refused)
    return Result.flatMap(Contents.totalsOf(contents), (totals): Result.Result<Placed, PlacingRefusal> => {
      if (totals.total > seen.total) return Result.fail(priceRose(contents, seen, totals.total))
      const { seller } = page
      if (totals.total > 0 && (seller === null || !isPayable(page))) return Result.fail(notPayable(page))
      const least = leastOf(totals.currency, hundredths)
      if (totals.total > 0 && totals.total < least)
        return Result.fail(new TotalTooLow({ total: totals.total, least, currency: totals.currency }))
      const free = totals.total === 0
      const order: Order = {
        id: ids.order,
        number: ids.number,
        cartId: cart.id,
        cartRevision: cart.revision,
        pageId: page.id,
        pageName: page.name,
        owner: ownerOf(identity),
        visit,
        email,
        currency: totals.currency,
        lines: freeze(contents, totals),
        tax: totals.tax,
        total: totals.total,
        state: free ? "paid" : "awaiting_payment",
        placedAt: now,
        expiresAt: plus(now, validFor + grace),
        paidAt: free ? now : null,
        paidBy: null,
        closedAt: null,
        attempts: free || seller === null ? [] : [newAttempt(ids.attempt, 1, { order: totals, seller, now })],
        payments: [],
        cases: [],
        refunds: [],
        answers: [],
        told: 0,
        dueAt: null
      }
      return Result.succeed(placed(order, now))
    })
  }

const placed = (order: Order, now: Instant): Placed => {
  const total = { minor: order.total, currency: order.currency }
  const lines = order.lines.map(({ entryId, itemId, quantity, total: totalMinor, unit: unitMinor }) => ({
    itemId,
    entryId,
    quantity,
    unitMinor,
    totalMinor
  }))
  const { number } = order
  const free = order.state === "paid"
  const { events, order: told } = tell(order, now, [
    { _tag: "order.created", number, total, lines },
    ...(free ? [{ _tag: "order.paid" as const, number, total, by: "nothing" as const, late: false }] : [])
  ])
  return {
    order: { ...told, dueAt: nextLook(told, now) },
    events,
    entries: free ? { _tag: "Confirm" } : keep,
    observed: null,
    audit: null,
    lines: order.lines.flatMap(({ cartLineId }) => cartLineId ?? []),
    claims: order.lines.flatMap(({ entryId }) => entryId ?? [])
  }
}
