import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { read } from "../src/Settings.ts"

const key = (name: string) => `practice-key-of-the-${name}-for-tests`
const keysOf = (
  of: ReadonlyArray<{ readonly name: string; readonly keys: ReadonlyArray<Redacted.Redacted> }>
) => Object.fromEntries(of.map(({ keys, name }) => [name, keys.map((one) => Redacted.value(one))]))

/** Settings that do not go together, and what is said of them. */
const wrong: ReadonlyArray<readonly [{ readonly [name: string]: string }, string]> = [
  [{ INTERNAL_KEYS: ["a", "b", "c"].map((name) => `blog=${key(name)}`).join(" ") }, "INTERNAL_KEYS is wrong"],
  [{ INTERNAL_KEYS: `shop=${key("shop")}` }, "INTERNAL_KEYS names shop, which may ask nothing"],
  [{ INTERNAL_CALLERS: "blog=summary blog=orders" }, "INTERNAL_CALLERS is wrong"],
  [{ EVENT_SUBSCRIBERS: "blog=https://blog.example/e" }, "EVENT_KEYS has no key for blog"],
  [{ EVENT_SUBSCRIBERS: "Blog=https://blog.example/e" }, "EVENT_SUBSCRIBERS is wrong"],
  [
    {
      EVENT_SUBSCRIBERS: "blog=https://blog.example/e",
      EVENT_NEIGHBOURS: "blog=blog_app",
      EVENT_KEYS: `blog=${key("blog")}`
    },
    "A name stands twice"
  ]
]

describe("settings of siblings", () => {
  it.effect("without keys nobody opens anything, and nobody is told", () =>
    Effect.gen(function* () {
      const { siblings } = yield* read({}, false)
      assert.deepStrictEqual(keysOf(siblings.internal.callers), { blog: [], market: [], events: [] })
      assert.deepInclude(siblings.internal, { port: null, tellers: [] })
      assert.deepInclude(siblings, { subscribers: [], neighbours: [] })
    })
  )
  it.effect("each has two live keys at most, and asks what is usual or what it is let", () =>
    Effect.gen(function* () {
      const { siblings } = yield* read(
        {
          INTERNAL_PORT: "8012",
          INTERNAL_CALLERS: "blog=summary market=summary,orders",
          INTERNAL_KEYS: `blog=${key("blog")} blog=${key("blog-before")} market=${key("market")}=`,
          EVENT_KEYS: `blog=${key("b1")} blog=${key("b2")} shop=${key("shop")}`,
          EVENT_SUBSCRIBERS: "blog=https://blog.example/events shop=http://shop.internal:8080/e?of=cart",
          EVENT_NEIGHBOURS: "market=market_app"
        },
        false
      )
      const { internal, neighbours, subscribers } = siblings
      assert.strictEqual(internal.port, 8012)
      assert.deepStrictEqual(keysOf(internal.callers), {
        blog: [key("blog"), key("blog-before")],
        market: [`${key("market")}=`]
      })
      const scopes = internal.callers.map((caller) => caller.scopes)
      assert.deepStrictEqual(scopes, [["summary"], ["summary", "orders"]])
      assert.deepStrictEqual(keysOf(internal.tellers), { blog: [key("b1"), key("b2")] })
      assert.deepStrictEqual(keysOf(subscribers), { blog: [key("b1"), key("b2")], shop: [key("shop")] })
      assert.strictEqual(subscribers[1]?.url, "http://shop.internal:8080/e?of=cart")
      assert.deepStrictEqual(neighbours, [{ name: "market", neighbour: "market_app" }])
    })
  )
  it.effect("what cannot work together is said, and no key is repeated", () =>
    Effect.gen(function* () {
      for (const [environment, says] of wrong) {
        const { sentences } = yield* Effect.flip(read(environment, false))
        assert.lengthOf(sentences, 1, says)
        assert.include(sentences[0], says)
        assert.notInclude(sentences.join(), "practice-key")
      }
    })
  )
})
