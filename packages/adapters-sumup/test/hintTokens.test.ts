import { assert, describe, it } from "@effect/vitest"
import { AttemptId } from "@rose-ash/cart-domain/text/Ids"
import { Option, Redacted } from "effect"
import * as fc from "fast-check"
import { makeHintTokens } from "../src/HintToken.ts"

const hints = makeHintTokens(Redacted.make("practice-hint-key-of-32-characters"))
const others = makeHintTokens(Redacted.make("practice-hint-key-of-32-characterz"))
const id = fc.uuid().map((text) => AttemptId.make(text))
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

describe("a webhook's secret path", () => {
  it("names its attempt, and is the same every time", () => {
    void fc.assert(
      fc.property(id, (attempt) => {
        const token = hints.of(attempt)
        assert.match(token, /^[A-Za-z0-9_-]{43}$/)
        assert.strictEqual(hints.of(attempt), token)
        assert.deepEqual(hints.read(token), Option.some(attempt))
      })
    )
  })

  it("made with another key names nobody", () => {
    void fc.assert(fc.property(id, (attempt) => Option.isNone(hints.read(others.of(attempt)))))
  })

  it("made before the key was replaced still names its attempt, and new ones are made with the new key", () => {
    const [older, newer] = ["z", "s"].map((end) => Redacted.make(`practice-hint-key-of-32-character${end}`))
    if (older === undefined || newer === undefined) return assert.fail("no keys")
    const both = makeHintTokens(newer, older)
    void fc.assert(
      fc.property(id, (attempt) => {
        assert.deepEqual(both.read(others.of(attempt)), Option.some(attempt))
        assert.deepEqual(both.read(hints.of(attempt)), Option.some(attempt))
        assert.strictEqual(both.of(attempt), hints.of(attempt))
      })
    )
  })

  it("changed in any letter names nobody", () => {
    void fc.assert(
      fc.property(id, fc.nat({ max: 42 }), fc.constantFrom(...letters), (attempt, at, letter) => {
        const token = hints.of(attempt)
        const changed = `${token.slice(0, at)}${letter}${token.slice(at + 1)}`
        fc.pre(changed !== token)
        return Option.isNone(hints.read(changed))
      }),
      { numRuns: 1000 }
    )
  })

  it("of any other text names nobody", () => {
    void fc.assert(fc.property(fc.string(), (text) => Option.isNone(hints.read(text))))
    const token = hints.of(AttemptId.make("0192f3a0-0000-7000-8000-000000000000"))
    for (const text of [
      "",
      token.slice(1),
      `${token}A`,
      `${token}=`,
      `${token}\n`,
      ` ${token}`,
      "é".repeat(43)
    ]) {
      assert.isTrue(Option.isNone(hints.read(text)))
    }
  })
})
