import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Inspectable, Redacted } from "effect"
import { read } from "../src/Settings.ts"
import { variables } from "../src/variables.ts"

const fromRoot = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url))
const production = {
  NODE_ENV: "production",
  PUBLIC_URL: "https://cart.example",
  BLOG_URL: "https://blog.example",
  MARKET_URL: "https://market.example",
  EVENTS_URL: "https://events.example",
  DATABASE_URL: "postgres://cart:canary-password@database.example/cart",
  SECRET_KEY: "canary-secret-canary-secret-canary!",
  COOPERATIVE_MERCHANT_CODE: "MCOOP",
  COOPERATIVE_SUMUP_KEY: "canary-practice-key"
}
const wrongOf = (environment: { readonly [name: string]: string }, built = false) =>
  Effect.map(Effect.flip(read(environment, built)), ({ sentences }) => sentences)

const bad: { readonly [name: string]: string } = {
  NODE_ENV: "prod",
  PORT: "80 02",
  BIND_HOST: "a\nb",
  PUBLIC_URL: "https://cart.example/path",
  BLOG_URL: "ftp://blog.example",
  MARKET_URL: "market",
  EVENTS_URL: "https://user:word@events.example",
  SIBLING_ORIGINS: "https://ok.example https://not.example/ok",
  PAYMENT_ORIGINS: "https://*.com",
  MEDIA_ORIGINS: "*",
  TRUST_PROXY: "true",
  RATE_LIMITS: "reads=many",
  SESSION_COOKIE: "rose session",
  TIME_ZONE: "Europe/Nowhere",
  INTERNAL_PORT: "65536",
  INTERNAL_CALLERS: "blog=everything",
  INTERNAL_KEYS: "blog=canary-too-short",
  EVENT_SUBSCRIBERS: "blog=https://user:word@blog.example",
  EVENT_NEIGHBOURS: "market=Market App",
  EVENT_KEYS: "canary-key-without-a-name-that-is-long",
  DATABASE_URL: "mysql://x",
  CART_MIGRATE_URL: "canary-database-words",
  CART_PAY_URL: "http://x",
  DATABASE_CONNECTIONS: "0",
  DATABASE_PREPARE: "maybe",
  SECRET_KEY: "canary-too-short",
  SECRET_KEY_PREVIOUS: "canary-too-short",
  SUMUP_BASE_URL: "sumup",
  SUMUP_SANDBOX: "2",
  LEAST_TOTAL: "0.001",
  COOPERATIVE_PAGE: "Rose Ash",
  COOPERATIVE_NAME: "two\nlines",
  COOPERATIVE_MERCHANT_CODE: "?",
  COOPERATIVE_CURRENCY: "XTS",
  COOPERATIVE_SUMUP_KEY: "canary",
  MAIL_URL: "https://mail.example",
  MAIL_FROM: "nobody",
  LOG_LEVEL: "loud",
  STOP_WITH_STDIN: "perhaps"
}

describe("settings", () => {
  it.effect("nothing at all is enough for the demo", () =>
    Effect.gen(function* () {
      const settings = yield* read({}, false)
      assert.deepInclude(settings, { production: false, port: 8002, databaseUrl: null, secretKey: null })
      assert.strictEqual(settings.publicUrl, "http://localhost:8002")
      assert.deepStrictEqual(settings.siblingOrigins, [
        "http://localhost:8000",
        "http://localhost:8001",
        "http://localhost:8003"
      ])
      assert.isFalse(settings.live)
    })
  )

  it.effect("what production needs is enough for production", () =>
    Effect.gen(function* () {
      const settings = yield* read(production, true)
      assert.deepInclude(settings, { production: true, live: true, trustProxy: 0 })
      assert.strictEqual(settings.cooperative.merchantCode, "MCOOP")
      const secretKey = settings.secretKey
      assert.strictEqual(secretKey === null ? "" : Redacted.value(secretKey), production.SECRET_KEY)
    })
  )

  it.effect("limits are raised one by one", () =>
    Effect.gen(function* () {
      const { limits } = yield* read({ RATE_LIMITS: "reads=3000, pay=100" }, false)
      assert.deepStrictEqual(limits, { reads: 3000, pay: 100 })
      for (const wrong of ["read=1", "reads=0", "reads=-1", "reads=1.5", "reads", "=5"])
        assert.lengthOf(yield* wrongOf({ RATE_LIMITS: wrong }), 1, wrong)
    })
  )

  it.effect("a build is production unless it is told otherwise", () =>
    Effect.gen(function* () {
      assert.isAbove((yield* wrongOf({}, true)).length, 0)
      assert.isFalse((yield* read({ NODE_ENV: "development" }, true)).production)
    })
  )

  it.effect("production without https is only for a trial on one's own machine", () =>
    Effect.gen(function* () {
      const trial = yield* read({ ...production, PUBLIC_URL: "http://localhost:8002" }, true)
      assert.strictEqual(trial.publicUrl, "http://localhost:8002")
      const sentences = yield* wrongOf({ ...production, PUBLIC_URL: "http://cart.example" })
      assert.lengthOf(sentences, 1)
      assert.match(sentences[0] ?? "", /^PUBLIC_URL is not https, which production needs/)
    })
  )

  it.effect("no sandbox and no stand-in is ever live", () =>
    Effect.gen(function* () {
      assert.isFalse((yield* read({ ...production, SUMUP_SANDBOX: "yes" }, true)).live)
      assert.isFalse((yield* read({ ...production, SUMUP_BASE_URL: "https://standin.example" }, true)).live)
    })
  )
})

