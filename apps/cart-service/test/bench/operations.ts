import { randomUUID } from "node:crypto"
import { must, type System } from "./load.ts"
import type { Operation } from "./Operation.ts"
import { checkout, place, settle } from "./ordering.ts"
import { browser, send } from "./requests.ts"
import {
  lastOfMany,
  listFrom,
  listOf,
  manyLines,
  type Person,
  pageOfMany,
  pageOfSeed,
  person,
  visitors
} from "./seed.ts"
import { blogKey } from "./settings.ts"

const summaryRequest = (system: System, of: Person): string =>
  `GET /internal/cart/summary HTTP/1.1\r\nHost: localhost:${system.port}\r\n` +
  `Authorization: Bearer ${blogKey}\r\nAccept: application/json\r\nCart-Session: ${of.digest}\r\n\r\n`

const summary: Operation = {
  name: "summary",
  hasFloor: true,
  once: false,
  requests: ["summary"],
  act: (of) => async (line, system) => must(await line.ask(summaryRequest(system, of)), 200)
}

const page: Operation = {
  name: "page",
  hasFloor: true,
  once: false,
  requests: ["page"],
  act: (of) => async (line, system) =>
    must(await line.ask(`GET /p/${pageOfSeed} HTTP/1.1\r\n${browser(system, of)}\r\n`), 200)
}

const add: Operation = {
  name: "add",
  hasFloor: true,
  once: false,
  requests: ["add"],
  act: (of) => async (line, system) => {
    const fields = { item: `practice-${pageOfSeed}-1`, quantity: "1", key: randomUUID() }
    return must(await line.ask(send(system, of, "/cart/lines", fields)), 303)
  }
}

/** The page of a cart of 300 lines. */
const many: Operation = {
  name: "300 lines",
  hasFloor: false,
  once: false,
  requests: ["page"],
  people: 500,
  seed: manyLines,
  act: (of) => async (line, system) => {
    const got = must(await line.ask(`GET /p/${pageOfMany} HTTP/1.1\r\n${browser(system, of)}\r\n`), 200)
    if (!got.body.includes(lastOfMany)) throw new Error(`Lines are missing: ${got.body.toString()}`)
    return got
  }
}

/** A page of the list of somebody beside all others, who has ordered 200,100 times. */
const list = (page: number): Operation => ({
  name: `orders page ${page}`,
  hasFloor: false,
  once: false,
  requests: ["page"],
  seed: () => [...visitors(0, 0), ...listOf(0)],
  act:
    ({ address }) =>
    async (line, system) => {
      const of = { ...person(0), address }
      const after = page === 1 ? "" : `?after=${encodeURIComponent(listFrom((page - 1) * ordersEach))}`
      const got = must(await line.ask(`GET /orders${after} HTTP/1.1\r\n${browser(system, of)}\r\n`), 200)
      if ([...got.body.toString().matchAll(/RA-Q/g)].length < ordersEach)
        throw new Error("Orders are missing")
      return got
    }
})
/** On one page of the list. */
const ordersEach = 20

export const operations: ReadonlyArray<Operation> = [
  ...[summary, page, add, place, settle, checkout, many],
  ...[list(1), list(10_000)]
]
