import { setTimeout as sleep } from "node:timers/promises"
import express, { type Express, type Request } from "express"
import { type Answer, send } from "./Answer.ts"
import { createCheckout, deactivateCheckout, listCheckouts, readCheckout } from "./CheckoutsApi.ts"
import { wireTime } from "./Clock.ts"
import type { Stage } from "./FaultKind.ts"
import type { FaultRule } from "./Faults.ts"
import { faultKind } from "./faultKinds.ts"
import { headerFaults } from "./faultRequest.ts"
import { isObject, parsed, text } from "./json.ts"
import { type Merchant, merchantBody } from "./Merchants.ts"
import type { Provider } from "./Provider.ts"
import * as problems from "./problems.ts"
import type { Transaction } from "./Transaction.ts"
import { readHistory, readTransaction, refundTransaction } from "./TransactionsApi.ts"

/** The transaction that a query names. */
const askedFor = (query: URLSearchParams, code: string, provider: Provider): Transaction | undefined => {
  const { ledger, switches } = provider
  const [id, transactionCode] = [query.get("id"), query.get("transaction_code")]
  if (id !== null) return ledger.transaction(id)
  if (transactionCode !== null) return [...ledger.transactions()].find((one) => one.code === transactionCode)
  const reference = query.get("foreign_transaction_id") ?? query.get("client_transaction_id")
  if (reference === null || !switches.referenceInTransactions) return undefined
  const transactions = ledger.checkoutsOf(code, reference).flatMap((one) => ledger.transactionsOf(one))
  return transactions.find(({ status }) => status === "SUCCESSFUL") ?? transactions[0]
}

/**
 * One call: its key, whose it is, and what it names, whoever that belongs to: a fault may be meant for it.
 */
const callOf = (request: Request, operation: string, number: number, provider: Provider) => {
  const { ledger, merchants } = provider
  const named = (param: string) => text(request.params[param]) ?? ""
  const query = new URL(request.originalUrl, "http://localhost").searchParams
  const body = text(request.body) ?? ""
  const json = parsed(body)
  const key = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? ""
  const merchant = merchants.ofKey(key)
  const code = merchant?.merchant_code ?? named("merchant")
  const checkout = ledger.checkout(named("checkout"))
  const isAsked = operation === "transaction"
  const transaction = isAsked ? askedFor(query, code, provider) : ledger.transaction(named("transaction"))
  const asked = isObject(json) ? text(json["checkout_reference"]) : query.get("checkout_reference")
  const reference = checkout?.reference ?? transaction?.reference ?? asked ?? undefined
  const { method, path } = request
  const subject = { method, path, merchant: code, reference, call: number }
  const isForeign = "merchant" in request.params && named("merchant") !== code
  return { operation, query, body, json, key, merchant, isForeign, checkout, transaction, subject }
}

export type Call = ReturnType<typeof callOf>

/** A call whose key opens something. */
export type KeyedCall = Call & { readonly merchant: Merchant }

interface Operation {
  readonly method: "get" | "post" | "delete"
  readonly path: string
  /** What is answered when the path names another merchant than the key's. */
  readonly foreign?: Answer
  readonly handle: (call: KeyedCall, provider: Provider) => Answer | Promise<Answer>
}

const checkouts = "/v0.1/checkouts"
const transactions = "/v2.1/merchants/:merchant/transactions"
const refunds = "/v1.0/merchants/:merchant/payments/:transaction/refunds"
// The document knows no 403 for a merchant.
const { notAllowed, nothingHere, refundForbidden } = problems
const readMerchant: Operation["handle"] = ({ merchant }) => ({ status: 200, body: merchantBody(merchant) })

/** Every operation of the API that is practised here. */
const operations: { readonly [name: string]: Operation } = {
  create: { method: "post", path: checkouts, handle: createCheckout },
  list: { method: "get", path: checkouts, handle: listCheckouts },
  read: { method: "get", path: `${checkouts}/:checkout`, handle: readCheckout },
  deactivate: { method: "delete", path: `${checkouts}/:checkout`, handle: deactivateCheckout },
  merchant: { method: "get", path: "/v1/merchants/:merchant", foreign: nothingHere, handle: readMerchant },
  transaction: { method: "get", path: transactions, foreign: notAllowed, handle: readTransaction },
  history: { method: "get", path: `${transactions}/history`, foreign: notAllowed, handle: readHistory },
  refund: { method: "post", path: refunds, foreign: refundForbidden, handle: refundTransaction }
}

const handled = (call: Call, { foreign, handle }: Operation, provider: Provider) => {
  const { isForeign, merchant } = call
  if (merchant === undefined) return problems.unauthorized(provider.ids.traceId())
  return isForeign && foreign !== undefined ? foreign : handle({ ...call, merchant }, provider)
}

/** The answer to a call after all faults that are due for it, whose names are added to `fired`. */
const passed = async (call: Call, operation: Operation, provider: Provider, fired: Array<string>) => {
  const dueAt = (stage: Stage) => provider.faults.due(stage, call.subject)
  const fire = (due: FaultRule) => {
    due.fire()
    fired.push(due.fault)
  }
  const wait = async (stage: Stage) => {
    for (const due of dueAt(stage)) {
      fire(due)
      await sleep(Math.min(due.number("ms", 1000), 600_000), undefined, { ref: false })
    }
  }
  // Bodies are changed by every fault in turn; the first that replaces an answer is the last.
  const through = <A extends Answer | undefined>(stage: Stage, before: A): Answer | A => {
    let answer: Answer | A = before
    for (const due of dueAt(stage)) {
      const next = faultKind(due.fault).answer?.({ answer, due, call, provider })
      if (next === undefined) continue
      fire(due)
      answer = next
      if (stage !== "body") break
    }
    return answer
  }
  await wait("early")
  const refused = through("refuse", undefined)
  const answer = refused ?? through("answer", through("body", await handled(call, operation, provider)))
  await wait("late")
  return answer
}

/** The operations of the API; everything else under `/v…` is not found. */
export const mountApi = (app: Express, provider: Provider): void => {
  const { calls, clock, faults } = provider
  let count = 0
  const bodies = express.text({ type: () => true, limit: "64kb" })
  for (const [name, operation] of Object.entries(operations)) {
    app[operation.method](operation.path, bodies, async (request, response) => {
      const startedAt = Date.now()
      const call = callOf(request, name, ++count, provider)
      const asked = headerFaults(request.headers["x-fake-fault"], call.subject)
      const isWrong = typeof asked === "string"
      const armed = isWrong ? [] : asked.map((one) => faults.add(one).id)
      const fired: Array<string> = []
      const answer = isWrong ? problems.badRequest(asked) : await passed(call, operation, provider, fired)
      const { method, path, merchant, reference } = call.subject
      const what = { at: wireTime(clock.now()), method, path, merchant, reference }
      const result = answer.sending ?? answer.status
      calls.add({ ...what, result, ms: Date.now() - startedAt, faults: fired })
      send(request, response, answer, clock.now())
      faults.retireCall(armed)
    })
  }
}
