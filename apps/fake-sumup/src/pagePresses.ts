import type { Press } from "./Buyer.ts"
import { type Checkout, pagePath } from "./Checkout.ts"
import { note, type PageAnswer, type PageModel } from "./hostedPageViews.ts"
import { type JsonObject, text } from "./json.ts"
import { goodCard } from "./Payments.ts"
import type { Provider } from "./Provider.ts"
import { practiceActions } from "./practiceActions.ts"

/** A press on a page: whose checkout it is, and what its form says. */
export interface Pressed {
  readonly provider: Provider
  readonly model: PageModel
  readonly form: JsonObject
}

export const cardDigits = ({ card }: JsonObject): string => (text(card) ?? "").replaceAll(/\D/g, "")

const bounded = (value: unknown, fallback: number, max: number): number =>
  Math.min(Math.max(Number(text(value) || fallback) || 0, 0), max)

/** How late and how often something is wished. */
const wishesOf = ({ seconds, times }: JsonObject) => {
  return { seconds: bounded(seconds, 5, 86_400), times: bounded(times, 2, 20) }
}

export const withCheckoutId = (back: string, { id }: Checkout): string => {
  const url = new URL(back)
  url.searchParams.set("checkout_id", id)
  return url.href
}

/** The last digits that need a bank's word; one of them never gets it. */
const asksBank: ReadonlyArray<string> = ["0042", "1114"]

type Act = (buyer: Provider["buyer"], id: string, card: string, seconds: number) => Press

/** What each button of the page does. */
const actions: { readonly [action: string]: Act } = {
  pay: (buyer, id, card) => (asksBank.includes(card) ? buyer.askBank(id, card) : buyer.pay(id, card)),
  bank: (buyer, id, card) => buyer.askBank(id, asksBank.includes(card) ? card : "0042"),
  decline: (buyer, id, card) => buyer.decline(id, card),
  slow: (buyer, id, card, seconds) => buyer.paySlowly(id, seconds, card),
  expire: (buyer, id) => buyer.expire(id),
  abandon: () => ({ outcome: "left" })
}

/** What the buyer sees after a press, once it may be answered. */
const after = async ({ model, provider }: Pressed, press: Press): Promise<PageAnswer> => {
  await press.ready
  const { buyer, switches } = provider
  const { checkout } = model
  const here = pagePath(checkout.id)
  const back = buyer.stays(checkout.id) ? undefined : model.back
  if (press.outcome === "processed") return note("processed", model, { "Back to merchant website": back })
  if (press.outcome === "expired") return note("expired")
  if (press.outcome === "left") return { to: `${here}/left` }
  const leaves = press.leaves || (press.outcome === "paid" && switches.autoRedirect)
  return {
    to: (leaves ? back : undefined) ?? (buyer.waitsFor(checkout.id) === "bank" ? `${here}/bank` : here)
  }
}

/** A button of the page was pressed. A button of practice first arms its fault for this checkout. */
export const pressed = (press: Pressed): PageAnswer | Promise<PageAnswer> => {
  const { form, model, provider } = press
  const { id, merchantCode: merchant, reference } = model.checkout
  const wishes = wishesOf(form)
  const name = text(form["action"]) ?? "pay"
  const practice = Object.hasOwn(practiceActions, name) ? practiceActions[name] : undefined
  if (practice !== undefined) {
    const given = practice.given(wishes, model.checkout)
    provider.faults.add({ fault: practice.fault, match: { merchant, reference }, with: given })
  }
  const known = practice?.press ?? name
  const act = Object.hasOwn(actions, known) ? actions[known] : undefined
  if (act === undefined) return note("noButton", model, { "Go back": pagePath(id) })
  return after(press, act(provider.buyer, id, cardDigits(form).slice(-4) || goodCard, wishes.seconds))
}

/** The bank answered: back to the merchant by itself, as 3-D Secure does. */
export const bankAnswered = (press: Pressed): Promise<PageAnswer> => {
  const { form, model, provider } = press
  const said = provider.buyer.bankSays(model.checkout.id, form["action"] === "confirm")
  const back = model.back && withCheckoutId(model.back, model.checkout)
  return after({ ...press, model: { ...model, back } }, { ...said, leaves: said.outcome === "paid" })
}
