import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { proveWebhooks } from "./prove/webhooks.ts"

// How fast they are answered, `npm run prove -- --only webhooks` measures.
it("two thousand forged webhooks change nothing, ask nobody, and are answered alike", async () => {
  const told = await Effect.runPromise(proveWebhooks({ runs: 2000, seed: 7, say: () => {} }))
  assert.deepStrictEqual(told.breaks, {})
  assert.deepInclude(told.figures, { credits: 0, provider_calls: 0 })
}, 120_000)
