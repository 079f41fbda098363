import { Effect, HashMap, Layer, Result } from "effect"
import { type Cart, cartsMost } from "../cart/Cart.ts"
import { Carts, type Changing, type Summary, VisitorAdopted, type Whose } from "../cart/Carts.ts"
import { type Contents, linesOf, pricedOf } from "../cart/Contents.ts"
import { type Identity, visitor } from "../identity/Identity.ts"
import type { Currency } from "../money/Currency.ts"
import { Minor } from "../money/Money.ts"
import { PageNotFound } from "../page/PageConfig.ts"
import type { PageId } from "../text/Ids.ts"
import { day, type Instant } from "../time/Instant.ts"
import { cartKey, cartOf, contentsOf, isAdopted, pagesOf, putCart } from "./holdings.ts"
import type { State } from "./State.ts"
import { at, World, wrote } from "./World.ts"

const formKept = day

const earliestHold = ({ entries }: Contents): number =>
  Math.min(...entries.map(({ heldUntil }) => heldUntil ?? Number.POSITIVE_INFINITY))

const allOf = (
  state: State,
  identity: Identity,
  now: Instant,
  mint: () => string
): ReadonlyArray<Contents> => {
  const changed = (contents: Contents): number =>
    at(state.carts, cartKey(identity, contents.page.id))?.changedAt ?? 0
  return [...pagesOf(state, identity)]
    .flatMap((pageId) => {
      const page = at(state.pages, pageId)
      return page === undefined ? [] : [contentsOf(state, { identity, page, now }, mint)]
    })
    .sort((a, b) => {
      const [first, second] = [earliestHold(a), earliestHold(b)]
      return first === second ? changed(b) - changed(a) : first - second
    })
}

const summed = (all: ReadonlyArray<Contents>): Summary => {
  const totals = new Map<Currency, number>()
  let count = 0
  let pages = 0
  for (const contents of all) {
    const priced = linesOf(contents).flatMap((line) => pricedOf(line) ?? [])
    const add = (minor: number) =>
      totals.set(contents.page.currency, (totals.get(contents.page.currency) ?? 0) + minor)
    for (const { quantity, unit } of priced) add(unit * quantity)
    count += priced.reduce((sum, { quantity }) => sum + quantity, 0)
    pages += priced.length > 0 ? 1 : 0
  }
  return {
    count,
    pages,
    totals: [...totals].map(([currency, minor]) => ({ currency, minor: Minor.make(minor) }))
  }
}

/** Who that is by now; null for a session nobody knows. */
const identityOf = (state: State, whose: Whose): Identity | null => {
  if (whose._tag === "Visitor") return whose
  const customerId = whose._tag === "Customer" ? whose.id : at(state.sessions, whose.digest)
  if (customerId !== undefined) return { _tag: "Customer", id: customerId, name: "Customer", email: null }
  const key = whose._tag === "Session" ? at(state.visitorKeys, whose.digest) : undefined
  if (key === undefined || key.kind !== "session" || key.retired) return null
  const found = visitor(key.visitorId)
  return isAdopted(state, found) ? null : found
}

interface Change<E> {
  readonly decide: (changing: Changing) => Result.Result<Cart, E>
  readonly now: Instant
  readonly mint: () => string
}

const change = <E>(
  state: State,
  of: { readonly identity: Identity; readonly pageId: PageId; readonly key?: string },
  { decide, mint, now }: Change<E>
): Result.Result<readonly [Cart, State], E | PageNotFound | VisitorAdopted> => {
  const { identity, key, pageId } = of
  const page = at(state.pages, pageId)
  if (page === undefined) return Result.fail(new PageNotFound({ pageId }))
  if (isAdopted(state, identity)) return Result.fail(new VisitorAdopted())
  const cart = cartOf(state, identity, pageId, mint)
  const form = key === undefined ? undefined : `${cartKey(identity, pageId)}|${key}`
  const applied = form === undefined ? undefined : at(state.forms, form)
  if (applied !== undefined && now < applied + formKept) return wrote(cart, state)
  const elsewhere = [...pagesOf(state, identity)].filter((other) => other !== pageId).length
  return Result.map(decide({ cart, page, elsewhere }), (next) => {
    if (next === cart) return [cart, state] as const
    const written = putCart(state, identity, next, now)
    const forms = form === undefined ? state.forms : HashMap.set(state.forms, form, now)
    return [next, { ...written, forms }] as const
  })
}

/** Carts in memory. */
export const layer = Layer.effect(
  Carts,
  Effect.map(World, (world) => {
    const mint = () => world.mint()
    return Carts.of({
      view: (identity, pageId) =>
        world.step("Carts.view", (state, now) => {
          const page = at(state.pages, pageId)
          return page === undefined
            ? Result.fail(new PageNotFound({ pageId }))
            : Result.succeed([contentsOf(state, { identity, page, now }, mint), state] as const)
        }),
      list: (identity) =>
        world.look("Carts.list", (state, now) => allOf(state, identity, now, mint).slice(0, cartsMost)),
      summary: (whose) =>
        world.look("Carts.summary", (state, now) => {
          const identity = identityOf(state, whose)
          return summed(identity === null ? [] : allOf(state, identity, now, mint))
        }),
      modify: (of, decide) =>
        world.step("Carts.modify", (state, now) => change(state, of, { decide, now, mint }))
    })
  })
)
