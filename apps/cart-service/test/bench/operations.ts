import { randomUUID } from "node:crypto"
import type { Got, Line } from "./Line.ts"
import { type Act, must, type System } from "./load.ts"
import { lastOfMany, manyLines, type Person, pageOfMany, pageOfSeed, person } from "./seed.ts"
import { blogKey } from "./settings.ts"

/** Something that is measured. */
export interface Operation {
  readonly name: string
  /** Does it for one person. */
  readonly act: (of: Person) => Act
  /** What the floor does not do has no ratio. */
  readonly hasFloor: boolean
  /** Somebody can do it once only, for then the cart is empty. */
  readonly once: boolean
  /** How many people do it, where they are fewer than usual. */
  readonly people?: number
  /** What these people, by their numbers, have beyond what everybody has. */
  readonly seed?: (from: number, to: number) => ReadonlyArray<string>
}

const summaryRequest = (system: System, of: Person): string =>
  `GET /internal/cart/summary HTTP/1.1\r\nHost: localhost:${system.port}\r\n` +
  `Authorization: Bearer ${blogKey}\r\nAccept: application/json\r\nCart-Session: ${of.digest}\r\n\r\n`

const summary: Operation = {
  name: "summary",
  hasFloor: true,
  once: false,
  act: (of) => async (line, system) => must(await line.ask(summaryRequest(system, of)), 200)
}

const browser = ({ port }: System, { address, cookie }: Person): string =>
  `Host: localhost:${port}\r\nAccept: text/html\r\nX-Forwarded-For: ${address}\r\n` +
  `Cookie: cart=${cookie}\r\nSec-Fetch-Site: same-origin\r\n`

const send = (system: System, of: Person, path: string, fields: Readonly<Record<string, string>>): string => {
  const body = new URLSearchParams(fields).toString()
  return (
    `POST ${path} HTTP/1.1\r\n${browser(system, of)}Content-Type: application/x-www-form-urlencoded\r\n` +
    `Content-Length: ${body.length}\r\n\r\n${body}`
  )
}

export const page: Operation = {
  name: "page",
  hasFloor: true,
  once: false,
  act: (of) => async (line, system) =>
    must(await line.ask(`GET /p/${pageOfSeed} HTTP/1.1\r\n${browser(system, of)}\r\n`), 200)
}

const add: Operation = {
  name: "add",
  hasFloor: true,
  once: false,
  act: (of) => async (line, system) => {
    const fields = { item: `practice-${pageOfSeed}-1`, quantity: "1", key: randomUUID() }
    return must(await line.ask(send(system, of, "/cart/lines", fields)), 303)
  }
}

/** Looks at the order and presses the button; answers where it is paid. */
const placed = async (of: Person, line: Line, system: System): Promise<Got> => {
  const review = `GET /p/${pageOfSeed}/checkout HTTP/1.1\r\n${browser(system, of)}\r\n`
  const html = must(await line.ask(review), 200).body.toString()
  const field = (name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ""
  const fields = { revision: field("revision"), total: field("total"), email: "wren@rose-ash.example" }
  return must(await line.ask(send(system, of, `/p/${pageOfSeed}/checkout`, fields)), 303)
}

/** The review, the order and its payment page: the practice provider is asked over HTTP. */
const place: Operation = {
  name: "place",
  hasFloor: false,
  once: true,
  act: (of) => (line, system) => placed(of, line, system)
}

/** What the practice provider says to who presses the button that pays. */
const paidAt = async (payUrl: string): Promise<string> => {
  const form = await (await fetch(payUrl)).text()
  const hidden = [...form.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g)]
  const body = new URLSearchParams(
    Object.fromEntries(hidden.map(([, name = "", value = ""]) => [name, value]))
  )
  body.set("action", "pay")
  return (await fetch(payUrl, { method: "POST", body })).text()
}

/**
 * Pays at the practice provider, which calls the webhook, and comes back to a page that says so. Nobody pays
 * as fast as this: what is left of the two seconds in which a provider is not asked again is waited for.
 */
const checkout: Operation = {
  name: "checkout",
  hasFloor: false,
  once: true,
  act: (of) => async (line, system) => {
    const payUrl = /\r\nlocation: (\S+)/i.exec((await placed(of, line, system)).head)?.[1] ?? ""
    const back = /href="[^"]*(\/orders\/[^"]*)"/.exec(await paidAt(payUrl))?.[1] ?? ""
    const got = must(await line.ask(`GET ${back} HTTP/1.1\r\n${browser(system, of)}\r\n`), 200)
    if (!got.body.includes("Thank you")) throw new Error(`It is not paid: ${got.body.toString()}`)
    return got
  }
}

/** The page of a cart of 300 lines. */
const many: Operation = {
  name: "300 lines",
  hasFloor: false,
  once: false,
  people: 500,
  seed: manyLines,
  act: (of) => async (line, system) => {
    const got = must(await line.ask(`GET /p/${pageOfMany} HTTP/1.1\r\n${browser(system, of)}\r\n`), 200)
    if (!got.body.includes(lastOfMany)) throw new Error(`Lines are missing: ${got.body.toString()}`)
    return got
  }
}

export const operations: ReadonlyArray<Operation> = [summary, page, add, place, checkout, many]

/** Does the operation for one person after another; again from the first after the last, where one may. */
export const everybody = ({ act, name, once }: Operation, from: number, people: number): Act => {
  let next = 0
  return (line, system) => {
    next += 1
    if (once && next > people) return Promise.reject(new Error(`${name}: everybody has done it once`))
    return act(person(from + 1 + ((next - 1) % people)))(line, system)
  }
}
