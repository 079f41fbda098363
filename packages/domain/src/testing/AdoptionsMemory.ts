import { Effect, HashMap, Layer, Result } from "effect"
import { type AddedLine, addedTo, merged, takenBack } from "../cart/Adoption.ts"
import { type Adopted, Adoptions, undoFor } from "../cart/Adoptions.ts"
import type { CartLine } from "../cart/Cart.ts"
import { VisitorAdopted } from "../cart/Carts.ts"
import type { Customer, Visitor } from "../identity/Identity.ts"
import { type Instant, plus } from "../time/Instant.ts"
import { cartKey, cartOf, cartsOf, putCart } from "./holdings.ts"
import { told } from "./keeping.ts"
import type { AdoptionRow, State } from "./State.ts"
import * as seats from "./seats.ts"
import { at, World, wrote } from "./World.ts"

interface Pair {
  readonly visitor: Visitor
  readonly customer: Customer
  readonly now: Instant
}
const nothing: Adopted = { first: false, lines: 0, entries: 0, orders: 0 }
const living = ["pending", "ordered", "provisional", "confirmed"]

const withLines = (
  state: State,
  { customer, now }: Pair,
  cart: ReturnType<typeof cartOf>,
  lines: ReadonlyArray<CartLine>
): State => putCart(state, customer, { ...cart, revision: cart.revision + 1, lines }, now)

/** The visitor's lines go over, page by page; what it had is empty afterwards. */
const cartsMoved = (state: State, pair: Pair, mint: () => string): readonly [Array<AddedLine>, State] => {
  const { customer, now, visitor } = pair
  const added: Array<AddedLine> = []
  let next = state
  for (const { cart: theirs } of cartsOf(state, visitor)) {
    const mine = cartOf(next, customer, theirs.pageId, mint)
    const lines = merged(mine.lines, theirs.lines)
    added.push(...addedTo(theirs.pageId, mine.lines, lines))
    if (theirs.lines.length > 0) next = withLines(next, pair, mine, lines)
    next = putCart(next, visitor, { ...theirs, revision: theirs.revision + 1, lines: [] }, now)
  }
  return [added, next]
}

/** Forms of the visitor count as the customer's: sent again they add nothing. */
const formsMoved = (state: State, { customer, visitor }: Pair): State => {
  const forms = cartsOf(state, visitor).flatMap(({ cart: { pageId } }) => {
    const [from, to] = [`${cartKey(visitor, pageId)}|`, `${cartKey(customer, pageId)}|`]
    return HashMap.toEntries(state.forms).flatMap(([key, when]) =>
      key.startsWith(from) ? [[to + key.slice(from.length), when] as const] : []
    )
  })
  return { ...state, forms: HashMap.setMany(state.forms, forms) }
}

const entriesMoved = (state: State, { customer, visitor }: Pair) => {
  const rows = seats.entriesWhere(
    state,
    ({ entry, owner }) =>
      owner.visitorId === visitor.id && owner.customerId === null && living.includes(entry.state)
  )
  const moved = rows.map((row) => ({ ...row, owner: { ...row.owner, customerId: customer.id } }))
  const held = rows.flatMap(({ entry }) => (entry.state === "pending" ? [entry.id] : []))
  return [held, seats.put(state, moved)] as const
}

const ordersMoved = (state: State, { customer, visitor }: Pair): readonly [number, State] => {
  const rows = HashMap.toValues(state.orders).filter(
    ({ order: { owner } }) => owner.visitorId === visitor.id && owner.customerId === null
  )
  const moved = rows.map((row) => {
    const owner = { ...row.order.owner, customerId: customer.id }
    return [row.order.id, { ...row, order: { ...row.order, owner } }] as const
  })
  return [rows.length, { ...state, orders: HashMap.setMany(state.orders, moved) }]
}

const retired = (state: State, { customer, visitor }: Pair): State => ({
  ...state,
  visitors: HashMap.set(state.visitors, visitor.id, customer.id),
  visitorKeys: HashMap.map(state.visitorKeys, (key) =>
    key.visitorId === visitor.id ? { ...key, retired: true } : key
  )
})

const adopted = (state: State, pair: Pair, mint: () => string): readonly [Adopted, State] => {
  const { customer, now, visitor } = pair
  const [lines, carts] = cartsMoved(formsMoved(state, pair), pair, mint)
  const [entries, seated] = entriesMoved(carts, pair)
  const [orders, owned] = ordersMoved(seated, pair)
  const counts = { lines: lines.length, entries: entries.length, orders }
  const event = {
    id: `${visitor.id}.1`,
    stream: visitor.id,
    pageId: null,
    sequence: 1,
    at: now,
    data: { _tag: "cart.adopted" as const, customerId: customer.id, ...counts }
  }
  const row: AdoptionRow = {
    visitorId: visitor.id,
    customerId: customer.id,
    at: now,
    adopted: { first: true, ...counts },
    added: { lines, entries },
    undone: false,
    event
  }
  const next = told(retired(owned, pair), [event], now)
  return [row.adopted, { ...next, adoptions: [...next.adoptions, row] }]
}

const latestOf = ({ adoptions }: State, { id }: Customer, now: Instant): AdoptionRow | undefined =>
  adoptions.findLast(
    ({ added: { entries, lines }, at, customerId, undone }) =>
      customerId === id && !undone && now < plus(at, undoFor) && lines.length + entries.length > 0
  )

const undone = (state: State, customer: Customer, row: AdoptionRow, now: Instant): State => {
  const { added } = row
  let next = state
  for (const { cart } of cartsOf(state, customer)) {
    const theirs = added.lines.filter(({ pageId }) => pageId === cart.pageId)
    const lines = takenBack(cart.lines, theirs)
    if (JSON.stringify(lines) === JSON.stringify(cart.lines)) continue
    next = putCart(next, customer, { ...cart, revision: cart.revision + 1, lines }, now)
  }
  const held = seats.entriesWhere(
    next,
    ({ entry, owner }) =>
      added.entries.includes(entry.id) && entry.state === "pending" && owner.customerId === customer.id
  )
  const given = held.map((one) => ({
    ...one,
    entry: { ...one.entry, state: "released" as const, heldUntil: null }
  }))
  const adoptions = next.adoptions.map((other) => (other === row ? { ...row, undone: true } : other))
  return { ...seats.put(next, given), adoptions }
}

/** Adoptions in memory. */
export const layer = Layer.effect(
  Adoptions,
  Effect.map(World, (world) =>
    Adoptions.of({
      adopt: (visitor, customer) =>
        world.step("Adoptions.adopt", (state, now) => {
          const owner = at(state.visitors, visitor.id)
          if (owner === undefined || owner === customer.id) return wrote(nothing, state)
          if (owner !== null) return Result.fail(new VisitorAdopted())
          return Result.succeed(adopted(state, { visitor, customer, now }, () => world.mint()))
        }),
      undo: (customer) =>
        world.step("Adoptions.undo", (state, now) => {
          const row = latestOf(state, customer, now)
          return row === undefined ? wrote(false, state) : wrote(true, undone(state, customer, row, now))
        }),
      latest: (customer) =>
        world.look("Adoptions.latest", (state, now) => latestOf(state, customer, now)?.adopted ?? null)
    })
  )
)
