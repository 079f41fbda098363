import type { Act, System } from "./load.ts"
import { must } from "./load.ts"
import { type Person, person } from "./seed.ts"
import { blogKey } from "./settings.ts"

/** Something that is measured. */
export interface Operation {
  readonly name: string
  /** Does it for one person. */
  readonly act: (of: Person) => Act
  /** Statements that the operation sends and no other work does. */
  readonly isOwn: (text: string) => boolean
}

const summaryRequest = (system: System, of: Person): string =>
  `GET /internal/cart/summary HTTP/1.1\r\nHost: localhost:${system.port}\r\n` +
  `Authorization: Bearer ${blogKey}\r\nAccept: application/json\r\nCart-Session: ${of.digest}\r\n\r\n`

const summary: Operation = {
  name: "summary",
  act: (of) => async (line, system) => must(await line.ask(summaryRequest(system, of)), 200),
  isOwn: (text) => text.includes("json_agg(json_build_object('currency'")
}

export const operations: ReadonlyArray<Operation> = [summary]

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
