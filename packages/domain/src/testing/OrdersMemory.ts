import { Effect, HashMap, Layer, Result } from "effect"
import type { EntryTaken } from "../calendar/CalendarEntry.ts"
import { take } from "../cart/Cart.ts"
import { VisitorAdopted } from "../cart/Carts.ts"
import { type Identity, owns } from "../identity/Identity.ts"
import type { Decision } from "../order/Decision.ts"
import { mattersOf } from "../order/Matters.ts"
import { type Order, OrderNotFound } from "../order/Order.ts"
import { OrderNumberTaken, Orders, type PagesOf, type Principal } from "../order/Orders.ts"
import type { Placed, Seen } from "../order/Placing.ts"
import { PageNotFound } from "../page/PageConfig.ts"
import type { AttemptId, OrderId, PageId } from "../text/Ids.ts"
import { type Instant, latest, plus } from "../time/Instant.ts"
import { contentsOf, isAdopted, putCart } from "./holdings.ts"
import { keep } from "./keeping.ts"
import { pageOfOrders } from "./orderPages.ts"
import type { OrderRow, State } from "./State.ts"
import * as seats from "./seats.ts"
import { at, World, wrote } from "./World.ts"

const waitingMost = 50
const attentionMost = 200
const recentMost = 2000
const rowsOf = (state: State): ReadonlyArray<OrderRow> => HashMap.toValues(state.orders)
const putRow = (state: State, row: OrderRow): State => ({
  ...state,
  orders: HashMap.set(state.orders, row.order.id, row)
})

interface Of {
  readonly identity: Identity
  readonly pageId: PageId
  readonly seen: Seen
}

/**
 * The order this revision was placed as before: of the cart that was seen, or of the cart this identity has
 * here.
 */
const earlier = (state: State, { identity, seen }: Of, cartId: string): Order | undefined =>
  rowsOf(state)
    .map(({ order }) => order)
    .filter((order) => order.cartRevision === seen.revision && owns(identity, order.owner))
    .sort((a, b) => Number(b.cartId === seen.cartId) - Number(a.cartId === seen.cartId))
    .find((order) => order.cartId === seen.cartId || order.cartId === cartId)

const placing = <E>(
  { identity, pageId, seen }: Of,
  decide: (contents: ReturnType<typeof contentsOf>) => Result.Result<Placed, E>,
  mint: () => string
) => {
  type Refused = E | EntryTaken | PageNotFound | OrderNumberTaken | VisitorAdopted
  type Answer = Result.Result<readonly [Order, State], Refused>
  return (state: State, now: Instant): Answer => {
    const page = at(state.pages, pageId)
    if (page === undefined) return Result.fail(new PageNotFound({ pageId }))
    if (isAdopted(state, identity)) return Result.fail(new VisitorAdopted())
    const contents = contentsOf(state, { identity, page, now }, mint)
    const before = earlier(state, { identity, pageId, seen }, contents.cart.id)
    if (before !== undefined) return Result.succeed([before, state] as const)
    return Result.flatMap(decide(contents), (placed): Answer => {
      const { claims: entries, lines, order } = placed
      if (rowsOf(state).some((row) => row.order.number === order.number)) {
        return Result.fail(new OrderNumberTaken())
      }
      const emptied = putCart(state, identity, take(lines)(contents.cart), now)
      const claim = { orderId: order.id, identity, entries, until: order.expiresAt }
      return Result.flatMap(seats.claim(emptied, claim, now), (claimed) => keep(claimed, placed, now))
    })
  }
}

const isAmong = (pages: PagesOf, { pageId }: Order): boolean => pages === "all" || pages.includes(pageId)
const mayFind = (
  { grants, order }: OrderRow,
  { identity, links, pages = [] }: Principal,
  now: Instant
): boolean =>
  (identity !== null && owns(identity, order.owner)) ||
  isAmong(pages, order) ||
  links.some((link) => (at(grants, link) ?? 0) > now)

const handOut = (state: State, limit: number, lease: number, now: Instant) => {
  const rows = rowsOf(state)
    .filter(({ order }) => order.dueAt !== null && order.dueAt <= now)
    .sort((a, b) => (a.order.dueAt ?? 0) - (b.order.dueAt ?? 0))
    .slice(0, limit)
    .map((row) => ({ ...row, hinted: false, order: { ...row.order, dueAt: plus(now, lease) } }))
  return [rows.map(({ order }) => ({ order, now })), rows.reduce(putRow, state)] as const
}

