import { Schema } from "effect"
import { Currency } from "../money/Currency.ts"
import { CredentialId, PageId } from "../text/Ids.ts"
import { Email, line, Url } from "../text/Text.ts"
import { minute } from "../time/Instant.ts"

/**
 * Whom SumUp pays, by SumUp's code, with the key version that new attempts are opened with. The key itself is
 * elsewhere.
 */
export const Seller = Schema.Struct({
  merchantCode: Schema.String.check(Schema.isPattern(/^[A-Za-z0-9-]{3,32}$/u)),
  credentialId: CredentialId
})
export type Seller = typeof Seller.Type

/** How a page is paid. The page itself belongs to the blog. */
export const PageConfig = Schema.Struct({
  id: PageId,
  name: line(120),
  currency: Currency,
  /** Null until a key was accepted: nothing can be paid. */
  seller: Schema.NullOr(Seller),
  /** Paused by the page or by a rejected key. */
  paused: Schema.Boolean,
  /** Late money pays an expired order when its entries can be claimed again; else a person decides. */
  acceptsLate: Schema.Boolean,
  /** Whether money that cannot be kept is refunded without a person. */
  refundsAlone: Schema.Boolean,
  contact: Schema.NullOr(Email),
  url: Schema.NullOr(Url)
})
export type PageConfig = typeof PageConfig.Type

/** The page takes no online payments now: no accepted key, or paused. */
export class PageNotPayable extends Schema.TaggedError<PageNotPayable>()("PageNotPayable", {
  pageId: PageId,
  name: Schema.String,
  contact: Schema.NullOr(Schema.String)
}) {}
/** No such page. */
export class PageNotFound extends Schema.TaggedError<PageNotFound>()("PageNotFound", {
  pageId: Schema.String
}) {}

export const isPayable = (page: PageConfig): boolean => page.seller !== null && !page.paused
export const notPayable = ({ contact, id, name }: PageConfig): PageNotPayable =>
  new PageNotPayable({ pageId: id, name, contact })

/**
 * How long a payment page stays good, and how long its entries stay claimed beyond that (SumUp's session is
 * 30 min).
 */
export const validFor = 30 * minute
export const grace = 10 * minute
