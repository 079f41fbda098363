import { Context, Effect, Layer, Schema } from "effect"
import { SecureRandom } from "effect/crypto"

const key = Schema.String.check(Schema.isPattern(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/u))
const uuid = Schema.String.check(
  Schema.isPattern(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u)
)

/** The page's name in addresses; the blog keeps it for ever. Lower case, digits, hyphens, at most 64. */
export const PageId = Schema.String.check(Schema.isPattern(/^[a-z0-9][a-z0-9-]{0,63}$/u)).pipe(
  Schema.brand("PageId")
)
export type PageId = typeof PageId.Type
/** A product of the market. */
export const ItemId = key.pipe(Schema.brand("ItemId"))
export type ItemId = typeof ItemId.Type
/** A calendar entry of the events app. */
export const EntryId = key.pipe(Schema.brand("EntryId"))
export type EntryId = typeof EntryId.Type
/** A known person, by the auth service's id. */
export const CustomerId = key.pipe(Schema.brand("CustomerId"))
export type CustomerId = typeof CustomerId.Type
/** A browser that put something into a cart. */
export const VisitorId = uuid.pipe(Schema.brand("VisitorId"))
export type VisitorId = typeof VisitorId.Type
export const CartId = uuid.pipe(Schema.brand("CartId"))
export type CartId = typeof CartId.Type
export const CartLineId = uuid.pipe(Schema.brand("CartLineId"))
export type CartLineId = typeof CartLineId.Type
export const OrderId = uuid.pipe(Schema.brand("OrderId"))
export type OrderId = typeof OrderId.Type
export const AttemptId = uuid.pipe(Schema.brand("AttemptId"))
export type AttemptId = typeof AttemptId.Type
/** The version of a seller's key that an attempt was opened with. */
export const CredentialId = uuid.pipe(Schema.brand("CredentialId"))
export type CredentialId = typeof CredentialId.Type
export const RefundId = uuid.pipe(Schema.brand("RefundId"))
export type RefundId = typeof RefundId.Type
/** Orders that one person placed in one go, page after page. */
export const VisitId = uuid.pipe(Schema.brand("VisitId"))
export type VisitId = typeof VisitId.Type

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
/** The number people read out: `RA-7K4M-Q2XD`, Crockford base 32. */
export const OrderNumber = Schema.String.check(
  Schema.isPattern(/^RA-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/u)
).pipe(Schema.brand("OrderNumber"))
export type OrderNumber = typeof OrderNumber.Type

/** Five bits of each of the first eight bytes, as people read them. */
export const orderNumber = (bytes: Uint8Array): OrderNumber => {
  const letters = Array.from(bytes.slice(0, 8), (byte) => alphabet.charAt(byte & 31)).join("")
  return OrderNumber.make(`RA-${letters.slice(0, 4)}-${letters.slice(4, 8)}`)
}

/** Port: where new names come from. Never the same one twice. */
export class Ids extends Context.Service<
  Ids,
  {
    /** A uuid v7: sorts by time, so inserts touch the right edge of an index. */
    readonly uuid: Effect.Effect<string>
    /** Unguessable bytes. */
    bytes(size: number): Effect.Effect<Uint8Array>
  }
>()("@rose-ash/cart-domain/text/Ids") {
  static readonly layer = Layer.effect(
    Ids,
    Effect.map(SecureRandom.SecureRandom, (random) =>
      Ids.of({ uuid: random.uuidV7(), bytes: (size) => random.randomBytes(size) })
    )
  ).pipe(Layer.provide(SecureRandom.layerWebCrypto))
}
