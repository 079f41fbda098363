import { type Checkout, pagePath } from "./Checkout.ts"
import { spoken } from "./money.ts"
import { practiceActions } from "./practiceActions.ts"
import { page } from "./views.ts"

/** A page, or where to go instead. */
export type PageAnswer = { readonly status: number; readonly html: string } | { readonly to: string }

/** What the pages show. */
export interface PageModel {
  readonly checkout: Checkout
  readonly merchant: string
  readonly token: string
  /** Where the buyer goes back to; undefined: there is no way back. */
  readonly back: string | undefined
}

const fails = "Not accepted"

/** Pages that only say something: status, title, sentence, and whether that is good news. */
const notes = {
  paid: [200, "Payment successful", "Paid. You may close this page.", "ok"],
  processed: [409, "This payment is already processed", "Paid. You may close this page.", "ok"],
  bank: [200, "Your payment is being processed", "Your bank was asked whether this is you.", "ok"],
  processing: [200, "Your payment is being processed", "Your card is being checked.", "ok"],
  left: [200, "You left the payment page", "Nothing was paid and nobody was told. It stays open.", "ok"],
  expired: [410, "This payment has expired", "It can no longer be paid. Nothing was taken here.", "bad"],
  unknown: [404, "Payment not found", "There is no payment at this address.", "bad"],
  outdated: [403, fails, "This form is out of date. Nothing was done: try again.", "bad"],
  realCard: [422, fails, "Only the practice cards work here. Never type a real card.", "bad"],
  noButton: [400, fails, "There is no such button.", "bad"]
} as const

const summaryOf = ({ checkout: { amount, currency, description, reference }, merchant }: PageModel) => ({
  amount: spoken(amount, currency),
  rows: { To: merchant, For: description ?? "–", Reference: reference }
})

/** Where a page leads on, by its label. */
type Links = { readonly [label: string]: string | undefined }

export const note = (name: keyof typeof notes, model?: PageModel, links: Links = {}): PageAnswer => {
  const [status, title, says, tone] = notes[name]
  const given = Object.entries(links).filter(([, href]) => href !== undefined)
  const summary = model && summaryOf(model)
  return { status, html: page("note", title, { says, tone, summary, links: given }) }
}

/** The page of a checkout that can be paid, or of a bank that asks whether it is you. */
export const askPage = (name: "pay" | "bank", model: PageModel): PageAnswer => {
  const { checkout, merchant, token } = model
  const summary = summaryOf(model)
  const title = name === "bank" ? "Your bank asks: is this you?" : `Pay ${merchant} ${summary.amount}`
  const action = pagePath(checkout.id) + (name === "bank" ? "/bank" : "")
  const [declined, practice] = [checkout.status === "FAILED", Object.entries(practiceActions)]
  return { status: 200, html: page(name, title, { summary, action, token, declined, practice }) }
}
