import { OrderNumber, PageId } from "@rose-ash/cart-domain/text/Ids"
import { Option, Schema } from "effect"
import type { Asked } from "./Asked.ts"
import { type Href, path } from "./Href.ts"
import type { Notice } from "./Notice.ts"
import type { Refusal } from "./refusals.ts"
import type { Facts } from "./words/en/problems.ts"
import type { Words } from "./words/en.ts"

type Tag = Refusal["_tag"]
type Of<T extends Tag> = { [K in T]: { readonly _tag: K } & Extract<Refusal, { readonly _tag: K }> }[T]
type Heading = keyof Words["headings"]

/** Which page or order the address of the request names. */
export interface Place {
  readonly pageId: PageId | null
  readonly number: OrderNumber | null
  /** Whether it is asked for by who answers for its page. */
  readonly staff: boolean
}

/** What a refusal becomes: after a POST a notice where the cure is, else an error page. */
interface Problem<T extends Tag> {
  readonly status: number
  readonly heading: Heading
  /** Where a form that was refused leads to; null: the error page. */
  readonly see: (place: Place, refusal: Of<T>) => Href | null
  readonly facts?: (refusal: Of<T>) => Omit<Notice, "at" | "code">
}

const toCart = ({ pageId }: Place): Href => (pageId === null ? path`/` : path`/p/${pageId}`)
const toReview = ({ pageId }: Place): Href => (pageId === null ? path`/` : path`/p/${pageId}/checkout`)
const toOrder = ({ number, staff }: Place): Href | null => {
  if (number === null) return path`/orders`
  return staff ? path`/staff/orders/${number}` : path`/orders/${number}`
}
const toReturn = (place: Place): Href | null => {
  const { number, staff } = place
  return number === null || staff ? toOrder(place) : path`/orders/${number}/return`
}
const nowhere = (): null => null

const refused = (see: (place: Place) => Href | null) => ({ status: 409, heading: "refused", see }) as const
const missing = (heading: Heading) => ({ status: 404, heading, see: nowhere }) as const
const bad = (status: number, heading: Heading) => ({ status, heading, see: nowhere }) as const
/** Saved all the same: the order says so, by the number the outage carries or the address names. */
const outage = {
  status: 503,
  heading: "sorry",
  see: (place: Place, { number }: { readonly number?: OrderNumber }): Href | null =>
    number === undefined ? toReturn(place) : path`/orders/${number}`,
  facts: ({ number }: { readonly number?: OrderNumber }) => (number === undefined ? {} : { number })
} as const

/** The only place where a refusal gets a status. One that is missing here does not compile. */
export const problems: { readonly [T in Tag]: Problem<T> } = {
  QuantityTooHigh: {
    ...refused(toCart),
    facts: ({ asked, itemId, kept, most }) => ({ item: itemId, most, kept, typed: String(asked) })
  },
  LineLimit: { ...refused(toCart), facts: ({ most }) => ({ most }) },
  CartLimit: { ...refused(() => path`/`), facts: ({ most }) => ({ most }) },
  ItemGone: { ...refused(toCart), facts: ({ itemId }) => ({ item: itemId }) },
  ItemNotFound: { ...missing("item"), see: ({ pageId }) => (pageId === null ? null : path`/p/${pageId}`) },
  CartEmpty: refused(toCart),
  CartChanged: refused(toReview),
  PriceRose: refused(toReview),
  EntryTaken: refused((place) => (place.staff ? toOrder(place) : toReview(place))),
  EntryLapsed: refused(toCart),
  CurrencyDiffers: refused(toCart),
  TotalTooHigh: refused(toCart),
  TotalTooLow: refused(toCart),
  AmountNotPayable: refused(toCart),
  PageNotPayable: refused((place) => (place.number === null ? toCart(place) : toOrder(place))),
  OrderPaid: refused(toOrder),
  OrderOver: refused(toOrder),
  OrderWaiting: refused(toOrder),
  AttemptStillAlive: refused(toReturn),
  PaymentInQuestion: { ...refused(toOrder), facts: ({ number }) => ({ number }) },
  AttemptLimit: { ...refused(toOrder), facts: ({ most }) => ({ most }) },
  EmailMalformed: {
    status: 422,
    heading: "refused",
    see: toReview,
    facts: ({ typed }) => (typed === "" ? {} : { typed })
  },
  PaymentProviderUnavailable: outage,
  PaymentProviderRefused: outage,
  NotRead: { status: 503, heading: "sorry", see: toOrder },
  NotCancelled: { status: 503, heading: "sorry", see: toOrder },
  VisitorAdopted: refused(toCart),
  PageNotFound: missing("missing"),
  OrderNotFound: missing("order"),
  NotFound: missing("missing"),
  BadRequest: bad(400, "bad"),
  TooLarge: bad(413, "bad"),
  ForeignForm: bad(403, "foreign"),
  TooMany: bad(429, "many"),
  RefundTooHigh: { ...refused(toOrder), facts: ({ most }) => ({ most }) },
  RefundMoving: refused(toOrder),
  MoneyUnknown: refused(toOrder),
  AmountDiffers: refused(toOrder),
  EntryNotOrdered: refused(toOrder),
  MoneyOpen: refused(toOrder)
}

/** What is to be done about a refusal. */
export interface Told {
  readonly tag: Tag
  readonly status: number
  readonly heading: Heading
  readonly see: Href | null
  readonly notice: Omit<Notice, "at">
}

export const tell = <T extends Tag>(refusal: Of<T>, place: Place): Told => {
  const tag: T = refusal._tag
  const problem: Problem<T> = problems[tag]
  return {
    tag,
    status: problem.status,
    heading: problem.heading,
    see: problem.see(place, refusal),
    notice: { code: tag, ...problem.facts?.(refusal) }
  }
}

const isPage = Schema.decodeUnknownOption(PageId)
const isNumber = Schema.decodeUnknownOption(OrderNumber)

/** Which page or order a request speaks of, by its address, else by its form. */
export const placeOf = ({ body, params, path: at }: Pick<Asked, "body" | "params" | "path">): Place => {
  const page =
    params["page"] ?? (typeof body === "object" && body !== null ? Reflect.get(body, "page") : null)
  return {
    pageId: Option.getOrNull(isPage(page)),
    number: Option.getOrNull(isNumber(params["number"])),
    staff: at.startsWith("/staff/")
  }
}

/** Nothing is known. */
export const noFacts: Facts = {
  item: null,
  page: null,
  contact: null,
  least: null,
  most: null,
  kept: null,
  number: null,
  seconds: null,
  changes: [],
  places: null,
  letters: false
}

/** What a refusal itself knows, for the error page. */
export const factsOf = (refusal: Refusal): Facts => ({
  ...noFacts,
  item: "name" in refusal && refusal._tag !== "PageNotPayable" ? refusal.name : null,
  page: refusal._tag === "PageNotPayable" ? refusal.name : null,
  contact: refusal._tag === "PageNotPayable" ? refusal.contact : null,
  most: "most" in refusal ? refusal.most : null,
  kept: "kept" in refusal ? refusal.kept : null,
  number: "number" in refusal ? (refusal.number ?? null) : null,
  seconds: refusal._tag === "TooMany" ? refusal.seconds : null
})

/** The sentence of a refusal, by its tag; null for a code that is no refusal's. */
export const sentenceOf = (words: Words, code: string, facts: Facts): string | null =>
  isTag(code) ? words.problems[code](facts) : null
const isTag = (code: string): code is Tag => Object.hasOwn(problems, code)
