import express, { type Express, type Request, type Response } from "express"
import { type Answer, send } from "./Answer.ts"
import type { Call } from "./Call.ts"
import { headerFaults } from "./headerFaults.ts"
import { isObject, parsed } from "./json.ts"
import { type Operation, operations } from "./operations.ts"
import { Passage } from "./Passage.ts"
import type { Provider } from "./Provider.ts"
import * as problems from "./problems.ts"
import { askedFor } from "./TransactionsApi.ts"

const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined)

const keyOf = (request: Request): string | undefined =>
  /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "")?.[1]

/** Gathers what a call is about, also when its key opens nothing: faults may be meant for it. */
const callOf = (request: Request, operation: Operation, provider: Provider): Call => {
  const { ledger, merchants } = provider
  const params = Object.fromEntries(
    Object.entries(request.params).map(([name, value]) => [name, text(value)])
  )
  const query = new URL(request.originalUrl, "http://localhost").searchParams
  const body = text(request.body) ?? ""
  const json = parsed(body)
  const key = keyOf(request)
  const merchant = key === undefined ? undefined : merchants.ofKey(key)
  const checkout = ledger.checkout(params["checkout"] ?? "")
  const named = ledger.transaction(params["transaction"] ?? "")
  const transaction =
    operation.name === "transaction" ? askedFor(query, merchant?.code ?? "", provider) : named
  const asked = isObject(json) ? text(json["checkout_reference"]) : undefined
  const reference =
    checkout?.reference ?? transaction?.reference ?? asked ?? query.get("checkout_reference") ?? undefined
  const subject = {
    method: request.method,
    path: request.path,
    merchant: merchant?.code ?? params["merchant"],
    reference,
    call: provider.nextCall()
  }
  return {
    operation: operation.name,
    params,
    query,
    body,
    json,
    key,
    merchant,
    checkout,
    transaction,
    subject
  }
}

/** Adds the faults of the header; a text is what is wrong with it. */
const arm = (request: Request, call: Call, { faults }: Provider): ReadonlyArray<number> | string => {
  const header = request.headers["x-fake-fault"]
  if (typeof header !== "string") return []
  const asked = headerFaults(header, call.subject)
  return typeof asked === "string" ? asked : asked.map((one) => faults.add(one).id)
}

const answerTo = async (request: Request, response: Response, operation: Operation, provider: Provider) => {
  const startedAt = Date.now()
  const call = callOf(request, operation, provider)
  const armed = arm(request, call, provider)
  const passage = new Passage(call, provider)
  const answer =
    typeof armed === "string" ? problems.badRequest(armed) : await passage.answer(operation.handle)
  log(call, answer, provider, { startedAt, faults: passage.fired })
  send(request, response, answer, provider.clock.now())
  if (typeof armed !== "string") provider.faults.retireCall(armed)
}

const log = (
  { subject }: Call,
  answer: Answer,
  { calls, clock }: Provider,
  how: { readonly startedAt: number; readonly faults: ReadonlyArray<string> }
): void => {
  const { method, path, merchant, reference } = subject
  const sending = answer.sending?.as ?? "whole"
  const result = sending === "whole" ? answer.status : sending
  const ms = Date.now() - how.startedAt
  calls.add({ at: clock.now(), method, path, merchant, reference, result, ms, faults: how.faults })
}

/** The operations of the API; everything else under `/v…` is not found. */
export const mountApi = (app: Express, provider: Provider): void => {
  const body = express.text({ type: () => true, limit: "64kb" })
  for (const operation of operations) {
    app[operation.method](operation.path, body, async (request: Request, response: Response) => {
      await answerTo(request, response, operation, provider)
    })
  }
}
