import type { Checkout } from "./Checkout.ts"
import type { FaultName } from "./faultKinds.ts"
import type { JsonObject } from "./json.ts"

/** What a form of the page carried besides its button. */
export interface PressForm {
  readonly seconds: number
  readonly times: number
}

/** One click that makes something go wrong: a fault for this checkout, then a press on the page. */
export interface PracticeAction {
  readonly label: string
  readonly fault: FaultName
  readonly given: (form: PressForm, checkout: Checkout) => JsonObject
  readonly press: "pay" | "expire"
}

const plainly = () => ({})

/** The faults a demonstration shows, by the name of their button. */
export const practiceActions: { readonly [action: string]: PracticeAction } = {
  "pay-late": {
    label: "Expire, then pay late",
    fault: "pay-after-expired",
    given: ({ seconds }) => ({ s: seconds }),
    press: "expire"
  },
  "pay-twice": { label: "Pay twice", fault: "pay-twice", given: plainly, press: "pay" },
  "lose-webhook": { label: "Pay, lose the webhook", fault: "webhook-none", given: plainly, press: "pay" },
  "webhook-twice": {
    label: "Pay, webhook twice",
    fault: "webhook-duplicate",
    given: () => ({ n: 2 }),
    press: "pay"
  },
  "webhook-first": {
    label: "Pay, webhook before the answer",
    fault: "webhook-before-201",
    given: plainly,
    press: "pay"
  },
  "return-first": {
    label: "Return before the payment is booked",
    fault: "redirect-first",
    given: ({ seconds }) => ({ s: seconds }),
    press: "pay"
  },
  "wrong-amount": { label: "Pay a wrong amount", fault: "wrong-amount", given: plainly, press: "pay" },
  "never-come-back": {
    label: "Pay, never come back",
    fault: "never-come-back",
    given: plainly,
    press: "pay"
  },
  "decline-then-pay": {
    label: "Decline some times, then pay",
    fault: "fail-then-pay",
    // The fault counts every card that was tried; those before this press are not meant.
    given: ({ times }, checkout) => ({ n: checkout.transactionIds.length + times }),
    press: "pay"
  }
}
