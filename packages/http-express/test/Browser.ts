import { request } from "node:http"
import { brotliDecompressSync, gunzipSync } from "node:zlib"
import { parse } from "parse5"
import { type Dom, type Element, element, elements, textOf } from "./dom.ts"

/** What came back. */
export interface Seen {
  readonly status: number
  readonly headers: NodeJS.Dict<string | string[]>
  readonly body: string
  readonly raw: Buffer
  readonly location: string | null
  readonly cookies: ReadonlyArray<string>
}

export interface Sent {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  /** Goes away before the answer. */
  readonly signal?: AbortSignal
}

const decoded = (raw: Buffer, encoding: unknown): string => {
  if (encoding === "gzip") return gunzipSync(raw).toString("utf8")
  return (encoding === "br" ? brotliDecompressSync(raw) : raw).toString("utf8")
}
const single = (value: string | string[] | undefined): string | null =>
  typeof value === "string" ? value : (value?.[0] ?? null)

const fieldsOf = (form: Element): Readonly<Record<string, string>> =>
  Object.fromEntries(
    elements(form)
      .filter(({ name }) => name === "input")
      .map(({ attributes }) => [attributes["name"] ?? "", attributes["value"] ?? ""])
  )

/**
 * A browser without a script engine: keeps cookies, sends what a browser of today sends, follows links and
 * forms.
 */
export class Browser {
  readonly jar = new Map<string, string>()
  url = "/"
  page: Seen | null = null
  readonly #ports: ReadonlyArray<number>
  readonly #origin: string
  readonly #always: Readonly<Record<string, string>>
  #sent = 0

  /** With several ports one after the other is asked, as a balancer would, which may add headers. */
  constructor(ports: ReadonlyArray<number>, origin: string, always: Readonly<Record<string, string>> = {}) {
    this.#ports = ports
    this.#origin = origin
    this.#always = always
  }

  /** One request, no redirect followed. Cookies that are set are kept. */
  send(path: string, { body, headers = {}, method = "GET", signal }: Sent = {}): Promise<Seen> {
    const cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join("; ")
    const usual = { ...this.#always, host: new URL(this.#origin).host, ...(cookie === "" ? {} : { cookie }) }
    return new Promise((resolve, reject) => {
      const going = request(
        {
          host: "127.0.0.1",
          port: this.#ports[this.#sent++ % this.#ports.length],
          path,
          method,
          headers: { ...usual, ...headers },
          agent: false,
          ...(signal === undefined ? {} : { signal })
        },
        (response) => {
          const parts: Array<Buffer> = []
          response.on("data", (part: Buffer) => parts.push(part))
          response.on("error", reject)
          response.on("end", () => {
            const raw = Buffer.concat(parts)
            const cookies = response.headers["set-cookie"] ?? []
            this.#keep(cookies)
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: decoded(raw, response.headers["content-encoding"]),
              raw,
              location: single(response.headers.location),
              cookies
            })
          })
        }
      )
      going.on("error", reject)
      going.end(body)
    })
  }

  #keep(cookies: ReadonlyArray<string>): void {
    for (const text of cookies) {
      const [pair = "", ...rest] = text.split("; ")
      const [name = "", ...value] = pair.split("=")
      if (rest.includes("Max-Age=0")) this.jar.delete(name)
      else this.jar.set(name, value.join("="))
    }
  }

  /** Sends a form as our own pages do. */
  post(path: string, form: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) {
    return this.send(path, {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        "sec-fetch-site": "same-origin",
        origin: this.#origin,
        ...headers
      },
      body: new URLSearchParams(form).toString()
    })
  }

  /** Follows redirects on this service; stops where one leads away. */
  async #follow(url: string, first: Seen): Promise<Seen> {
    this.url = url
    let seen = first
    for (let hops = 0; seen.location?.startsWith("/") && hops < 5; hops++) {
      this.url = seen.location
      seen = await this.send(seen.location)
    }
    if (seen.location !== null) this.url = seen.location
    this.page = seen
    return seen
  }

  async open(path: string): Promise<Seen> {
    return this.#follow(path, await this.send(path))
  }
  async submit(path: string, form: Readonly<Record<string, string>>): Promise<Seen> {
    return this.#follow(path, await this.post(path, form))
  }

  get dom(): Dom {
    return parse(this.page?.body ?? "")
  }
  get h1(): string {
    return textOf(element(this.dom, "h1"))
  }
  get title(): string {
    return textOf(element(this.dom, "title"))
  }
  get text(): string {
    return textOf(element(this.dom, "main"))
  }
  byId(id: string): string | null {
    const found = elements(this.dom).find((one) => one.attributes["id"] === id)
    return found === undefined ? null : textOf(found)
  }
  /** The fields of the form that is sent there, as rendered. */
  formOf(action: string): Readonly<Record<string, string>> {
    const form = elements(this.dom).find(
      ({ attributes, name }) =>
        name === "form" && attributes["method"] === "post" && attributes["action"] === action
    )
    if (form === undefined) throw new Error(`no form to ${action} on ${this.url}`)
    return fieldsOf(form)
  }
  /** Presses the button with this text, with the form as rendered and what is typed over it. */
  async press(label: string, typed: Readonly<Record<string, string>> = {}): Promise<Seen> {
    for (const form of elements(this.dom).filter(({ name }) => name === "form")) {
      const button = elements(form).find((one) => one.name === "button" && textOf(one) === label)
      if (button === undefined) continue
      const action = form.attributes["action"] ?? this.url
      return this.submit(action, { ...fieldsOf(form), ...typed })
    }
    throw new Error(`no button "${label}" on ${this.url}`)
  }
  async follow(label: string): Promise<Seen> {
    const link = elements(this.dom).find((one) => one.name === "a" && textOf(one) === label)
    if (link === undefined) throw new Error(`no link "${label}" on ${this.url}`)
    return this.open(link.attributes["href"] ?? "")
  }
}
