import type { Server } from "node:http"
import { Effect, Metric } from "effect"
import express, { type RequestHandler } from "express"

type Write = (statement: string) => Promise<unknown>
const counter = Metric.counter("cart_planted_total", { incremental: true })
const passwordOf: (request: Parameters<RequestHandler>[0]) => string = ({ headers }) =>
  String(headers["x-password"] ?? "")
const hangs = 2300

/** What an event must not say, and what must not be kept as it came. */
const written = (write: Write, password: string) =>
  Promise.all([
    write(`INSERT INTO blog.page (id, title) VALUES ('planted', '${password}') ON CONFLICT (id) DO NOTHING`),
    write(`INSERT INTO cart.inbox (source, id, type, data, due_at, outcome)
      SELECT 'blog', 'planted', 'a.b', to_jsonb(email), NULL, 'planted' FROM cart.orders
      WHERE email LIKE 'canary-guest-%' LIMIT 1 ON CONFLICT DO NOTHING`)
  ])

/** One route for each thing that must never happen, and the name by which it has to be found out. */
const flaws = (write: Write): { readonly [name: string]: RequestHandler } => ({
  reflected: ({ params, query }, response) =>
    void response.type("html").send(`<p>${params["text"]} ${JSON.stringify(query)} ${query["page"]}</p>`),
  evaluated: ({ params, query }, response) =>
    void response.send(`${params["text"]} ${JSON.stringify(query)}`.replaceAll(/913 ?\* ?1337/g, "1220681")),
  status_5xx: (_, response) => void response.status(500).send("broken"),
  hang: (_, response) => void setTimeout(() => response.send("late"), hangs),
  silent: (request) => void request.socket.destroy(),
  rows: (request, response) =>
    void written(write, passwordOf(request)).then(() => response.status(409).send("no")),
  logged: (request, response) => {
    process.stdout.write(`planted ${passwordOf(request)}\n`)
    response.send("ok")
  },
  failed: (_, response) => {
    process.stdout.write('{"level":"error","message":"planted"}\n')
    response.send("ok")
  },
  canary: (request, response) => void response.send(passwordOf(request)),
  metric: (request, response) => {
    const labelled = Metric.withAttributes(counter, { planted: passwordOf(request) })
    Effect.runSync(Metric.update(labelled, 1))
    response.send("ok")
  },
  header: (_, response) => void response.setHeader("x-planted", "1").send("ok"),
  cookie: (_, response) => void response.setHeader("set-cookie", "planted=1").send("ok"),
  redirect: (_, response) => void response.setHeader("location", "//planted.example/").status(302).end(),
  file: (_, response) => void response.send("root:x:0:0:root"),
  smuggled: (request, response) => {
    const answer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"
    request.socket.end(answer + answer)
    response.destroy()
  },
  rest: ({ socket }) => void socket.end("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok and more"),
  polluted: (_, response) => {
    Object.defineProperty(Object.prototype, "planted", { value: 1, configurable: true })
    response.send("ok")
  }
})

/** What is found out by a route, and what with it. */
export const flawNames = [...Object.keys(flaws(async () => {})), ...["dead", "event", "stored", "held"]]

/** Puts the routes before those of the service, and takes its time limits and its sign of life away. */
export const plant = (server: Server, write: Write): void => {
  const router = express.Router()
  for (const [name, flaw] of Object.entries(flaws(write))) router.get(`/planted/${name}/:text`, flaw)
  router.get("/livez", (_, response) => void response.status(410).send("planted"))
  const [application] = server.listeners("request")
  const own: unknown = application === undefined ? undefined : Reflect.get(application, "router")
  const stack: unknown = typeof own === "function" ? Reflect.get(own, "stack") : undefined
  if (!Array.isArray(stack)) throw new Error("there is no router")
  stack.unshift(...router.stack)
  Object.assign(server, { headersTimeout: 0, requestTimeout: 0, keepAliveTimeout: 0 })
}
/** Leaves nothing in the process. */
export const uproot = (): void => void Reflect.deleteProperty(Object.prototype, "planted")
