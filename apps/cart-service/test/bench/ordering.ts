import type { Got, Line } from "./Line.ts"
import { must, type System } from "./load.ts"
import type { Operation } from "./Operation.ts"
import { browser, send } from "./requests.ts"
import { type Person, pageOfSeed } from "./seed.ts"

/** Looks at the order and presses the button; answers where it is paid. */
const placed = async (of: Person, line: Line, system: System): Promise<Got> => {
  const review = `GET /p/${pageOfSeed}/checkout HTTP/1.1\r\n${browser(system, of)}\r\n`
  const html = must(await line.ask(review), 200).body.toString()
  const field = (name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ""
  const fields = { revision: field("revision"), total: field("total"), email: "wren@rose-ash.example" }
  return must(await line.ask(send(system, of, `/p/${pageOfSeed}/checkout`, fields)), 303)
}

/** The review, the order and its payment page: the practice provider is asked over HTTP. */
export const place: Operation = {
  name: "place",
  hasFloor: true,
  once: true,
  requests: ["review", "place"],
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

/** Somebody who ordered, and has not paid yet. */
interface Waits {
  readonly of: Person
  readonly payUrl: string
  readonly since: number
}
const waiting = new Map<string, Array<Waits>>()
const waitingAt = (operation: string, { name }: System): Array<Waits> => {
  const key = `${operation} ${name}`
  const known = waiting.get(key) ?? []
  waiting.set(key, known)
  return known
}
/** A provider is not asked twice within two seconds, and nobody pays as fast as that. */
const unasked = 2200

const wait = async (operation: string, of: Person, line: Line, system: System): Promise<void> => {
  const payUrl = /\r\nlocation: (\S+)/i.exec((await placed(of, line, system)).head)?.[1] ?? ""
  waitingAt(operation, system).push({ of, payUrl, since: performance.now() })
}
/** Pays at the practice provider, which calls the webhook, and comes back to a page that says so. */
const settled = async (operation: string, line: Line, system: System): Promise<Got> => {
  const next = waitingAt(operation, system).shift()
  if (next === undefined) throw new Error(`${operation}: nobody waits any more`)
  const left = next.since + unasked - performance.now()
  if (left > 0) await new Promise((resolve) => setTimeout(resolve, left))
  const back = /href="[^"]*(\/orders\/[^"]*)"/.exec(await paidAt(next.payUrl))?.[1] ?? ""
  const got = must(await line.ask(`GET ${back} HTTP/1.1\r\n${browser(system, next.of)}\r\n`), 200)
  if (!got.body.includes("Thank you")) throw new Error(`It is not paid: ${got.body.toString()}`)
  return got
}

/** Somebody pays an order of before, and comes back. */
export const settle: Operation = {
  name: "settle",
  hasFloor: true,
  once: true,
  requests: ["hook", "back"],
  ahead: (quick) => (quick ? 1000 : 8000),
  prepare: (of) => (line, system) => wait("settle", of, line, system),
  act: () => (line, system) => settled("settle", line, system)
}

/** Somebody orders, and somebody who ordered some seconds ago pays and comes back. */
export const checkout: Operation = {
  name: "checkout",
  hasFloor: true,
  once: true,
  requests: ["review", "place", "hook", "back"],
  ahead: (quick) => (quick ? 200 : 500),
  prepare: (of) => (line, system) => wait("checkout", of, line, system),
  act: (of) => async (line, system) => {
    await wait("checkout", of, line, system)
    return settled("checkout", line, system)
  }
}
