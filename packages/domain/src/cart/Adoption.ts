import { Context, Effect, Layer, Schema } from "effect"
import { Identities, type Recognised } from "../identity/Identities.ts"
import type { Customer } from "../identity/Identity.ts"
import { EntryId, ItemId, PageId } from "../text/Ids.ts"
import { type Adopted, Adoptions } from "./Adoptions.ts"
import { type CartLine, linesMost } from "./Cart.ts"

/** What came of hearing that somebody logged in. */
export type LoggedIn = "adopted" | "adopted_before" | "nobody_known" | "nothing_held" | "someone_elses"

/**
 * The lines of the customer's cart after a visitor's cart of the same page was adopted: per item the larger
 * quantity. Doing it twice is doing it once, and the order of several adoptions does not matter. A cart that
 * is full takes no new items.
 */
export const merged = (
  mine: ReadonlyArray<CartLine>,
  theirs: ReadonlyArray<CartLine>
): ReadonlyArray<CartLine> => {
  const larger = mine.map((line) => {
    const other = theirs.find(({ itemId }) => itemId === line.itemId)
    return other !== undefined && other.quantity > line.quantity
      ? { ...line, quantity: other.quantity }
      : line
  })
  const held = new Set(mine.map(({ itemId }) => itemId))
  const room = Math.max(0, linesMost - mine.length)
  return [...larger, ...theirs.filter(({ itemId }) => !held.has(itemId)).slice(0, room)]
}

/** What an adoption made of one item in a customer's cart: how many there were, and are. */
export const AddedLine = Schema.Struct({
  pageId: PageId,
  itemId: ItemId,
  before: Schema.Int,
  after: Schema.Int
})
export type AddedLine = typeof AddedLine.Type

/** Everything an adoption added to a customer's carts: what it takes to undo it. */
export const Added = Schema.Struct({ lines: Schema.Array(AddedLine), entries: Schema.Array(EntryId) })
export type Added = typeof Added.Type

/** Where the second has more than the first. */
export const addedTo = (
  pageId: PageId,
  before: ReadonlyArray<CartLine>,
  after: ReadonlyArray<CartLine>
): ReadonlyArray<AddedLine> => {
  const had = new Map(before.map(({ itemId, quantity }) => [itemId, quantity]))
  return after.flatMap(({ itemId, quantity }) => {
    const less = had.get(itemId) ?? 0
    return quantity > less ? [{ pageId, itemId, before: less, after: quantity }] : []
  })
}

/**
 * A page's lines without what an adoption added to them, as far as it is still there: never fewer than there
 * were, and what was chosen since stays.
 */
export const takenBack = (
  lines: ReadonlyArray<CartLine>,
  added: ReadonlyArray<AddedLine>
): ReadonlyArray<CartLine> =>
  lines.flatMap((line) => {
    const one = added.find(({ itemId }) => itemId === line.itemId)
    if (one === undefined || line.quantity <= one.before) return [line]
    const quantity = Math.max(one.before, line.quantity - (one.after - one.before))
    return quantity === 0 ? [] : [{ ...line, quantity }]
  })

/**
 * Use case: logging in loses nothing. Runs when `user.logged_in` is heard, and again on the first request as
 * a customer.
 */
export class Adoption extends Context.Service<Adoption>()("@rose-ash/cart-domain/cart/Adoption", {
  make: Effect.gen(function* () {
    const adoptions = yield* Adoptions
    const identities = yield* Identities

    /** A visitor's cookie came along with a customer: what it held is the customer's from now on. */
    const lazily = Effect.fn("Adoption.lazily")(function* ({ adoptable, identity }: Recognised) {
      if (adoptable === null || identity?._tag !== "Customer") return null
      return yield* Effect.catchTag(adoptions.adopt(adoptable, identity), "VisitorAdopted", () =>
        Effect.succeed(null)
      )
    })

    /**
     * The auth service says that this session became that customer's. Twice, late or about nobody we know is
     * fine.
     */
    const loggedIn = Effect.fn("Adoption.loggedIn")(function* (customerId: string, sessionDigest: string) {
      const customer = yield* identities.customer(customerId)
      if (customer === null) return "nobody_known" as const
      const visitor = yield* identities.visitorOfSession(sessionDigest)
      if (visitor === null) return "nothing_held" as const
      return yield* adoptions.adopt(visitor, customer).pipe(
        Effect.map(({ first }) => (first ? ("adopted" as const) : ("adopted_before" as const))),
        Effect.catchTag("VisitorAdopted", () => Effect.succeed("someone_elses" as const))
      )
    })

    const undo = (customer: Customer): Effect.Effect<boolean> => adoptions.undo(customer)
    /** What to tell the customer about; null when there is nothing to tell. */
    const latest = (customer: Customer): Effect.Effect<Adopted | null> => adoptions.latest(customer)

    return { latest, lazily, loggedIn, undo } as const
  })
}) {
  static readonly layer = Layer.effect(Adoption, Adoption.make)
}
