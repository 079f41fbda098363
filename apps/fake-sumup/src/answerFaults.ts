import type { Answer } from "./Answer.ts"
import type { Call } from "./Call.ts"
import type { DueFault } from "./Faults.ts"
import type { Provider } from "./Provider.ts"
import * as problems from "./problems.ts"

/** What is sent in place of an answer (none yet when the call is refused); undefined: not this call. */
type Replace = (
  answer: Answer | undefined,
  due: DueFault,
  call: Call,
  provider: Provider
) => Answer | undefined

const nothing: Answer = { status: 200, body: undefined }

const created = (answer: Answer | undefined, call: Call): boolean =>
  call.operation === "create" && answer?.status === 201

const page = (status: number): Answer => ({
  status,
  body: undefined,
  type: "text/html; charset=utf-8",
  text: `<!doctype html><html lang="en"><title>${status}</title><h1>Not what you asked for</h1></html>\n`
})

const oversize = (bytes: number): Answer => ({
  status: 200,
  body: undefined,
  text: `{"padding":"${"x".repeat(Math.min(bytes, 100_000_000))}"}\n`
})

/** Whether the window of a lasting fault is still open: so many seconds since a moment, or for ever. */
const isOpen = (due: DueFault, since: number, now: number): boolean =>
  due.given["s"] === undefined || now < since + due.number("s", 0) * 1000

const retryAfter = (due: DueFault, now: number): string | undefined => {
  const wanted = due.text("retry_after", "1")
  if (wanted === "none") return undefined
  return wanted === "date" ? new Date(now + 1000).toUTCString() : wanted
}

const missingCheckout: Replace = (_, due, call, { clock }) => {
  const { checkout } = call
  if (checkout === undefined || !isOpen(due, checkout.createdAt, clock.now())) return undefined
  return problems.notFound()
}

const missingTransaction: Replace = (_, due, call, { clock }) => {
  const { transaction } = call
  if (transaction === undefined || !isOpen(due, transaction.at, clock.now())) return undefined
  return call.operation === "refund" ? problems.transactionNotFound() : problems.notFound()
}

const revoked: Replace = (_, __, call, { ids, merchants }) => {
  if (call.merchant === undefined) return undefined
  merchants.revoke(call.merchant.code, call.key)
  return problems.unauthorized(ids.traceId())
}

/** Instead of handling a call, or instead of its answer: which of the two, the fault's effect says. */
export const answerFaults: { readonly [fault: string]: Replace } = {
  "drop-before": () => ({ ...nothing, sending: { as: "reset" } }),
  "429": (_, due, __, { clock, switches }) =>
    problems.tooManyRequests(switches.bodyOf429, retryAfter(due, clock.now())),
  "500": () => problems.serverError(500),
  "503": () => problems.serverError(503),
  "request-blocked": () => problems.requestBlocked(),
  "key-revoked": revoked,
  "scope-403": () => problems.forbidden("checkout_payments_not_allowed"),
  invalid: (_, due) =>
    problems.validationErrors([{ code: "INVALID", param: due.text("param", "merchant_code") }]),
  "not-found": missingCheckout,
  "transactions-404": missingTransaction,
  "delete-refused": (_, __, call) =>
    call.operation === "deactivate" && call.checkout !== undefined
      ? problems.cannotBeDeactivated()
      : undefined,
  "create-then-drop": (answer, _, call) =>
    created(answer, call) ? { ...nothing, sending: { as: "reset" } } : undefined,
  "create-then-504": (answer, _, call) => (created(answer, call) ? problems.serverError(504) : undefined),
  "create-then-409": (answer, _, call) => (created(answer, call) ? problems.duplicatedCheckout() : undefined),
  "refund-done-but-timeout": (answer, _, call) =>
    call.operation === "refund" && answer?.status === 201
      ? { ...nothing, sending: { as: "never" } }
      : undefined,
  "never-answer": () => ({ ...nothing, sending: { as: "never" } }),
  trickle: (answer, due) => ({
    ...(answer ?? nothing),
    sending: { as: "trickle", bytesPerSecond: Math.max(1, due.number("bytes", 10)) }
  }),
  truncate: (answer) => ({ ...(answer ?? page(200)), sending: { as: "truncated" } }),
  "bad-json": (answer) => ({ status: answer?.status ?? 200, body: undefined, text: '{"id": "never closed' }),
  html: (_, due) => page(due.number("status", 502)),
  "empty-200": () => nothing,
  oversize: (_, due) => oversize(due.number("bytes", 10_000_000)),
  redirect: (_, due) => ({
    status: 302,
    body: undefined,
    headers: { location: due.text("to", "https://elsewhere.example/") }
  })
}
