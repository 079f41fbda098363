import type { IncomingMessage, ServerResponse } from "node:http"
import { Clock, Effect, Redacted, Result, Schema } from "effect"
import { type CartEvent, readEvent } from "./CartEvent.ts"
import type { EventInbox } from "./EventInbox.ts"
import { type Doubt, verify } from "./Signature.ts"

/** How a service receives what the cart tells. */
export interface ReceiverOptions<Tx> {
  /** Keys the cart may sign with: two while one replaces the other. */
  readonly keys: ReadonlyArray<string>
  readonly inbox: EventInbox<Tx>
  /** Acts on an event, once. When it rejects, the cart tells the event again later. */
  readonly handle: (event: CartEvent, tx: Tx) => Promise<void>
}

/** What became of a delivery. All but the first three are told again by the cart, up to its patience. */
export type Outcome = "handled" | "repeated" | "not_ours" | "unreadable" | "failed" | Doubt

/** The answer that tells the cart what became of it. */
export const statuses: { readonly [O in Outcome]: number } = {
  handled: 204,
  repeated: 204,
  not_ours: 204,
  unreadable: 400,
  unsigned: 401,
  forged: 401,
  stale: 401,
  failed: 500
}

const bodyMost = 65_536
const parse = Schema.decodeUnknownOption(Schema.fromJsonString(Schema.Unknown))

const received = Effect.fnUntraced(function* <Tx>(
  { handle, inbox, keys }: ReceiverOptions<Tx>,
  header: (name: string) => string | undefined,
  body: Uint8Array
): Effect.fn.Return<Outcome> {
  const now = yield* Clock.currentTimeMillis
  const signed = verify(
    keys.map((key) => Redacted.make(key)),
    { header, body, now }
  )
  if ("doubt" in signed) return signed.doubt
  const json = parse(Buffer.from(body).toString("utf8"))
  const event = json._tag === "Some" ? readEvent(json.value) : null
  if (event === null) return "unreadable"
  if ("unknownType" in event) return "not_ours"
  if (event.id !== signed.id) return "unreadable"
  const done = yield* Effect.result(Effect.tryPromise(() => inbox.once(event.id, (tx) => handle(event, tx))))
  if (Result.isFailure(done)) return "failed"
  return done.success ? "handled" : "repeated"
})

/** Judges one delivery: its headers (names in lower case) and its body to the byte. Never rejects. */
export const receive = <Tx>(
  options: ReceiverOptions<Tx>,
  header: (name: string) => string | undefined,
  body: Uint8Array
): Promise<Outcome> =>
  Effect.runPromise(
    Effect.catchCause(received(options, header, body), () => Effect.succeed("failed" as const))
  )

/** The whole body, or null when it is longer than any event or breaks off. */
const bodyOf = (request: IncomingMessage): Promise<Buffer | null> =>
  new Promise((resolve) => {
    const chunks: Array<Buffer> = []
    let size = 0
    request
      .on("data", (chunk: Buffer) => {
        size += chunk.length
        if (size <= bodyMost) chunks.push(chunk)
        else resolve(null)
      })
      .once("end", () => resolve(Buffer.concat(chunks)))
      .once("error", () => resolve(null))
      .once("close", () => resolve(null))
  })

/** A handler of node:http, and of Express where no body parser stands before it. */
export const receiver =
  <Tx>(options: ReceiverOptions<Tx>) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    const header = (name: string) => {
      const value = request.headers[name]
      return typeof value === "string" ? value : undefined
    }
    void bodyOf(request)
      .then((body) => (body === null ? "unreadable" : receive(options, header, body)))
      .then((outcome) => {
        response.writeHead(statuses[outcome], { "content-length": "0" }).end()
      })
  }
