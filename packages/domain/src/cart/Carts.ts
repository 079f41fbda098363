import { Context, type Effect, type Result, Schema } from "effect"
import type { Customer, Identity, Visitor } from "../identity/Identity.ts"
import { Currency } from "../money/Currency.ts"
import { Minor } from "../money/Money.ts"
import type { PageConfig, PageNotFound } from "../page/PageConfig.ts"
import type { PageId } from "../text/Ids.ts"
import type { Cart } from "./Cart.ts"
import type { Contents } from "./Contents.ts"

/** What a change decides on. */
export interface Changing {
  readonly cart: Cart
  readonly page: PageConfig
  /** How many other pages this identity has something on. */
  readonly elsewhere: number
}

/** What the badge shows: how many things, what they cost per currency, and on how many pages. */
export const Summary = Schema.Struct({
  count: Schema.Int,
  pages: Schema.Int,
  totals: Schema.Array(Schema.Struct({ currency: Currency, minor: Minor }))
})
export type Summary = typeof Summary.Type

/** A browser, by what siblings know it by: SHA-256 (hex) of the session cookie that all services share. */
export interface Session {
  readonly _tag: "Session"
  readonly digest: string
}

/** Whose carts: a visitor's, a customer's, or of whoever a session is by now. */
export type Whose = Visitor | Pick<Customer, "_tag" | "id"> | Session

/** The visitor was adopted meanwhile: the same again, as the customer. */
export class VisitorAdopted extends Schema.TaggedError<VisitorAdopted>()("VisitorAdopted", {}) {}

/** Port: where carts are kept. Every method is one moment: what it returns was true together. */
export class Carts extends Context.Service<
  Carts,
  {
    /** The page's cart, empty at revision 0 when this identity has none. */
    view(identity: Identity, pageId: PageId): Effect.Effect<Contents, PageNotFound>
    /**
     * Every cart with a line or a pending entry, the earliest hold first, then the latest change; at most 50.
     */
    list(identity: Identity): Effect.Effect<ReadonlyArray<Contents>>
    /**
     * Reads, decides and writes as if alone. A refused decision writes nothing; the same cart again writes
     * nothing.
     * With a `key`, a change made under it in the last 24 hours is not made again.
     */
    modify<E>(
      of: { readonly identity: Identity; readonly pageId: PageId; readonly key?: string },
      decide: (changing: Changing) => Result.Result<Cart, E>
    ): Effect.Effect<Cart, E | PageNotFound | VisitorAdopted>
    /** Items, quantities and held entries of all pages. A session nobody knows has nothing. */
    summary(whose: Whose): Effect.Effect<Summary>
  }
>()("@rose-ash/cart-domain/cart/Carts") {}
