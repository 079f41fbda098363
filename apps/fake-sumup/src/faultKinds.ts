import type { JsonObject } from "./json.ts"

/** When in the life of a call, a payment or a webhook a fault is asked for. */
export type Stage =
  | "early" // before a call is handled
  | "refuse" // instead of handling it
  | "create" // while a checkout is created
  | "refund" // while a refund is made
  | "body" // the true answer, changed
  | "answer" // the way the answer is sent
  | "late" // before it is sent
  | "webhook" // a change is announced
  | "page" // the buyer presses Pay
  | "closed" // a checkout expired or was deactivated
  | "paid" // a payment succeeded

export interface FaultKind {
  readonly says: string
  /** Its parameters and what they mean. */
  readonly with?: { readonly [name: string]: string }
  readonly stages: (given: JsonObject) => ReadonlyArray<Stage>
  /** Fires as often as it can (when it has a window), unless a number of times is given. */
  readonly lasting?: true | "with s"
}

const at =
  (...stages: ReadonlyArray<Stage>) =>
  () =>
    stages

/** The effect of the call is done or not when the fault strikes: `"effect": "done" | "none"`. */
const whenEffect = (fallback: "done" | "none", done: Stage = "answer", none: Stage = "refuse") => ({
  stages: (given: JsonObject) => [(given["effect"] ?? fallback) === "none" ? none : done]
})

const effect = 'whether the call took effect: "done" or "none"'
const seconds = "for how many seconds of provider time"

const refusals = {
  "drop-before": { says: "The connection is reset before anything is stored.", stages: at("refuse") },
  "429": {
    says: "Too many requests.",
    with: { retry_after: 'seconds, "date" or "none"' },
    stages: at("refuse")
  },
  "500": { says: "Internal server error.", ...whenEffect("none"), with: { effect } },
  "503": { says: "Service unavailable.", ...whenEffect("none"), with: { effect } },
  "request-blocked": { says: "The firewall refuses, whatever the key.", stages: at("refuse") },
  "key-revoked": { says: "The key of this call is worthless from now on.", stages: at("refuse") },
  "scope-403": { says: "The account may not take payments.", stages: at("refuse") },
  invalid: { says: "A parameter is refused.", with: { param: "its name" }, stages: at("refuse") },
  "not-found": {
    says: "A known checkout is 404.",
    with: { s: seconds },
    stages: at("refuse"),
    lasting: "with s"
  },
  "transactions-404": {
    says: "A transaction is not there yet.",
    with: { s: seconds },
    stages: at("refuse"),
    lasting: "with s"
  },
  "delete-refused": { says: "A checkout cannot be deactivated.", stages: at("refuse") }
} as const satisfies Record<string, FaultKind>

const answers = {
  "create-then-drop": { says: "Created, then the connection is reset.", stages: at("answer") },
  "create-then-504": { says: "Created, and answered 504.", stages: at("answer") },
  "create-then-409": { says: "Created, and answered 409.", stages: at("answer") },
  "refund-done-but-timeout": { says: "Refunded, and never answered.", stages: at("answer") },
  "never-answer": { says: "Silence.", ...whenEffect("done"), with: { effect } },
  trickle: {
    says: "The body comes a few bytes at a time.",
    ...whenEffect("done"),
    with: { bytes: "a second", effect }
  },
  truncate: { says: "Half of the body, then a reset.", ...whenEffect("done"), with: { effect } },
  "bad-json": { says: "A body that is not JSON.", ...whenEffect("done"), with: { effect } },
  html: { says: "A page of HTML.", ...whenEffect("done"), with: { status: "200, 403 or 502", effect } },
  "empty-200": { says: "200 and no body.", ...whenEffect("done"), with: { effect } },
  oversize: { says: "A huge body.", ...whenEffect("done"), with: { bytes: "its size", effect } },
  redirect: { says: "302 to somewhere else.", ...whenEffect("none"), with: { to: "where", effect } },
  delay: {
    says: "The answer comes late.",
    ...whenEffect("done", "late", "early"),
    with: { ms: "by so many real milliseconds", effect }
  }
} as const satisfies Record<string, FaultKind>

