import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { read } from "../src/Settings.ts"

const wrongOf = (environment: { readonly [name: string]: string }) =>
  Effect.map(Effect.flip(read(environment, false)), ({ sentences }) => sentences)

describe("the configuration file", () => {
  it.effect("the file is overridden by the environment", () =>
    Effect.gen(function* () {
      const settings = yield* read({ COOPERATIVE_NAME: "Other", MARKET_URL: "https://m.example" }, false)
      assert.strictEqual(settings.cooperative.name, "Other")
      assert.strictEqual(settings.links.market, "https://m.example")
      assert.strictEqual(settings.links.blog, "http://localhost:8000")
    })
  )

  it.effect("a file that cannot be read, is no YAML or holds a word nobody knows is said by its path", () =>
    Effect.gen(function* () {
      const path = join(mkdtempSync(join(tmpdir(), "cart-settings-")), "app-config.yaml")
      const environment = { CONFIG_FILE: path }
      assert.include((yield* wrongOf(environment))[0], `${path} cannot be read`)
      writeFileSync(path, "urls: [\n")
      assert.include((yield* wrongOf(environment))[0], `${path} is not YAML`)
      writeFileSync(path, "urls:\n  shop: http://localhost:1\n")
      assert.match((yield* wrongOf(environment))[0] ?? "", /shop/)
      writeFileSync(path, "urls:\n  cart: nowhere\n")
      const sentences = yield* wrongOf(environment)
      assert.match(sentences[0] ?? "", /^urls\.cart in .* is wrong: write an address/)
      assert.include(sentences.join(), `BLOG_URL is missing: set it (or urls.blog in ${path})`)
    })
  )
})