describe("settings that are missing or wrong", () => {
  it.effect("everything that production lacks is said at once, each by its variable", () =>
    Effect.gen(function* () {
      const sentences = yield* wrongOf({ NODE_ENV: "production" })
      for (const name of ["DATABASE_URL", "SECRET_KEY", "COOPERATIVE_SUMUP_KEY", "COOPERATIVE_MERCHANT_CODE"])
        assert.isTrue(
          sentences.some((sentence) => sentence.startsWith(`${name} is missing: set it `)),
          name
        )
      for (const name of ["PUBLIC_URL", "BLOG_URL", "MARKET_URL", "EVENTS_URL"])
        assert.include(
          sentences,
          `${name} is not https, which production needs: set it to an address without a path, like https://cart.example.`
        )
      assert.lengthOf(sentences, 8)
    })
  )

  it.effect("every wrong value is said at once, and none is repeated", () =>
    Effect.gen(function* () {
      const sentences = yield* wrongOf(bad)
      for (const name of Object.keys(bad))
        assert.isTrue(
          sentences.some((sentence) => sentence.startsWith(`${name} is wrong: write `)),
          name
        )
      assert.lengthOf(sentences, Object.keys(bad).length)
      assert.notInclude(sentences.join(), "canary")
    })
  )

  it("no variable is left out of the one above but those that are paths", () => {
    const names = Object.values(variables).map(({ name }) => name)
    assert.sameMembers(names, [...Object.keys(bad), "CONFIG_FILE", "DATA_DIR"])
  })

  it(".env.example lists exactly the variables that are read", () => {
    const text = readFileSync(fromRoot(".env.example"), "utf8")
    const listed = Array.from(text.matchAll(/^(?:# )?([A-Z][A-Z_]+)=/gm), ([, name]) => name)
    assert.deepStrictEqual(
      listed,
      Object.values(variables).map(({ name }) => name)
    )
  })

  it.effect(".env.example, copied and not yet filled in, lacks exactly what it leaves empty", () =>
    Effect.gen(function* () {
      const lines = readFileSync(fromRoot(".env.example"), "utf8").matchAll(/^([A-Z_]+)=(.*)$/gm)
      const pairs = Array.from(lines, ([, name = "", value = ""]) => [name, value] as const)
      const sentences = yield* wrongOf(Object.fromEntries(pairs))
      const empty = pairs.filter(([, value]) => value === "").map(([name]) => name)
      assert.sameMembers(
        sentences.map((sentence) => sentence.split(" ")[0]),
        empty
      )
      const filled = pairs.map(([name]): [string, string] => [name, Reflect.get(production, name)])
      assert.isTrue((yield* read(Object.fromEntries(filled), true)).live)
    })
  )

  it.effect("no secret shows when settings are printed", () =>
    Effect.gen(function* () {
      const settings = yield* read(production, true)
      assert.notInclude(JSON.stringify(settings) + Inspectable.toStringUnknown(settings), "canary")
    })
  )
})
