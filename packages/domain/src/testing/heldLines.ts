import { HashMap } from "effect"
import type { Order } from "../order/Order.ts"
import type { State } from "./State.ts"

/** Who holds what, of one state: looked up once for all of its orders. */
interface Held {
  readonly inCarts: ReadonlySet<string>
  /** In how many orders a line is. */
  readonly inOrders: ReadonlyMap<string, number>
  /** How many orders a revision of a cart became. */
  readonly placed: ReadonlyMap<string, number>
}
const known = new WeakMap<State, Held>()
export const revisionOf = ({ cartId, cartRevision }: Order): string => `${cartId} ${cartRevision}`
const counted = (keys: Iterable<string>): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}
/** Who holds what in this state. */
export const heldIn = (state: State): Held => {
  const before = known.get(state)
  if (before !== undefined) return before
  const orders = HashMap.toValues(state.orders).map(({ order }) => order)
  const inCarts = HashMap.toValues(state.carts).flatMap(({ cart }) => cart.lines.map(({ id }) => id))
  const held = {
    inCarts: new Set<string>(inCarts),
    inOrders: counted(orders.flatMap(({ lines }) => lines.flatMap(({ cartLineId }) => cartLineId ?? []))),
    placed: counted(orders.map(revisionOf))
  }
  known.set(state, held)
  return held
}
