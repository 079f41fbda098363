import { Schema } from "effect"
import { CustomerId, VisitorId } from "../text/Ids.ts"
import { Email, line } from "../text/Text.ts"

/** Who holds a cart: a browser with a cookie, or a person the auth service knows. */
export const Identity = Schema.TaggedUnion({
  Visitor: { id: VisitorId },
  Customer: { id: CustomerId, name: line(120), email: Schema.NullOr(Email) }
})
export type Identity = typeof Identity.Type
export type Visitor = Extract<Identity, { readonly _tag: "Visitor" }>
export type Customer = Extract<Identity, { readonly _tag: "Customer" }>

export const visitor = (id: VisitorId): Visitor => ({ _tag: "Visitor", id })
/** The same person, whatever name or address the auth service gives today. */
export const same = (a: Identity, b: Identity): boolean => a._tag === b._tag && a.id === b.id

/** Whose order it is. A visitor's order keeps the visitor after a customer adopted it. */
export const Owner = Schema.Struct({
  visitorId: Schema.NullOr(VisitorId),
  customerId: Schema.NullOr(CustomerId)
})
export type Owner = typeof Owner.Type

export const ownerOf = (identity: Identity): Owner =>
  identity._tag === "Visitor"
    ? { visitorId: identity.id, customerId: null }
    : { visitorId: null, customerId: identity.id }

/** A customer owns what names the customer; a visitor only what no customer owns. */
export const owns = (identity: Identity, owner: Owner): boolean =>
  identity._tag === "Customer"
    ? owner.customerId === identity.id
    : owner.customerId === null && owner.visitorId === identity.id
