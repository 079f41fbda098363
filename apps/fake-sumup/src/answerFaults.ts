import type { Answer } from "./Answer.ts"
import { type Answering, answering, type FaultKind, type Struck } from "./FaultKind.ts"
import * as problems from "./problems.ts"

const ok: Answer = { status: 200 }
const reset: Answer = { status: 200, sending: "reset" }
const silence: Answer = { status: 200, sending: "never" }

const page = (status: number): Answer => {
  const text = `<!doctype html><html lang="en"><title>${status}</title><h1>Not what you asked for</h1></html>\n`
  return { status, type: "text/html; charset=utf-8", text }
}

const tooManyRequests: Answering = ({ due, provider: { clock, switches } }) => {
  const wanted = due.text("retry_after", "1")
  const wait = wanted === "date" ? new Date(clock.now() + 1000).toUTCString() : wanted
  const headers = wanted === "none" ? {} : { "retry-after": wait }
  return { ...problems.tooManyRequests(switches.bodyOf429), headers }
}

const revoked: Answering = ({ call: { key, merchant }, provider: { ids, merchants } }) =>
  merchants.revoke(merchant?.merchant_code ?? "", key) && problems.unauthorized(ids.traceId())

/** Whether something is still missing: for so many seconds since a moment, or for ever. */
const isMissing = ({ due, provider: { clock } }: Struck, since: number | undefined): boolean =>
  since !== undefined && (due.with["s"] === undefined || clock.now() < since + due.number("s", 0) * 1000)

const noCheckout: Answering = (struck) =>
  isMissing(struck, struck.call.checkout?.createdAt) ? problems.notFound : undefined

const noTransaction: Answering = (struck) => {
  const missing = struck.call.operation === "refund" ? problems.transactionNotFound : problems.notFound
  return isMissing(struck, struck.call.transaction?.at) ? missing : undefined
}

const notDeactivated: Answering = ({ call }) =>
  call.operation === "deactivate" && call.checkout ? problems.cannotBeDeactivated : undefined

const oversize: Answering = ({ due }) => {
  return { status: 200, body: { padding: "x".repeat(Math.min(due.number("bytes", 1e7), 1e8)) } }
}

const elsewhere: Answering = ({ due }) => {
  return { status: 302, headers: { location: due.text("to", "https://elsewhere.example/") } }
}

const trickled: Answering = ({ answer = ok, due }) => {
  return { ...answer, bytesPerSecond: due.number("bytes", 10) }
}

const refusing = answering("refuse")
const replacing = answering("answer")

/** Instead of the answer to a checkout that was created, or a refund that was made. */
const after = (operation: "create" | "refund", instead: Answer): FaultKind =>
  replacing(({ answer, call }) =>
    call.operation === operation && answer?.status === 201 ? instead : undefined
  )

/** Instead of the answer, or before the call took effect: as `effect` says, "done" or "none". */
const breaking = (fallback: string, answer: Answering, ...parameters: ReadonlyArray<string>): FaultKind => ({
  stages: ({ effect = fallback }) => [effect === "none" ? "refuse" : "answer"],
  parameters: [...parameters, "effect"],
  answer
})

/** What comes when a provider refuses, breaks or falls silent. */
export const answerFaults = {
  "drop-before": refusing(() => reset),
  "429": refusing(tooManyRequests, "retry_after"),
  "500": breaking("none", () => problems.serverError(500)),
  "503": breaking("none", () => problems.serverError(503)),
  "request-blocked": refusing(() => problems.requestBlocked),
  "key-revoked": refusing(revoked),
  "scope-403": refusing(() => problems.paymentsNotAllowed),
  invalid: refusing(({ due }) => problems.invalid(due.text("param", "merchant_code")), "param"),
  "not-found": refusing(noCheckout, "s"),
  "transactions-404": refusing(noTransaction, "s"),
  "delete-refused": refusing(notDeactivated),
  "create-then-drop": after("create", reset),
  "create-then-504": after("create", problems.serverError(504)),
  "create-then-409": after("create", problems.duplicatedCheckout),
  "refund-done-but-timeout": after("refund", silence),
  "never-answer": breaking("done", () => silence),
  trickle: breaking("done", trickled, "bytes"),
  truncate: breaking("done", ({ answer = page(200) }) => ({ ...answer, sending: "truncated" })),
  "bad-json": breaking("done", ({ answer = ok }) => ({
    status: answer.status,
    text: '{"id": "never closed'
  })),
  html: breaking("done", ({ due }) => page(due.number("status", 502)), "status"),
  "empty-200": breaking("done", () => ok),
  oversize: breaking("done", oversize, "bytes"),
  redirect: breaking("none", elsewhere, "to"),
  delay: { stages: ({ effect }) => [effect === "none" ? "early" : "late"], parameters: ["ms", "effect"] }
} as const satisfies { readonly [name: string]: FaultKind }
