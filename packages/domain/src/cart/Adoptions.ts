import { Context, type Effect } from "effect"
import type { Customer, Visitor } from "../identity/Identity.ts"
import { hour } from "../time/Instant.ts"
import type { VisitorAdopted } from "./Carts.ts"

/** What an adoption moved. `first` is false when this visitor had been adopted before: then nothing moved. */
export interface Adopted {
  readonly first: boolean
  /** How many cart lines came or grew, held places moved, and orders gained their owner. */
  readonly lines: number
  readonly entries: number
  readonly orders: number
}

/**
 * Port: what a visitor held becomes a customer's. One transaction, the visitor and then the carts locked in
 * order: N at once are as one, and an add that races is not lost.
 */
export class Adoptions extends Context.Service<
  Adoptions,
  {
    /**
     * Per page and item the larger quantity wins, entries are united and keep their hold, forms that were
     * applied stay applied, the visitor's orders get the customer as owner, the visitor's keys are retired,
     * and `cart.adopted` is told. Only rows of this visitor and of no customer move. A visitor whom another
     * customer adopted is refused; one that nobody knows holds nothing.
     */
    adopt(visitor: Visitor, customer: Customer): Effect.Effect<Adopted, VisitorAdopted>
    /**
     * Takes back what the customer's last adoption of the past hour added to the carts, as far as it is
     * still there; held places go back to their calendar. False: nothing to take back.
     */
    undo(customer: Customer): Effect.Effect<boolean>
    /**
     * The customer's last adoption of the past hour that added something to the carts and that nobody took
     * back yet.
     */
    latest(customer: Customer): Effect.Effect<Adopted | null>
  }
>()("@rose-ash/cart-domain/cart/Adoptions") {}

/** How long an adoption can be undone, in milliseconds. */
export const undoFor = hour
