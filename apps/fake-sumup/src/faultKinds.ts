import { answerFaults } from "./answerFaults.ts"
import { bodyFaults } from "./bodyFaults.ts"
import { at, type FaultKind, telling } from "./FaultKind.ts"
import type { JsonObject } from "./json.ts"

/** Paid when the buyer presses Pay on what is closed, or by itself after so many seconds. */
const revived: FaultKind = { stages: ({ s }) => [s === undefined ? "page" : "closed"], parameters: ["s"] }

/** What becomes of an announcement. */
const webhookFaults = {
  "webhook-none": telling(() => ({ lost: true })),
  "webhook-duplicate": telling(
    ({ due }) => ({
      copies: Math.min(due.number("n", 2), 1000),
      concurrent: due.with["concurrent"] !== false
    }),
    "n",
    "concurrent"
  ),
  "webhook-late": telling(({ due }) => ({ afterMs: due.number("s", 30) * 1000 }), "s"),
  "webhook-reordered": telling(({ due }) => ({ overtakenWithinMs: due.number("s", 5) * 1000 }), "s"),
  "webhook-unknown-event": telling(() => ({ body: { event_type: "CHECKOUT_SOMETHING_NEW" } })),
  "webhook-foreign-id": telling(({ checkout, provider }) => {
    const other = [...provider.ledger.checkouts()].find(({ id }) => id !== checkout.id)
    return { body: { id: other?.id ?? provider.ids.uuid() } }
  }),
  "webhook-oversize": telling(
    ({ due }) => ({ body: { padding: "x".repeat(Math.min(due.number("bytes", 1e6), 5e7)) } }),
    "bytes"
  )
}

/** Every fault there is, by name: when it is asked for, its parameters, and what it does there. */
export const faultKinds = {
  ...answerFaults,
  ...bodyFaults,
  ...webhookFaults,
  "webhook-before-201": { stages: () => ["create", "page"], parameters: ["pay"] },
  "redirect-first": at("page", "s"),
  "never-come-back": at("page"),
  "fail-then-pay": at("page", "n"),
  "pay-after-expired": revived,
  "pay-after-delete": revived,
  "pay-twice": at("page"),
  "wrong-amount": at("page", "by"),
  chargeback: at("paid", "s"),
  "refund-pending": at("refund", "s"),
  "refund-failed": at("refund", "at_once")
} as const satisfies { readonly [name: string]: FaultKind }

export type FaultName = keyof typeof faultKinds

export const isFaultName = (name: unknown): name is FaultName =>
  typeof name === "string" && Object.hasOwn(faultKinds, name)

export const faultKind = (name: FaultName): FaultKind => faultKinds[name]

/**
 * Whether it fires as often as it can, unless a number of times is given: one that has a window to fire in.
 */
export const lasts = (name: FaultName, { s }: JsonObject): boolean =>
  name === "fail-then-pay" || (["not-found", "stale", "transactions-404"].includes(name) && s !== undefined)
