import { Context, Effect, Layer } from "effect"
import { Identities, type Recognised } from "../identity/Identities.ts"
import type { Customer } from "../identity/Identity.ts"
import { type Adopted, Adoptions } from "./Adoptions.ts"
import { type Cart, type CartLine, linesMost, quantityMost } from "./Cart.ts"

/** What came of hearing that somebody logged in. */
export type LoggedIn = "adopted" | "adopted_before" | "nobody_known" | "nothing_held" | "someone_elses"

/**
 * The customer's cart after a visitor's cart of the same page was adopted: per item the larger quantity, each
 * within
 * its limit. Doing it twice is doing it once, and the order of several adoptions does not matter.
 */
export const merged = (mine: Cart, theirs: Cart): ReadonlyArray<CartLine> => {
  const larger = mine.lines.map((line) => {
    const other = theirs.lines.find(({ itemId }) => itemId === line.itemId)
    return other !== undefined && other.quantity > line.quantity
      ? { ...line, quantity: Math.min(other.quantity, quantityMost) }
      : line
  })
  const held = new Set(mine.lines.map(({ itemId }) => itemId))
  return [...larger, ...theirs.lines.filter(({ itemId }) => !held.has(itemId))].slice(0, linesMost)
}

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
