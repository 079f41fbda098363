import type { Checkout } from "./Checkout.ts"
import type { Subject } from "./FaultMatch.ts"
import type { DueFault, Faults } from "./Faults.ts"
import type { Ids } from "./Ids.ts"
import { written } from "./json.ts"
import type { Ledger } from "./Ledger.ts"

/** What is to become of one announcement. */
export interface WebhookPlan {
  readonly body: string
  readonly copies: number
  readonly concurrent: boolean
  readonly afterMs: number
  /** It waits for the merchant's next webhook to overtake it, at most so long; 0: it does not wait. */
  readonly overtakenWithinMs: number
  readonly lost: boolean
  readonly faults: ReadonlyArray<string>
}

const bodyOf = (eventType: string, id: string): string => written({ event_type: eventType, id })

export const plain = (checkout: Checkout): WebhookPlan => ({
  body: bodyOf("CHECKOUT_STATUS_CHANGED", checkout.id),
  copies: 1,
  concurrent: true,
  afterMs: 0,
  overtakenWithinMs: 0,
  lost: false,
  faults: []
})

interface Surroundings {
  readonly faults: Faults
  readonly ids: Ids
  readonly ledger: Ledger
}

type Change = (checkout: Checkout, due: DueFault, around: Surroundings) => Partial<WebhookPlan>

const changes: { readonly [fault: string]: Change } = {
  "webhook-none": () => ({ lost: true }),
  "webhook-duplicate": (_, due) => ({
    copies: Math.min(Math.max(due.number("n", 2), 2), 1000),
    concurrent: due.given["concurrent"] !== false
  }),
  "webhook-late": (_, due) => ({ afterMs: due.number("s", 30) * 1000 }),
  "webhook-reordered": (_, due) => ({ overtakenWithinMs: due.number("s", 5) * 1000 }),
  "webhook-unknown-event": ({ id }) => ({ body: bodyOf("CHECKOUT_SOMETHING_NEW", id) }),
  "webhook-foreign-id": (checkout, _, around) => ({
    body: bodyOf("CHECKOUT_STATUS_CHANGED", foreignId(checkout, around))
  }),
  "webhook-oversize": ({ id }, due) => ({
    body: written({
      event_type: "CHECKOUT_STATUS_CHANGED",
      id,
      padding: "x".repeat(Math.min(due.number("bytes", 1_000_000), 50_000_000))
    })
  })
}

/** The id of some other checkout, or one that does not exist. */
const foreignId = (checkout: Checkout, { ledger, ids }: Surroundings): string => {
  for (const other of ledger.checkouts()) if (other.id !== checkout.id) return other.id
  return ids.uuid()
}

const webhookSubject = (checkout: Checkout): Subject => ({
  method: "POST",
  path: URL.parse(checkout.returnUrl ?? "")?.pathname ?? "",
  merchant: checkout.merchantCode,
  reference: checkout.reference
})

/** The announcement of a change, with every fault that is due for it. */
export const planned = (checkout: Checkout, around: Surroundings): WebhookPlan => {
  let plan = plain(checkout)
  for (const due of around.faults.due("webhook", webhookSubject(checkout))) {
    const change = changes[due.fault]
    if (change === undefined) continue
    plan = { ...plan, ...change(checkout, due, around), faults: [...plan.faults, due.fault] }
    due.fire()
  }
  return plan
}
