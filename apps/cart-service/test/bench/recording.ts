// What the service sends to its database and answers, request by request, so that others can do the same.
import type { PgProxy } from "../../../../packages/adapters-postgres/test/PgProxy.ts"
import type { Call } from "../../../../packages/adapters-postgres/test/pgWire.ts"
import { type Got, Line } from "./Line.ts"
import type { System } from "./load.ts"
import { namesIn, Telling, type Template } from "./template.ts"

/** One statement, and what its parameters are for whoever asks. */
export interface Said {
  readonly text: string
  readonly params: ReadonlyArray<Template | number | null>
}
/** What one request comes to. */
interface Script {
  readonly said: ReadonlyArray<Said>
  readonly status: number
  readonly location: Template | null
  readonly body: Template
  /** Whether the provider was asked for what was paid. */
  readonly reads: boolean
}
/** By kind of request; `hook` is what the provider's call and everything after it came to. */
export type Scripts = { readonly [request: string]: Script }

interface Heard {
  readonly request: string
  readonly got: Got | null
  readonly calls: ReadonlyArray<Call>
}

const nameOf = (request: string): string => {
  const [method = "", path = ""] = request.split(" ", 2)
  if (path.endsWith("/return")) return "back"
  if (path.startsWith("/internal/")) return "summary"
  if (path === "/cart/lines") return "add"
  return path.endsWith("/checkout") ? (method === "POST" ? "place" : "review") : "page"
}

/** A line that notes what each request made the service say; between requests the provider calls. */
export class Recorder extends Line {
  readonly heard: Array<Heard> = []
  readonly #proxy: PgProxy
  readonly #idle: ReadonlySet<string>
  #seen = 0

  constructor(system: System, proxy: PgProxy, idle: ReadonlySet<string>) {
    super(system.port)
    this.#proxy = proxy
    this.#idle = idle
    this.#seen = proxy.calls.length
  }

  override async ask(request: string): Promise<Got> {
    this.#note("hook", null)
    const got = await super.ask(request)
    this.#note(nameOf(request), got)
    return got
  }

  #note(request: string, got: Got | null): void {
    const calls = this.#proxy.calls.slice(this.#seen).filter(({ text }) => !this.#idle.has(text))
    this.#seen = this.#proxy.calls.length
    if (got !== null || calls.length > 0) this.heard.push({ request, got, calls })
  }
}

/** The names that all people have in common are nobody's own. */
export const inCommon = (recordings: ReadonlyArray<ReadonlyArray<Heard>>): ReadonlySet<string> => {
  const [first = [], ...others] = recordings.map((heard) =>
    heard.flatMap(({ calls }) => calls.flatMap(({ params }) => params.flatMap(namesOf)))
  )
  const known = others.map((names) => new Set(names))
  return new Set(first.filter((name) => known.every((names) => names.has(name))))
}
const namesOf = (param: Call["params"][number]): ReadonlyArray<string> =>
  typeof param === "string" ? namesIn(param) : []

/** What was heard of one person, with that person taken out of it. */
export const scripts = (
  heard: ReadonlyArray<Heard>,
  of: { readonly n: number; readonly port: number; readonly constant: ReadonlySet<string> }
): Scripts => {
  const telling = new Telling(of.n, of.port, of.constant)
  const found: Record<string, Script> = {}
  for (const { calls, got, request } of heard) {
    const said = calls.map(({ params, text }) => ({
      text,
      params: params.map((param) => (typeof param === "string" ? telling.template(param) : param))
    }))
    const all = [...(found[request]?.said ?? []), ...said]
    const location = /\r\nlocation: (\S+)/i.exec(got?.head ?? "")?.[1]
    found[request] = {
      said: all,
      reads: all.some(({ params }) =>
        params.some((param) => Array.isArray(param) && param.includes("provider 1"))
      ),
      status: got?.status ?? 204,
      location: location === undefined ? null : telling.template(location),
      body: telling.template(got?.body.toString() ?? "")
    }
  }
  return found
}
