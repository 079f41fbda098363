import { mkdtempSync, rmSync, statSync } from "node:fs"
import { createServer, type Server } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, assert, describe, it } from "@effect/vitest"
import { Cause, Effect, Redacted } from "effect"
import { CannotStart } from "../src/CannotStart.ts"
import { explain } from "../src/explain.ts"
import { reach } from "../src/reach.ts"
import * as SecretKey from "../src/SecretKey.ts"

const listening = Effect.acquireRelease(
  Effect.callback<Server>((resume) => {
    const server = createServer().listen(0, "127.0.0.1", () => resume(Effect.succeed(server)))
  }),
  (server) => Effect.callback<void>((resume) => void server.close(() => resume(Effect.void)))
)
const portOf = (server: Server): number => {
  const address = server.address()
  return typeof address === "object" && address !== null ? address.port : 0
}
const at = (port: number) => Redacted.make(`postgres://cart:canary@127.0.0.1:${port}/cart`)

describe("the secret key of the demo", () => {
  const folder = mkdtempSync(join(tmpdir(), "cart-secret-"))
  afterAll(() => rmSync(folder, { recursive: true }))

  it.effect("is made once, long enough, for whoever comes first, and readable by its owner alone", () =>
    Effect.gen(function* () {
      const keys = yield* Effect.all(
        Array.from({ length: 8 }, () => SecretKey.kept(join(folder, "new"))),
        {
          concurrency: "unbounded"
        }
      )
      const values = new Set(keys.map((key) => Redacted.value(key)))
      assert.strictEqual(values.size, 1)
      assert.isAtLeast([...values][0]?.length ?? 0, 32)
      assert.strictEqual(statSync(join(folder, "new", "secret-key")).mode & 0o777, 0o600)
    })
  )

  it.effect("is said to be unusable by the path it should stand at", () =>
    Effect.gen(function* () {
      const { sentences } = yield* Effect.flip(SecretKey.kept(join(folder, "new", "secret-key")))
      assert.match(
        sentences[0] ?? "",
        /secret-key cannot be written or read: set DATA_DIR to a folder of yours\.$/
      )
    })
  )
})

describe("the way to the database", () => {
  it.live("is open when somebody listens there", () =>
    Effect.scoped(Effect.flatMap(listening, (server) => reach(at(portOf(server)), 0)))
  )

  it.live("is closed in one sentence with host, port and reason, and without the password", () =>
    Effect.gen(function* () {
      const port = yield* Effect.scoped(Effect.map(listening, portOf))
      const { sentences } = yield* Effect.flip(reach(at(port), 1))
      assert.deepStrictEqual(sentences, [
        `The database at 127.0.0.1:${port} cannot be reached (ECONNREFUSED): start it, or correct DATABASE_URL.`
      ])
    })
  )

  it.live("is not asked about when it is a socket in the file system", () =>
    reach(Redacted.make("postgres:///cart?host=/run/postgresql"), 0)
  )
})

describe("what went wrong at the start", () => {
  const server = (code: string) => ({ reason: { cause: Object.assign(new Error("canary"), { code }) } })
  const cases: ReadonlyArray<readonly [code: string, words: string]> = [
    ["28P01", "refuses the name or the password"],
    ["28000", "refuses the name or the password"],
    ["3D000", "no database of the name"],
    ["42501", "may not do what the cart needs"],
    ["53300", "no connection left"],
    ["57P03", "cannot be reached"],
    ["ENOTFOUND", "cannot be reached"]
  ]

  it("is said by what the server answered, whether it failed or broke, and never in its words", () => {
    for (const [code, words] of cases)
      for (const cause of [Cause.fail(server(code)), Cause.die(server(code))]) {
        const [sentence = "", ...others] = explain(cause)
        assert.include(sentence, words, code)
        assert.notInclude(sentence, "canary")
        assert.deepStrictEqual(others, [])
      }
  })

  it("is said in the words of whoever foresaw it, all of them", () => {
    const sentences = ["PORT is wrong.", "SECRET_KEY is missing."]
    assert.deepStrictEqual(explain(Cause.fail(new CannotStart({ sentences }))), sentences)
  })

  it("is nothing to say to an operator when nobody foresaw it", () => {
    assert.deepStrictEqual(explain(Cause.die(new Error("canary"))), [])
    assert.deepStrictEqual(explain(Cause.fail("canary")), [])
  })
})
