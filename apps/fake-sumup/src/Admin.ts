import express, { type Express, type RequestHandler } from "express"
import { adminForms, formSent, options } from "./adminForms.ts"
import { adminRoutes } from "./adminRoutes.ts"
import { isList, isObject, type Json, type JsonObject, parsed, text } from "./json.ts"
import { spoken } from "./money.ts"
import type { Provider } from "./Provider.ts"
import { page, pageHeaders } from "./views.ts"

/** A value as a cell shows it: money with its currency, of a list what each came to. */
const cell = (row: JsonObject, name: string): string => {
  const value = row[name]
  if (name === "path") return `${row["method"]} ${value}`
  if (name.endsWith("_minor")) return spoken(Number(value), String(row["currency"]))
  if (isList(value)) return value.map((one) => (isObject(one) ? one["result"] : one)).join(", ")
  return isObject(value) ? JSON.stringify(value) : String(value ?? "")
}

const table = (title: string, rows: ReadonlyArray<JsonObject>) => {
  const names = Object.keys(rows[0] ?? {})
  const cells = rows.map((row) => names.map((name) => ({ name, text: cell(row, name) })))
  return { title, heads: names.map((name) => name.replace(/_minor$/, "").replaceAll("_", " ")), rows: cells }
}

/** What a route answers as tables, newest first: its lists, or its values by name. */
const tablesOf = (title: string, reply: Json | undefined): ReadonlyArray<ReturnType<typeof table>> => {
  if (isList(reply)) return [table(title, reply.filter(isObject))]
  const values = Object.entries(isObject(reply) ? reply : {})
  const lists = values.flatMap(([name, value]) =>
    isList(value) ? tablesOf(`${title} ${name}`, value.slice(-50).toReversed()) : []
  )
  const named = values.map(([name, value]) => ({ name, is: value }))
  return lists.length > 0 ? lists : [table(title, named)]
}

/** The page of tables and forms that shows and moves everything. */
const adminPage = (provider: Provider, query: { readonly [name: string]: unknown }): string => {
  const which = text(query["which"]) ?? ""
  const tables = Object.entries(adminRoutes.get).flatMap(([path, route]) =>
    tablesOf(path.slice(1), parsed(JSON.stringify(route(provider, { limit: 50 }))))
  )
  const forms = Object.entries(adminForms)
  const values = { which, reference: which, advance: 60 }
  const model = { options, forms, tables, values, said: text(query["said"]) }
  return page("admin", "Practice payments: behind the counter", model)
}

const loopback = /^(::1|::ffff:127\.|127\.)/
const loopbackHost = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

/** Only this machine, under a name that is this machine, and no other site's page. */
const guard =
  (provider: Provider): RequestHandler =>
  ({ headers: { host = "", origin }, socket }, response, next) => {
    const isOurs = loopbackHost.test(host) || host === URL.parse(provider.publicUrl)?.host
    const isFromHere = origin === undefined || URL.parse(origin)?.host === host
    if (loopback.test(socket.remoteAddress ?? "") && isOurs && isFromHere) next()
    else response.status(403).json({ wrong: "only from this machine" })
  }

/** The admin routes: JSON for rigs, one page of tables and forms for people. */
export const mountAdmin = (app: Express, provider: Provider): void => {
  app.use("/_admin", guard(provider))
  const body = express.text({ type: () => true, limit: "5mb" })
  for (const method of ["get", "post", "delete"] as const) {
    for (const [path, route] of Object.entries(adminRoutes[method])) {
      const status = method === "post" && ["/faults", "/merchants"].includes(path) ? 201 : 200
      app[method](`/_admin${path}`, body, async (request, response) => {
        const posted = parsed(String(request.body ?? ""))
        const given = isObject(posted) ? posted : {}
        const reply = await route(provider, { ...request.query, ...given, ...request.params }, posted)
        const wrong = reply === undefined ? "there is no such thing" : text(reply)
        if (wrong === undefined) response.status(status).json(reply)
        else response.status(reply === undefined ? 404 : 400).json({ wrong })
      })
    }
  }
  app.get("/_admin", (request, response) => {
    if (request.query["follow"] !== undefined) response.set("refresh", "3")
    response.set(pageHeaders).type("html").send(adminPage(provider, request.query))
  })
  const form = express.urlencoded({ extended: false, limit: "64kb", parameterLimit: 50 })
  app.post("/_admin/do/:form", form, async (request, response) => {
    const said = await formSent(provider, String(request.params["form"]), request.body)
    response.redirect(303, `/_admin?said=${encodeURIComponent(said.slice(0, 300))}`)
  })
}
