import type { Press } from "./Buyer.ts"
import { type Checkout, pagePath } from "./Checkout.ts"
import * as views from "./hostedPageViews.ts"
import type { Html } from "./html.ts"
import type { JsonObject } from "./json.ts"
import type { Provider } from "./Provider.ts"
import { type PressForm, practiceActions } from "./practiceActions.ts"

/** A page, or where to go instead. */
export type PageAnswer = { readonly status: number; readonly page: Html } | { readonly to: string }

export interface Pressed {
  readonly provider: Provider
  readonly model: views.PageModel
  readonly form: JsonObject
}

type Action = (pressed: Pressed) => PageAnswer | Promise<PageAnswer>

/** The last digits that need a bank's word, and those that never get it. */
const asksBank: ReadonlySet<string> = new Set(["0042", "1114"])

export const cardDigits = (form: JsonObject): string =>
  typeof form["card"] === "string" ? form["card"].replaceAll(/\D/g, "") : ""

const lastDigits = (form: JsonObject): string => cardDigits(form).slice(-4) || "0091"

const bounded = (value: unknown, fallback: number, max: number): number => {
  const number = typeof value === "string" && value !== "" ? Number(value) : fallback
  return Number.isFinite(number) ? Math.min(Math.max(number, 0), max) : fallback
}

const pressForm = (form: JsonObject): PressForm => ({
  seconds: bounded(form["seconds"], 5, 86_400),
  times: bounded(form["times"], 2, 20)
})

const here = ({ model }: Pressed): string => pagePath(model.checkout.id)

/** What the buyer sees after a press, once it may be answered. */
const after = async (pressed: Pressed, press: Press): Promise<PageAnswer> => {
  await press.ready
  const { model, provider } = pressed
  if (press.outcome === "processed") {
    return { status: 409, page: views.paidPage(model, "This payment is already processed") }
  }
  if (press.outcome === "expired") return { status: 410, page: views.expiredPage() }
  const leaves = press.leaves || (press.outcome === "paid" && provider.switches.autoRedirect)
  const back = press.stays ? undefined : model.back
  return { to: leaves && back !== undefined ? back : here(pressed) }
}

const bank: Action = (pressed) => {
  const { form, model, provider } = pressed
  const card = lastDigits(form)
  const asked = provider.buyer.askBank(model.checkout.id, card === "0091" ? "0042" : card)
  return asked.outcome === "waiting" ? { to: `${here(pressed)}/bank` } : after(pressed, asked)
}

const expire: Action = (pressed) => {
  const { checkout } = pressed.model
  const isOpen = checkout.status === "PENDING" || checkout.status === "FAILED"
  if (isOpen) void pressed.provider.payments.expire(checkout)
  return { to: here(pressed) }
}

const pay: Action = (pressed) => {
  const card = lastDigits(pressed.form)
  if (asksBank.has(card)) return bank(pressed)
  return after(pressed, pressed.provider.buyer.pay(pressed.model.checkout.id, card))
}

const actions: { readonly [action: string]: Action } = {
  pay,
  bank,
  expire,
  decline: (pressed) =>
    after(pressed, pressed.provider.buyer.decline(pressed.model.checkout.id, lastDigits(pressed.form))),
  slow: (pressed) => {
    const { form, model, provider } = pressed
    const { seconds } = pressForm(form)
    return after(pressed, provider.buyer.paySlowly(model.checkout.id, seconds, lastDigits(form)))
  },
  abandon: (pressed) => ({ to: `${here(pressed)}/left` })
}

/** A button of the page was pressed. A button of practice first arms its fault for this checkout. */
export const pressed = (press: Pressed): PageAnswer | Promise<PageAnswer> => {
  const { form, model, provider } = press
  const name = String(form["action"] ?? "pay")
  const practice = Object.hasOwn(practiceActions, name) ? practiceActions[name] : undefined
  if (practice !== undefined) {
    const { checkout } = model
    const match = { merchant: checkout.merchantCode, reference: checkout.reference }
    provider.faults.add({ fault: practice.fault, match, with: practice.given(pressForm(form), checkout) })
  }
  const action = actions[practice?.press ?? name]
  if (action === undefined || (practice === undefined && !Object.hasOwn(actions, name))) {
    return { status: 400, page: views.refusedPage("There is no such button.", here(press)) }
  }
  return action(press)
}

/** The bank answered: back to the merchant by itself, as 3-D Secure does. */
export const bankAnswered = async (press: Pressed): Promise<PageAnswer> => {
  const { form, model, provider } = press
  const said = provider.buyer.bankSays(model.checkout.id, form["action"] === "confirm")
  const answer = await after(press, said)
  const leaves = said.outcome === "paid" && !said.stays && model.back !== undefined
  return leaves ? { to: withCheckoutId(model.back ?? "", model.checkout) } : answer
}

export const withCheckoutId = (back: string, { id }: Checkout): string => {
  const url = new URL(back)
  url.searchParams.set("checkout_id", id)
  return url.href
}