const wake = (state: State, attemptId: AttemptId, now: Instant): State => {
  const row = rowsOf(state).find(({ order }) => order.attempts.some(({ id }) => id === attemptId))
  return row === undefined
    ? state
    : putRow(state, { ...row, hinted: true, order: { ...row.order, dueAt: now } })
}

const grant = (state: State, id: OrderId, digest: string, until: Instant): State => {
  const row = at(state.orders, id)
  if (row === undefined) return state
  const longest = latest(until, at(row.grants, digest) ?? until)
  return putRow(state, { ...row, grants: HashMap.set(row.grants, digest, longest) })
}

const modifying = <E>(
  state: State,
  id: OrderId,
  of: { readonly decide: (order: Order, now: Instant) => Result.Result<Decision, E>; readonly now: Instant }
): Result.Result<readonly [Order, State], E | EntryTaken | OrderNotFound> => {
  type Answer = Result.Result<readonly [Order, State], E | EntryTaken | OrderNotFound>
  const row = at(state.orders, id)
  if (row === undefined) return Result.fail(new OrderNotFound())
  return Result.flatMap(of.decide(row.order, of.now), (decision): Answer => keep(state, decision, of.now))
}

/** Orders in memory. */
export const layer = Layer.effect(
  Orders,
  Effect.map(World, (world) =>
    Orders.of({
      place: (of, decide) =>
        world.step(
          "Orders.place",
          placing(of, decide, () => world.mint())
        ),
      get: (id) =>
        world.step("Orders.get", (state) => {
          const row = at(state.orders, id)
          return row === undefined ? Result.fail(new OrderNotFound()) : wrote(row.order, state)
        }),
      find: (number, principal) =>
        world.step("Orders.find", (state, now) => {
          const row = rowsOf(state).find(({ order }) => order.number === number)
          return row === undefined || !mayFind(row, principal, now)
            ? Result.fail(new OrderNotFound())
            : wrote(row.order, state)
        }),
      ofAttempt: (attemptId) =>
        world.step("Orders.ofAttempt", (state) => {
          const row = rowsOf(state).find(({ order }) => order.attempts.some(({ id }) => id === attemptId))
          return row === undefined ? Result.fail(new OrderNotFound()) : wrote(row.order, state)
        }),
      recent: (pageId, since) =>
        world.look("Orders.recent", (state) =>
          rowsOf(state)
            .map(({ order }) => order)
            .filter((order) => order.pageId === pageId && (order.placedAt >= since || order.dueAt !== null))
            .sort((a, b) => b.placedAt - a.placedAt || (a.id < b.id ? 1 : -1))
            .slice(0, recentMost)
        ),
      list: (query) =>
        world.look("Orders.list", (state) =>
          pageOfOrders(
            rowsOf(state).map(({ order }) => order),
            query
          )
        ),
      waiting: (identity) =>
        world.look("Orders.waiting", (state) =>
          rowsOf(state)
            .map(({ order }) => order)
            .filter((order) => order.state === "awaiting_payment" && owns(identity, order.owner))
            .sort((a, b) => b.placedAt - a.placedAt || (a.id < b.id ? 1 : -1))
            .slice(0, waitingMost)
        ),
      attention: (pages) =>
        world.look("Orders.attention", (state, now) =>
          rowsOf(state)
            .map(({ order }) => order)
            .filter((order) => isAmong(pages, order) && mattersOf(order, now).length > 0)
            .sort((a, b) => a.placedAt - b.placedAt || (a.id < b.id ? -1 : 1))
            .slice(0, attentionMost)
        ),
      modify: (id, decide) =>
        world.step("Orders.modify", (state, now) => modifying(state, id, { decide, now })),
      grant: (id, digest, until) =>
        world.step("Orders.grant", (state) => wrote(undefined, grant(state, id, digest, until))),
      wake: (attemptId) =>
        world.step("Orders.wake", (state, now) => wrote(undefined, wake(state, attemptId, now))),
      claimDue: (limit, lease) =>
        world.step("Orders.claimDue", (state, now) => Result.succeed(handOut(state, limit, lease, now)))
    })
  )
)
