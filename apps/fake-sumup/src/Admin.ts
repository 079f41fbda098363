import express, { type Express, type NextFunction, type Request, type Response } from "express"
import * as bodies from "./adminBodies.ts"
import { adminForms } from "./adminForms.ts"
import { adminPage } from "./adminPage.ts"
import { isEventName, meantCheckout, trigger } from "./events.ts"
import { readFaultRequest } from "./faultRequest.ts"
import { pageHeaders } from "./html.ts"
import { isList, isObject, type Json, type JsonObject, parsed } from "./json.ts"
import type { Provider } from "./Provider.ts"
import { readMerchant } from "./Settings.ts"
import { setSwitches, switchesBody } from "./Switches.ts"

/** What an admin route answers: a status and JSON; a text is what is wrong with the request. */
type Reply = { readonly status: number; readonly body: Json } | string

type Route = (provider: Provider, request: Request, json: JsonObject) => Reply | Promise<Reply>

const ok = (body: Json): Reply => ({ status: 200, body })

const part = (request: Request, name: string): string => {
  const value = request.params[name]
  return typeof value === "string" ? value : ""
}

const limit = (request: Request): number => {
  const asked = Number(request.query["limit"] ?? 200)
  return Number.isInteger(asked) && asked > 0 ? asked : 200
}

const faultsBody = ({ faults }: Provider): JsonObject => ({
  rules: faults.list().map(bodies.ruleBody),
  fired: faults.fired(),
  waiting: faults.waiting()
})

const addFaults: Route = ({ faults }, request) => {
  const posted = parsed(String(request.body))
  const read = (isList(posted) ? posted : [posted]).map(readFaultRequest)
  const wrong = read.find((one) => typeof one === "string")
  if (typeof wrong === "string") return wrong
  const added = read.flatMap((one) => (typeof one === "string" ? [] : [bodies.ruleBody(faults.add(one))]))
  return { status: 201, body: isList(posted) ? added : (added[0] ?? null) }
}

const moveClock: Route = (provider, _, { advance_s, offset_s, scale }) => {
  const { clock } = provider
  for (const value of [advance_s, offset_s, scale]) {
    if (value !== undefined && (typeof value !== "number" || !Number.isFinite(value))) {
      return "advance_s, offset_s and scale are numbers"
    }
  }
  if (typeof scale === "number" && scale <= 0) return "scale is above 0"
  if (typeof advance_s === "number" && advance_s < 0) return "advance_s is not below 0: use offset_s"
  if (typeof scale === "number") clock.setScale(scale)
  if (typeof offset_s === "number") clock.setOffset(offset_s * 1000)
  if (typeof advance_s === "number") clock.advance(advance_s * 1000)
  provider.keepClock()
  return ok(bodies.clockBody(provider))
}

const changeKey: Route = ({ merchants }, request, { api_key, keep_old }) => {
  const code = part(request, "code")
  if (part(request, "change") === "rotate") {
    const rotated = merchants.rotate(code, keep_old === true)
    if (rotated === undefined) return { status: 404, body: { wrong: "no such merchant" } }
    return ok({ ...bodies.merchantEntry(rotated.merchant), api_key: rotated.key })
  }
  const merchant = merchants.revoke(code, typeof api_key === "string" ? api_key : undefined)
  return merchant === undefined
    ? { status: 404, body: { wrong: "no such merchant" } }
    : ok(bodies.merchantEntry(merchant))
}

const happen: Route = async (provider, request, json) => {
  const checkout = meantCheckout(provider, part(request, "id"))
  if (checkout === undefined) return { status: 404, body: { wrong: "no such checkout" } }
  const event = part(request, "event")
  if (!isEventName(event)) return `nothing is called ${event}`
  const outcome = await trigger(provider, checkout.id, event, json)
  return ok({ id: checkout.id, outcome, status: provider.payments.look(checkout.id)?.status })
}