const lies = {
  "wrong-types": { says: "Numbers are texts and texts are numbers.", stages: at("body") },
  "unknown-status": { says: "A status nobody knows.", with: { status: "which" }, stages: at("body") },
  missing: { says: "A key is missing.", with: { key: "which" }, stages: at("body") },
  "extra-keys": { says: "Keys nobody asked for.", stages: at("body") },
  "no-transaction-id": { says: "Paid, but by no transaction.", stages: at("body") },
  wrong: {
    says: "A read answers another amount, currency, merchant, reference or id.",
    with: { field: "amount, currency, merchant_code, checkout_reference or id" },
    stages: at("body")
  },
  "list-empty": { says: "The list by reference is empty.", stages: at("body") },
  "list-two": { says: "The list by reference has two.", stages: at("body") },
  stale: {
    says: "A read shows how it was a while ago.",
    with: { s: seconds },
    stages: at("body"),
    lasting: "with s"
  },
  "clock-offset": {
    says: "The provider's clock is wrong.",
    with: { s: "by so many seconds" },
    stages: at("create")
  }
} as const satisfies Record<string, FaultKind>

const webhooks = {
  "webhook-none": { says: "The webhook is lost.", stages: at("webhook") },
  "webhook-duplicate": {
    says: "The webhook comes n times.",
    with: { n: "how often", concurrent: "at the same moment (true) or one after the other" },
    stages: at("webhook")
  },
  "webhook-before-201": {
    says: "The webhook arrives before the answer.",
    with: { pay: "true: and the checkout is paid by then" },
    stages: at("create", "page")
  },
  "webhook-late": { says: "The webhook comes late.", with: { s: seconds }, stages: at("webhook") },
  "webhook-reordered": {
    says: "The merchant's next webhook overtakes this one.",
    with: { s: "it waits at most so long" },
    stages: at("webhook")
  },
  "webhook-unknown-event": { says: "An event type nobody knows.", stages: at("webhook") },
  "webhook-foreign-id": { says: "The id of another checkout.", stages: at("webhook") },
  "webhook-oversize": { says: "A huge webhook.", with: { bytes: "its size" }, stages: at("webhook") }
} as const satisfies Record<string, FaultKind>

/** By itself after so many seconds, or, without a number, when the buyer presses Pay. */
const afterClosed = { with: { s: "pays by itself after so many seconds" } } as const

const whenClosed = (given: JsonObject): ReadonlyArray<Stage> => [given["s"] === undefined ? "page" : "closed"]

const histories = {
  "redirect-first": {
    says: "The buyer returns before the status changes.",
    with: { s: "which it does after so many seconds" },
    stages: at("page")
  },
  "never-come-back": { says: "The page has no way back.", stages: at("page") },
  "fail-then-pay": {
    says: "Cards are declined n times, then one is taken.",
    with: { n: "how often" },
    stages: at("page"),
    lasting: true
  },
  "pay-after-expired": { says: "An expired checkout is paid.", ...afterClosed, stages: whenClosed },
  "pay-after-delete": { says: "A deactivated checkout is paid.", ...afterClosed, stages: whenClosed },
  "pay-twice": { says: "Two cards are charged.", stages: at("page") },
  "wrong-amount": {
    says: "Another amount is taken than was asked.",
    with: { by: "more, in minor units" },
    stages: at("page")
  },
  chargeback: { says: "The bank takes a payment back.", with: { s: "after so long" }, stages: at("paid") },
  "refund-pending": {
    says: "A refund stays pending.",
    with: { s: "and is done after so many seconds" },
    stages: at("refund")
  },
  "refund-failed": {
    says: "A refund fails, later (answered 201) or at once (422).",
    with: { at_once: "true or false" },
    stages: at("refund")
  }
} as const satisfies Record<string, FaultKind>

/** Every fault there is, by name. */
export const faultKinds = { ...refusals, ...answers, ...lies, ...webhooks, ...histories }

export type FaultName = keyof typeof faultKinds

export const isFaultName = (name: unknown): name is FaultName =>
  typeof name === "string" && Object.hasOwn(faultKinds, name)

export const faultKind = (name: FaultName): FaultKind => faultKinds[name]
