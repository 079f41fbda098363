import { request } from "node:http"
import { CookieJar } from "./cookieJar.ts"
import { Page } from "./page.ts"

const hopsMost = 10
const timeout = 20_000

interface Sending {
  readonly method: string
  readonly url: URL
  readonly body?: string
  /** The page that it starts from; absent for an address typed by hand. */
  readonly from?: Page
}

/** What a browser would tell of where a form stands; "null" under a strict referrer policy. */
const originOf = ({ from, url }: Sending): string | undefined => {
  const isHidden = from?.referrerPolicy === "no-referrer"
  const isHiddenAbroad = from?.referrerPolicy === "same-origin" && from.url.origin !== url.origin
  return isHidden || isHiddenAbroad ? "null" : from?.url.origin
}

const siteOf = ({ from, url }: Sending): string => {
  if (from === undefined) return "none"
  if (from.url.origin === url.origin) return "same-origin"
  return from.url.hostname === url.hostname ? "same-site" : "cross-site"
}

/**
 * A browser without JavaScript: opens addresses, follows links, presses buttons of forms, and keeps cookies.
 */
export class FormClient {
  readonly #jar: CookieJar
  readonly #address: string | undefined
  #page: Page | undefined

  /** With an address it comes from there, for a service that trusts who says so. */
  constructor(address?: string, jar = new CookieJar()) {
    this.#address = address
    this.#jar = jar
  }

  /** A browser that was given these cookies there. */
  static with(url: URL, cookies: ReadonlyArray<string>, address: string): FormClient {
    const jar = new CookieJar()
    jar.keep(url, cookies)
    return new FormClient(address, jar)
  }

  /** Another tab of the same browser. */
  tab(): FormClient {
    return new FormClient(this.#address, this.#jar)
  }

  /** The page in view. */
  get page(): Page {
    if (this.#page === undefined) throw new Error("No page was opened")
    return this.#page
  }

  /** Opens an address as if it was typed. */
  open(address: string): Promise<Page> {
    return this.#go({ method: "GET", url: new URL(address) })
  }

  /** Follows the first link whose words are, or else contain, these. */
  follow(words: string): Promise<Page> {
    return this.#go({ method: "GET", url: this.page.link(words), from: this.page })
  }

  /** Presses the first button whose words are, or else contain, these, with these fields filled in. */
  press(words: string, fields: { readonly [name: string]: string } = {}): Promise<Page> {
    const { action, data, method } = this.page.form(words, fields)
    if (method === "GET") action.search = data.toString()
    const body = method === "GET" ? {} : { body: data.toString() }
    return this.#go({ method, url: action, from: this.page, ...body })
  }

  /** Waits until a page opened again and again says so; half a minute at most. */
  async until(address: string, seen: (page: Page) => boolean): Promise<Page> {
    const deadline = Date.now() + 30_000
    while (Date.now() < deadline) {
      const page = await this.open(address)
      if (seen(page)) return page
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    throw new Error(`${address} did not come to say it; it says: ${this.page.text}`)
  }

  async #go(first: Sending): Promise<Page> {
    let sending = first
    for (let hop = 0; hop < hopsMost; hop++) {
      // A browser holds a form's target, and every place it is redirected to, against the page's policy.
      if (first.method === "POST") first.from?.mustAllowForm(sending.url)
      const page = await this.#send(sending)
      this.#jar.keep(sending.url, page.cookies)
      const { location } = page
      if (location === undefined) {
        this.#page = page
        return page
      }
      const keepsMethod = page.status === 307 || page.status === 308
      const next = { url: new URL(location, sending.url), ...(first.from ? { from: first.from } : {}) }
      sending = keepsMethod ? { ...sending, ...next } : { method: "GET", ...next }
    }
    throw new Error(`More than ${hopsMost} redirects, the last to ${sending.url.href}`)
  }

  #headers(sending: Sending): Record<string, string> {
    const cookies = this.#jar.header(sending.url)
    const origin = sending.method === "POST" ? originOf(sending) : undefined
    return {
      accept: "text/html",
      "sec-fetch-site": siteOf(sending),
      "sec-fetch-mode": "navigate",
      "sec-fetch-dest": "document",
      ...(cookies === "" ? {} : { cookie: cookies }),
      ...(this.#address === undefined ? {} : { "x-forwarded-for": this.#address }),
      ...(origin === undefined ? {} : { origin }),
      ...(sending.body === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" })
    }
  }

  #send(sending: Sending): Promise<Page> {
    const { body, method, url } = sending
    return new Promise((resolve, reject) => {
      const asked = request(url, { method, headers: this.#headers(sending), timeout }, (response) => {
        const chunks: Array<string> = []
        response
          .setEncoding("utf8")
          .on("data", (chunk: string) => chunks.push(chunk))
          .on("end", () =>
            resolve(new Page(url, response.statusCode ?? 0, response.headers, chunks.join("")))
          )
          .on("error", reject)
      })
      asked.on("error", reject).on("timeout", () => asked.destroy(new Error(`${url.href} is silent`)))
      asked.end(body)
    })
  }
}
