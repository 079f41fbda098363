import { createServer } from "node:net"
import { assert, describe, it } from "@effect/vitest"
import { type Mail, Mailer } from "@rose-ash/cart-domain/event/Mailer"
import { Effect, Redacted } from "effect"
import { SMTPServer, type SMTPServerOptions } from "smtp-server"
import * as Smtp from "../src/Smtp.ts"

const mail: Mail = {
  id: "order-1.2",
  to: "wren@example.org",
  replyTo: "hello@ashbakery.example",
  subject: "Ash Bakery: your receipt\r\nBcc: everybody@example.org",
  text: "Thank you, ünïcode.",
  html: "<p>Thank you, ünïcode.</p>"
}

interface Listens {
  readonly listen: (port: number, host: string, done: () => void) => unknown
  readonly close: (done: () => void) => unknown
}
const listening = <S extends Listens>(server: S, portOf: (server: S) => number) =>
  Effect.acquireRelease(
    Effect.callback<number>((resume) => {
      server.listen(0, "127.0.0.1", () => resume(Effect.succeed(portOf(server))))
    }),
    () => Effect.callback<void>((resume) => void server.close(() => resume(Effect.void)))
  )
const addressed = (address: ReturnType<SMTPServer["server"]["address"]>): number =>
  typeof address === "object" && address !== null ? address.port : 0
const smtp = (options: SMTPServerOptions) =>
  listening(
    new SMTPServer({ authOptional: true, disabledCommands: ["STARTTLS"], ...options }),
    ({ server }) => addressed(server.address())
  )
const send = (port: number) =>
  Effect.flatMap(Mailer, (mailer) => mailer.send(mail)).pipe(
    Effect.provide(
      Smtp.layer({
        url: Redacted.make(`smtp://127.0.0.1:${port}`),
        from: "orders@rose-ash.example",
        host: "cart.example"
      })
    )
  )

describe("letters by SMTP", () => {
  it.live("arrive as they are, once, and a line break in a subject is no header", () =>
    Effect.gen(function* () {
      const taken: Array<string> = []
      const port = yield* smtp({
        onData: (stream, _, done) => {
          let raw = ""
          stream.on("data", (part: Buffer) => {
            raw += part.toString("utf8")
          })
          stream.on("end", () => {
            taken.push(raw)
            done()
          })
        }
      })
      yield* send(port)
      const [raw = "", ...more] = taken
      assert.deepStrictEqual(more, [])
      for (const line of [
        "From: orders@rose-ash.example",
        "To: wren@example.org",
        "Reply-To: hello@ashbakery.example",
        "Message-ID: <order-1.2@cart.example>",
        "Auto-Submitted: auto-generated"
      ])
        assert.include(raw, line)
      assert.notMatch(raw, /^Bcc:/m)
      assert.match(raw, /multipart\/alternative/)
    })
  )
  it.live("that the server refuses fail with its code, and with no address in the reason", () =>
    Effect.gen(function* () {
      const port = yield* smtp({
        onRcptTo: ({ address }, _, done) =>
          done(Object.assign(new Error(`no ${address}`), { responseCode: 550 }))
      })
      const failed = yield* Effect.flip(send(port))
      assert.strictEqual(failed.reason, "the server answered 550")
    })
  )
  it.live(
    "to nobody, or to a server that says nothing, fail within their time",
    () =>
      Effect.gen(function* () {
        const silent = yield* listening(createServer(), (server) => addressed(server.address()))
        const failed = yield* Effect.flip(send(silent))
        assert.match(failed.reason, /took too long|not sent: ETIMEDOUT/)
        assert.strictEqual((yield* Effect.flip(send(1))).reason, "not sent: ESOCKET")
      }),
    { timeout: 20_000 }
  )
})