const addMerchant: Route = ({ merchants }, _, json) => {
  const merchant = readMerchant(json)
  if (merchant === undefined) return "a merchant has api_key, merchant_code, default_currency"
  return { status: 201, body: bodies.merchantEntry(merchants.add(merchant)) }
}

const throwSwitches: Route = ({ switches }, _, json) =>
  setSwitches(switches, json) ?? ok(switchesBody(switches))

const gets: { readonly [path: string]: Route } = {
  "/_admin/ready": () => ok({ ready: true }),
  "/_admin/calls": ({ calls }, request) => ok(calls.newest(limit(request)).map((call) => ({ ...call }))),
  "/_admin/deliveries": ({ webhooks }, request) =>
    ok(webhooks.log.newest(limit(request)).map(bodies.deliveryBody)),
  "/_admin/ledger": (provider, { query }) =>
    ok(bodies.ledgerBody(provider, typeof query["merchant"] === "string" ? query["merchant"] : undefined)),
  "/_admin/faults": (provider) => ok(faultsBody(provider)),
  "/_admin/clock": (provider) => ok(bodies.clockBody(provider)),
  "/_admin/merchants": ({ merchants }) => ok(merchants.list().map(bodies.merchantEntry)),
  "/_admin/switches": ({ switches }) => ok(switchesBody(switches))
}

const posts: { readonly [path: string]: Route } = {
  "/_admin/faults": addFaults,
  "/_admin/clock": moveClock,
  "/_admin/merchants": addMerchant,
  "/_admin/merchants/:code/:change": changeKey,
  "/_admin/checkouts/:id/:event": happen,
  "/_admin/switches": throwSwitches,
  "/_admin/reset": (provider) => {
    provider.reset()
    return ok({ reset: true })
  }
}

const deletes: { readonly [path: string]: Route } = {
  "/_admin/faults": ({ faults }) => {
    faults.clear()
    return ok({ cleared: true })
  },
  "/_admin/faults/:id": ({ faults }, request) =>
    faults.remove(Number(part(request, "id"))) ? ok({ removed: true }) : "no such rule"
}

const loopback = /^(::1|::ffff:127\.|127\.)/
const loopbackHost = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

/** Only this machine, under a name that is this machine, and no other site's page. */
const guard =
  (provider: Provider) =>
  (request: Request, response: Response, next: NextFunction): void => {
    const host = request.headers.host ?? ""
    const ours = loopbackHost.test(host) || host === URL.parse(provider.publicUrl)?.host
    const { origin } = request.headers
    const fromHere = origin === undefined || URL.parse(origin)?.host === host
    if (loopback.test(request.socket.remoteAddress ?? "") && ours && fromHere) next()
    else response.status(403).json({ wrong: "only from this machine" })
  }

/** The admin routes: JSON for rigs, one page of links and forms for people. */
export const mountAdmin = (app: Express, provider: Provider): void => {
  app.use("/_admin", guard(provider))
  const body = express.text({ type: () => true, limit: "5mb" })
  const answer = (route: Route) => async (request: Request, response: Response) => {
    const json = parsed(String(request.body ?? ""))
    const reply = await route(provider, request, isObject(json) ? json : {})
    if (typeof reply === "string") response.status(400).json({ wrong: reply })
    else response.status(reply.status).json(reply.body)
  }
  for (const [path, route] of Object.entries(gets)) app.get(path, answer(route))
  for (const [path, route] of Object.entries(posts)) app.post(path, body, answer(route))
  for (const [path, route] of Object.entries(deletes)) app.delete(path, answer(route))
  app.get("/_admin", (request, response) => {
    if (request.query["follow"] !== undefined) response.set("refresh", "3")
    response.set(pageHeaders).type("html").send(adminPage(provider, request.query).text)
  })
  const form = express.urlencoded({ extended: false, limit: "64kb", parameterLimit: 50 })
  app.post("/_admin/do/:what", form, async (request: Request, response: Response) => {
    const said = await adminForms(provider, part(request, "what"), request.body)
    response.redirect(303, `/_admin?said=${encodeURIComponent(said.slice(0, 300))}`)
  })
}
