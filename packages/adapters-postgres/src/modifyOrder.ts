import type { CalendarEntries } from "@rose-ash/cart-domain/calendar/CalendarEntries"
import { type Identity, visitor } from "@rose-ash/cart-domain/identity/Identity"
import type { Decision } from "@rose-ash/cart-domain/order/Decision"
import { Order, OrderNotFound } from "@rose-ash/cart-domain/order/Order"
import type { OrderId } from "@rose-ash/cart-domain/text/Ids"
import { earliest, Instant } from "@rose-ash/cart-domain/time/Instant"
import { type Context, Effect, type Result, Schema } from "effect"
import { nowMs } from "./contents.ts"
import { type OrderRow, order, orderJson } from "./orderSql.ts"
import { decisionWrite, lookWrite } from "./orderWrites.ts"
import { reader } from "./rows.ts"
import type { Tx } from "./Tx.ts"

interface Kept {
  readonly tx: Context.Service.Shape<typeof Tx>
  readonly entries: Context.Service.Shape<typeof CalendarEntries>
}
type Decide<E> = (order: Order, now: Instant) => Result.Result<Decision, E>
const instant = reader("Orders.modify", Instant)
const isSame = Schema.toEquivalence(Order)

interface Locked {
  readonly before: Order
  readonly hinted: boolean
  readonly now: Instant
}

/** Lock first, look second: a statement that waited shows other rows as they were before it waited. */
const lock = Effect.fnUntraced(function* ({ tx: { sql } }: Kept, id: OrderId) {
  const found = yield* sql`SELECT FROM cart.orders WHERE id = ${id} FOR NO KEY UPDATE`
  if (found.length === 0) return yield* new OrderNotFound()
  const [row] = yield* sql<
    OrderRow & { hinted: boolean; now: unknown }
  >`SELECT ${sql.literal(orderJson)} AS whole,
      o.hinted, ${sql.literal(nowMs)} AS now FROM cart.orders o WHERE o.id = ${id}`
  if (row === undefined) return yield* new OrderNotFound()
  const locked: Locked = { before: yield* order(row.whole), hinted: row.hinted, now: yield* instant(row.now) }
  return locked
})

/** Whoever owns the order; null for nobody, which cannot be stored. */
const ownerOf = ({ owner: { customerId, visitorId } }: Order): Identity | null => {
  if (customerId !== null) return { _tag: "Customer", id: customerId, name: "customer", email: null }
  return visitorId === null ? null : visitor(visitorId)
}

/** Moves the order's entries as decided. When a seat it must have is gone, the decision is the other one. */
const moved = Effect.fnUntraced(function* ({ entries }: Kept, decided: Decision) {
  let decision = decided
  const { id } = decision.order
  const claimed = decision.order.lines.flatMap(({ entryId }) => entryId ?? [])
  if (claimed.length === 0) return decision
  if (decision.entries._tag === "Reclaim" && !(yield* entries.reclaim(id))) {
    decision = decision.entries.otherwise()
  }
  const identity = ownerOf(decision.order)
  switch (decision.entries._tag) {
    case "Claim":
      if (identity !== null) {
        yield* entries.claim({ orderId: id, identity, entries: claimed, until: decision.entries.until })
      }
      break
    case "Confirm":
      yield* entries.confirm(id)
      break
    case "Release":
      yield* entries.release(id)
      break
    case "Cancel":
      yield* entries.cancel(id)
      break
  }
  return decision
})

/** A hint outlives the decision of whoever did not know of it. */
const due = ({ dueAt }: Order, { hinted, now }: Locked): Instant | null =>
  hinted ? earliest(now, ...(dueAt === null ? [] : [dueAt])) : dueAt

/** Only when to look again may differ. */
const isOnlyLook = (before: Order, { audit, events, observed, order: next }: Decision): boolean =>
  events.length === 0 &&
  observed === null &&
  audit === null &&
  (next === before || isSame({ ...next, dueAt: before.dueAt }, before))

/** The order that was sent to the database and not heard of again. */
interface Sent {
  order: Order | null
}

const modify = Effect.fnUntraced(function* <E>(kept: Kept, id: OrderId, decide: Decide<E>, sent: Sent) {
  const locked = yield* lock(kept, id)
  const { before, now } = locked
  // Then only the answer was lost: deciding again might refuse what has just been done.
  if (sent.order !== null && isSame({ ...sent.order, dueAt: before.dueAt }, before)) return before
  const decision = yield* moved(kept, yield* Effect.fromResult(decide(before, now)))
  const next = { ...decision.order, dueAt: due(decision.order, locked) }
  const { sql } = kept.tx
  if (isOnlyLook(before, decision)) {
    if (next.dueAt !== before.dueAt) yield* lookWrite(sql, next)
    return next.dueAt === before.dueAt ? before : next
  }
  sent.order = next
  yield* decisionWrite(sql, before, { ...decision, order: next }, now)
  return next
})

/** Reads, decides and writes under the order's lock; its entries move in the same transaction. */
export const modifyOrder = <E>(kept: Kept, id: OrderId, decide: Decide<E>) =>
  Effect.suspend(() => {
    const sent: Sent = { order: null }
    return kept.tx.run({ name: "Orders.modify", idempotentBy: "order" }, modify(kept, id, decide, sent))
  })
