import type { CalendarEntries } from "@rose-ash/cart-domain/calendar/CalendarEntries"
import { type Identity, visitor } from "@rose-ash/cart-domain/identity/Identity"
import type { Decision } from "@rose-ash/cart-domain/order/Decision"
import { Order, OrderNotFound } from "@rose-ash/cart-domain/order/Order"
import type { OrderId } from "@rose-ash/cart-domain/text/Ids"
import { Instant } from "@rose-ash/cart-domain/time/Instant"
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
const instant = reader("Orders.modify", Instant)
const isSame = Schema.toEquivalence(Order)

/** An order at one moment, and its version then. */
interface Looked {
  readonly before: Order
  readonly version: number
  readonly now: Instant
}

const look = Effect.fnUntraced(function* ({ tx: { one, sql } }: Kept, id: OrderId) {
  const [row] = yield* one(
    { name: "Orders.modify", idempotentBy: "read" },
    sql<OrderRow & { version: number; now: unknown }>`SELECT ${sql.literal(orderJson)} AS whole, o.version,
      ${sql.literal(nowMs)} AS now FROM cart.orders o WHERE o.id = ${id}`
  )
  if (row === undefined) return yield* new OrderNotFound()
  const looked: Looked = {
    before: yield* order(row.whole),
    version: row.version,
    now: yield* instant(row.now)
  }
  return looked
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

/** Only when to look again may differ. */
const isOnlyLook = (before: Order, { audit, events, observed, order: next }: Decision): boolean =>
  events.length === 0 &&
  observed === null &&
  audit === null &&
  (next === before || isSame({ ...next, dueAt: before.dueAt }, before))

const movesEntries = ({ entries, order: { lines } }: Decision): boolean =>
  entries._tag !== "Keep" && lines.some(({ entryId }) => entryId !== null)

/** The order that was sent to the database and not heard of again. */
interface Sent {
  order: Order | null
}

/** Writes what was decided on that version; null when the order is not that version any more. */
const write = Effect.fnUntraced(function* (
  { tx: { one, sql } }: Kept,
  { before, now, version }: Looked,
  decision: Decision,
  sent: Sent
) {
  const next = decision.order
  const onlyLook = isOnlyLook(before, decision)
  if (onlyLook && next.dueAt === before.dueAt) return before
  sent.order = next
  const [row] = yield* one(
    { name: "Orders.modify", idempotentBy: "order version" },
    onlyLook ? lookWrite(sql, next, version) : decisionWrite(sql, { before, version, now }, decision)
  )
  if (row === undefined) return null
  return { ...next, dueAt: row.due === null ? null : yield* instant(row.due) }
})

interface Deciding<E> {
  readonly kept: Kept
  readonly id: OrderId
  readonly decide: (order: Order, now: Instant) => Result.Result<Decision, E>
  readonly sent: Sent
}
interface Decided {
  readonly looked: Looked
  /** Null when nothing is to be decided: what was sent before has arrived, only its answer was lost. */
  readonly decision: Decision | null
}

const decided = Effect.fnUntraced(function* <E>({ decide, id, kept, sent }: Deciding<E>) {
  const looked = yield* look(kept, id)
  const { before, now } = looked
  const arrived = sent.order !== null && isSame({ ...sent.order, dueAt: before.dueAt }, before)
  const made: Decided = { looked, decision: arrived ? null : yield* Effect.fromResult(decide(before, now)) }
  return made
})

/**
 * With the order's lock: for who moves entries, and for who was overtaken. What was decided before the lock
 * still stands if the version does; else look and decide again. (Lock first, look second: a statement that
 * waited shows other rows as they were before it waited.)
 */
const locked = Effect.fnUntraced(function* <E>(of: Deciding<E>, earlier: Decided) {
  const { id, kept, sent } = of
  const { sql } = kept.tx
  const [row] = yield* sql<{
    version: number
  }>`SELECT version FROM cart.orders WHERE id = ${id} FOR NO KEY UPDATE`
  const stands = row?.version === earlier.looked.version && earlier.decision !== null
  const { decision, looked } = stands ? earlier : yield* decided(of)
  if (decision === null) return looked.before
  const written = yield* write(kept, looked, yield* moved(kept, decision), sent)
  return written ?? (yield* Effect.die(new Error("Orders.modify: overtaken under its own lock")))
})

const modify = Effect.fnUntraced(function* <E>(of: Deciding<E>) {
  const { kept, sent } = of
  const first = yield* decided(of)
  if (first.decision === null) return first.looked.before
  if (!movesEntries(first.decision)) {
    const written = yield* write(kept, first.looked, first.decision, sent)
    if (written !== null) return written
  }
  return yield* kept.tx.run({ name: "Orders.modify", idempotentBy: "order version" }, locked(of, first))
})

/**
 * Reads, decides and writes as if alone: by compare-and-set on the order's version, or with its lock where
 * entries move in the same transaction.
 */
export const modifyOrder = <E>(kept: Kept, id: OrderId, decide: Deciding<E>["decide"]) =>
  Effect.suspend(() => modify({ kept, id, decide, sent: { order: null } }))
