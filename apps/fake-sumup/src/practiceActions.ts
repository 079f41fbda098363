import type { Checkout } from "./Checkout.ts"
import type { FaultName } from "./faultKinds.ts"
import type { JsonObject } from "./json.ts"

/** One click that makes something go wrong: a fault for this checkout, then a press on the page. */
export interface PracticeAction {
  readonly label: string
  readonly fault: FaultName
  readonly press: "pay" | "expire"
  /** The fault's parameters, by how late and how often it is wished. */
  readonly given: (
    wishes: { readonly seconds: number; readonly times: number },
    checkout: Checkout
  ) => JsonObject
}

const late: PracticeAction["given"] = ({ seconds }) => ({ s: seconds })
// The fault counts every card that was tried; those before this press are not meant.
const often: PracticeAction["given"] = ({ times }, { transactionIds }) => ({
  n: transactionIds.length + times
})

const plainly: PracticeAction["given"] = () => ({})

const paying = (label: string, fault: FaultName, given = plainly): PracticeAction => {
  return { label, fault, press: "pay", given }
}

/** The faults a demonstration shows, by the name of their button. */
export const practiceActions: { readonly [action: string]: PracticeAction } = {
  "pay-late": { label: "Expire, then pay late", fault: "pay-after-expired", press: "expire", given: late },
  "pay-twice": paying("Pay twice", "pay-twice"),
  "lose-webhook": paying("Pay, lose the webhook", "webhook-none"),
  "webhook-twice": paying("Pay, webhook twice", "webhook-duplicate"),
  "webhook-first": paying("Pay, webhook before the answer", "webhook-before-201"),
  "return-first": paying("Return before the payment is booked", "redirect-first", late),
  "wrong-amount": paying("Pay a wrong amount", "wrong-amount"),
  "never-come-back": paying("Pay, never come back", "never-come-back"),
  "decline-then-pay": paying("Decline some times, then pay", "fail-then-pay", often)
}
