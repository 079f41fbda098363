import { randomUUID } from "node:crypto"
import type { Act, System } from "./load.ts"
import { must } from "./load.ts"
import { type Person, pageOfSeed, person } from "./seed.ts"
import { blogKey } from "./settings.ts"

/** Something that is measured. */
export interface Operation {
  readonly name: string
  /** Does it for one person. */
  readonly act: (of: Person) => Act
}

const summaryRequest = (system: System, of: Person): string =>
  `GET /internal/cart/summary HTTP/1.1\r\nHost: localhost:${system.port}\r\n` +
  `Authorization: Bearer ${blogKey}\r\nAccept: application/json\r\nCart-Session: ${of.digest}\r\n\r\n`

const summary: Operation = {
  name: "summary",
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
  act: (of) => async (line, system) =>
    must(await line.ask(`GET /p/${pageOfSeed} HTTP/1.1\r\n${browser(system, of)}\r\n`), 200)
}

const add: Operation = {
  name: "add",
  act: (of) => async (line, system) => {
    const fields = { item: `practice-${pageOfSeed}-1`, quantity: "1", key: randomUUID() }
    return must(await line.ask(send(system, of, "/cart/lines", fields)), 303)
  }
}

export const operations: ReadonlyArray<Operation> = [summary, page, add]

/** The operation for one person after another, again from the first after the last. */
export const everybody = ({ act }: Operation, people: number): Act => {
  const acts = Array.from({ length: people }, (_, n) => act(person(n + 1)))
  let next = 0
  return (line, system) => {
    next = (next + 1) % people
    const one = acts[next]
    return one === undefined ? Promise.reject(new Error("Nobody is there")) : one(line, system)
  }
}
