import { Context, type Effect, type Redacted } from "effect"
import type { PageId } from "../text/Ids.ts"
import type { Customer, Identity, Visitor } from "./Identity.ts"

/** What a request shows of itself: the cart's own cookie, and the auth service's session cookie. */
export interface Presented {
  readonly token: Redacted.Redacted | null
  readonly session: Redacted.Redacted | null
}

/** What a person may see beyond their own orders. The treasurer sees every page. */
export interface Staff {
  readonly pages: ReadonlyArray<PageId>
  readonly treasurer: boolean
}

export interface Recognised {
  /**
   * Who asks: the customer when logged in, else the visitor; null for a browser that never wrote anything.
   */
  readonly identity: Identity | null
  /** A living visitor that came along with a customer: what it holds is due to be adopted. */
  readonly adoptable: Visitor | null
  /** The session came along with places it holds, and is no key of this browser's visitor yet. */
  readonly unbound: boolean
  readonly staff: Staff
}

export interface Welcomed {
  readonly visitor: Visitor
  /** What the browser keeps; only its digest is stored. */
  readonly token: Redacted.Redacted
}

/** Port: who is asking. Tokens are compared by digest and never stored. */
export class Identities extends Context.Service<
  Identities,
  {
    /**
     * Writes nothing. A token nobody issued, or one that was retired, is nobody's; a session that nobody is
     * logged in with opens nothing: whoever planted it in a browser must not share that browser's cart.
     */
    recognise(presented: Presented): Effect.Effect<Recognised>
    /** A new visitor, for a browser's first write. A presented session becomes the visitor's second key. */
    welcome(presented: Presented): Effect.Effect<Welcomed>
    /**
     * The presented session becomes this visitor's second key: what siblings hold for it is the visitor's.
     */
    bind(visitor: Visitor, presented: Presented): Effect.Effect<void>
    /**
     * The visitor that a session belongs to, also after its keys were retired (late `user.logged_in`). One
     * that holds places and is nobody's key yet becomes a new visitor's.
     */
    visitorOfSession(sessionDigest: string): Effect.Effect<Visitor | null>
    /** The customer of the auth service's id; null when that service knows nobody by it. */
    customer(id: string): Effect.Effect<Customer | null>
  }
>()("@rose-ash/cart-domain/identity/Identities") {}
