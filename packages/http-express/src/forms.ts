import { CartId, EntryId, ItemId, OrderNumber, PageId, RefundId } from "@rose-ash/cart-domain/text/Ids"
import { Email, line } from "@rose-ash/cart-domain/text/Text"
import { Effect, Schema } from "effect"
import { BadRequest, EmailMalformed, NotFound } from "./refusals.ts"

const digits = (most: number, last: number) =>
  Schema.FiniteFromString.pipe(
    Schema.check(Schema.isInt(), Schema.isBetween({ minimum: 0, maximum: last })),
    (schema) =>
      Schema.String.check(Schema.isPattern(new RegExp(`^[0-9]{1,${most}}$`, "u"))).pipe(
        Schema.decodeTo(schema)
      )
  )

/** Up to 9,999, so that too many is refused in words and not as nonsense. */
const Quantity = digits(4, 9999)

/** `key` names one rendered form: sent twice it adds once. */
export const AddForm = Schema.Struct({
  page: Schema.optionalKey(PageId),
  item: ItemId,
  quantity: Quantity.check(Schema.isGreaterThan(0)),
  key: Schema.String.check(Schema.isPattern(/^[A-Za-z0-9_-]{8,64}$/u)),
  return_to: Schema.optionalKey(Schema.String)
})
/** `had` is what the form showed: Undo puts it back. */
export const QuantityForm = Schema.Struct({ quantity: Quantity, had: Schema.optionalKey(Quantity) })

const Revision = Schema.String.check(Schema.isPattern(/^[0-9a-f-]{36}\.[0-9]{1,9}$/u))
/**
 * What was looked at: cart, revision and total in minor units. The e-mail is as typed: it is told about in
 * words.
 */
export const CheckoutForm = Schema.Struct({
  revision: Revision,
  total: digits(10, 9_999_999_999),
  email: Schema.Union([Schema.Literal(""), line(320)])
})
export const OrdersQuery = Schema.Struct({
  page: Schema.optionalKey(Schema.Union([Schema.Literal(""), PageId])),
  year: Schema.optionalKey(Schema.Union([Schema.Literal(""), digits(4, 9999)])),
  /** What an earlier list gave; only the store can read it. */
  after: Schema.optionalKey(line(200))
})
export const ReturnQuery = Schema.Struct({ n: Schema.optionalKey(digits(2, 99)) })

export const StaffQuery = Schema.Struct({
  page: Schema.optionalKey(Schema.Union([Schema.Literal(""), PageId]))
})
/** What became of money that the books disagree about. */
export const DifferenceForm = Schema.Struct({ difference: line(200), reason: line(500) })
const about = { reason: line(500) }
const ofCase = { case: line(200), ...about }
/** What who answers for a page decides. `refund` names one form: sent twice it is one refund. */
export const StaffForm = Schema.Union([
  Schema.Struct({ act: Schema.Literal("check") }),
  Schema.Struct({
    act: Schema.Literal("refund"),
    refund: RefundId,
    payment: line(200),
    amount: Schema.String.check(Schema.isPattern(/^[0-9]{1,8}(?:\.[0-9]{1,2})?$/u)),
    ...about
  }),
  Schema.Struct({ act: Schema.Literal("credit"), ...ofCase }),
  Schema.Struct({ act: Schema.Literal("writeOff"), ...ofCase }),
  Schema.Struct({ act: Schema.Literal("giveUp"), refund: line(200), ...about }),
  Schema.Struct({ act: Schema.Literal("cash"), name: line(60), ...about }),
  Schema.Struct({ act: Schema.Literal("cancel"), refund: RefundId, ...about })
])

/** Reads a form; whatever no rendered form sends is a `BadRequest`. */
export const read = <A>(schema: Schema.Codec<A, unknown>) => {
  const decode = Schema.decodeUnknownEffect(schema)
  return (input: unknown): Effect.Effect<A, BadRequest> =>
    Effect.mapError(decode(input), () => new BadRequest())
}

/** Part of an address: of another shape there is no such address. */
const named = <A>(schema: Schema.Codec<A, unknown>) => {
  const decode = Schema.decodeUnknownEffect(schema)
  return (input: unknown): Effect.Effect<A, NotFound> =>
    Effect.mapError(decode(input), () => new NotFound({ allow: [] }))
}
export const pageIn = named(Schema.Struct({ page: PageId }))
export const lineIn = named(Schema.Struct({ page: PageId, item: ItemId }))
export const entryIn = named(Schema.Struct({ page: PageId, entry: EntryId }))
export const numberIn = named(Schema.Struct({ number: OrderNumber }))
export const tokenIn = named(Schema.Struct({ token: line(200) }))
export const fileIn = named(Schema.Struct({ file: line(200) }))

const readSeen = read(Schema.Struct({ cartId: CartId, revision: digits(9, 999_999_999) }))
/** The cart and its revision out of "<cart id>.<revision>". */
export const revisionFrom = (text: string) => {
  const [cartId, revision] = text.split(".")
  return readSeen({ cartId, revision })
}

const isEmail: (text: string) => boolean = Schema.is(Email)
/** The address as people type it, without the spaces around it. */
export const emailFrom = (typed: string): Effect.Effect<Email, EmailMalformed> => {
  const email = typed.trim()
  return isEmail(email)
    ? Effect.succeed(email)
    : Effect.fail(new EmailMalformed({ typed: email.slice(0, 254) }))
}
