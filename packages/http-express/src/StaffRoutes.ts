import { type Attendant, Attending, actorOf, type Deed } from "@rose-ash/cart-domain/checkout/Attending"
import { Differences } from "@rose-ash/cart-domain/checkout/Differences"
import { Currency } from "@rose-ash/cart-domain/money/Currency"
import { minorOfMajor } from "@rose-ash/cart-domain/money/Money"
import type { Order } from "@rose-ash/cart-domain/order/Order"
import { Ids } from "@rose-ash/cart-domain/text/Ids"
import { Instant } from "@rose-ash/cart-domain/time/Instant"
import { Clock, Effect, Schema } from "effect"
import { page, see } from "./Answer.ts"
import type { Caller } from "./Asked.ts"
import { DifferenceForm, numberIn, read, StaffForm, StaffQuery } from "./forms.ts"
import type { Handler } from "./Handler.ts"
import { path } from "./Href.ts"
import { sayingOf } from "./notices.ts"
import { Pages } from "./Pages.ts"
import { BadRequest, NotFound, NotRead } from "./refusals.ts"
import { Site } from "./Site.ts"
import { staffModel, staffOrderModel } from "./views/StaffView.ts"

const readQuery = read(StaffQuery)
const readForm = read(StaffForm)
const readDifference = read(DifferenceForm)

/** To whoever answers for no page there are no such addresses. */
const attendantOf = ({ identity, staff }: Caller): Effect.Effect<Attendant, NotFound> =>
  identity?._tag === "Customer" && (staff.treasurer || staff.pages.length > 0)
    ? Effect.succeed({ person: identity, staff })
    : Effect.fail(new NotFound({ allow: [] }))

/** What forms of money that goes back are made of: each order shown has a new name for its one refund. */
const making = Effect.fnUntraced(function* (orders: ReadonlyArray<Order>) {
  const site = yield* Site
  const ids = yield* Ids
  const now = Instant.make(yield* Clock.currentTimeMillis)
  const names = yield* Effect.forEach(orders, ({ id }) => Effect.map(ids.uuid, (name) => [id, name] as const))
  return { site, now, names: new Map<string, string>(names) }
})

export const attention: Handler = Effect.fnUntraced(function* ({ caller, query }) {
  const { staff } = yield* attendantOf(caller)
  const { page: asked = "" } = yield* readQuery(query)
  const chosen = asked === "" ? null : asked
  const orders = yield* (yield* Attending).list(staff, chosen)
  const all = yield* (yield* Pages).list
  const pages = staff.treasurer ? all : all.filter(({ id }) => staff.pages.includes(id))
  const made = yield* making(orders)
  const mine = staff.treasurer ? ("all" as const) : staff.pages
  const open = yield* (yield* Differences).open(mine)
  const differences = open.filter(({ pageId }) => chosen === null || pageId === chosen)
  const model = staffModel(made, { orders, pages, chosen, differences })
  return page("staff", model, { title: model.title, ...sayingOf(made.site, caller.notice) })
})

/** Somebody says what became of it. Said before, by whomever: it is no longer there, and nothing happens. */
export const answerDifference: Handler = Effect.fnUntraced(function* ({ body, caller }) {
  const { person, staff } = yield* attendantOf(caller)
  const { difference, reason } = yield* readDifference(body)
  const differences = yield* Differences
  const of = { by: actorOf(person), answer: reason }
  yield* Effect.ignore(differences.answer(staff.treasurer ? "all" : staff.pages, difference, of))
  return see(path`/staff/attention`, { code: "attended" })
})

export const staffOrder: Handler = Effect.fnUntraced(function* ({ caller, params }) {
  const { staff } = yield* attendantOf(caller)
  const { number } = yield* numberIn(params)
  const order = yield* (yield* Attending).find(staff, number)
  const made = yield* making([order])
  const model = staffOrderModel(made, order)
  return page("staff", model, { title: model.title, ...sayingOf(made.site, caller.notice, { number }) })
})

const isOurs = Schema.is(Currency)
/** Minor units of what was typed, in the currency of the payment. */
const minorOf = (order: Order, paymentId: string, typed: string): Effect.Effect<number, BadRequest> => {
  const currency = order.payments.find(({ id }) => id === paymentId)?.currency
  const minor = isOurs(currency) ? minorOfMajor(Number(typed), currency) : undefined
  return minor === undefined ? Effect.fail(new BadRequest()) : Effect.succeed(minor)
}

const deedOf = Effect.fnUntraced(function* (
  order: Order,
  form: Exclude<typeof StaffForm.Type, { readonly act: "check" }>
) {
  const { reason } = form
  switch (form.act) {
    case "refund": {
      const minor = yield* minorOf(order, form.payment, form.amount)
      const deed: Deed = { _tag: "Refund", refundId: form.refund, paymentId: form.payment, minor, reason }
      return deed
    }
    case "credit":
      return { _tag: "Credit", caseId: form.case, reason } satisfies Deed
    case "writeOff":
      return { _tag: "WriteOff", caseId: form.case, reason } satisfies Deed
    case "giveUp":
      return { _tag: "GiveUpRefund", refundId: form.refund, reason } satisfies Deed
    case "cash":
      return { _tag: "Cash", name: form.name, reason } satisfies Deed
    case "cancel":
      return { _tag: "Cancel", refundId: form.refund, reason } satisfies Deed
  }
})

export const attend: Handler = Effect.fnUntraced(function* ({ body, caller, params }) {
  const who = yield* attendantOf(caller)
  const { number } = yield* numberIn(params)
  const attending = yield* Attending
  const order = yield* attending.find(who.staff, number)
  const form = yield* readForm(body)
  const done =
    form.act === "check"
      ? attending.check(who.staff, number)
      : Effect.flatMap(deedOf(order, form), (deed) => attending.act(who, number, deed))
  yield* Effect.catchTag(done, ["PaymentProviderUnavailable", "PaymentProviderRefused"], () => new NotRead())
  return see(path`/staff/orders/${number}`, { code: form.act === "check" ? "checked" : "attended" })
})
