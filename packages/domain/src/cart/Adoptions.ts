import { Context, type Effect } from "effect"
import type { Customer, Visitor } from "../identity/Identity.ts"
import type { VisitorAdopted } from "./Carts.ts"

/**
 * What an adoption moved. `first` is false when this visitor had been adopted before: then it moved nothing.
 */
export interface Adopted {
  readonly first: boolean
  /** How many cart lines changed, entries moved, and orders gained their owner. */
  readonly lines: number
  readonly entries: number
  readonly orders: number
}

/**
 * Port: what a visitor held becomes a customer's. One transaction, the visitor and then the carts locked in
 * order:
 * N at once are as one, and an add that races is not lost.
 */
export class Adoptions extends Context.Service<
  Adoptions,
  {
    /**
     * Per page and item the larger quantity wins, entries are united and keep their hold, the visitor's
     * orders get the
     * customer as owner, the visitor's keys are retired, and `cart.adopted` is told. Only rows of this
     * visitor and of no
     * customer move. A visitor whom another customer adopted is refused.
     */
    adopt(visitor: Visitor, customer: Customer): Effect.Effect<Adopted, VisitorAdopted>
    /**
     * Takes back what the last adoption added to the carts, as far as it is still there. False: nothing to
     * take back.
     */
    undo(customer: Customer): Effect.Effect<boolean>
    /**
     * What the customer's last adoption of the past hour added and nobody took back yet; null when there is
     * none.
     */
    latest(customer: Customer): Effect.Effect<Adopted | null>
  }
>()("@rose-ash/cart-domain/cart/Adoptions") {}
