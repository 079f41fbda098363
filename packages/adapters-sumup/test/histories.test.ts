import { assert, describe, it } from "@effect/vitest"
import { judge } from "@rose-ash/cart-domain/payment/Observation"
import { minute } from "@rose-ash/cart-domain/time/Instant"
import { Effect } from "effect"
import { askingOf, opened } from "./asking.ts"
import { adapterOn, practice, practiceWithOpen } from "./practice.ts"
import { bakery } from "./sellerKeys.ts"

describe("what becomes of a payment page", () => {
  it.live("declined twice and then paid is failed, failed and paid", () =>
    Effect.gen(function* () {
      const { asking, buyer, faults, fired, id, read } = yield* practiceWithOpen()
      faults.add({ fault: "fail-then-pay", with: { n: 2 } })
      const seen = []
      for (let tries = 0; tries < 3; tries++) {
        buyer.pay(id)
        seen.push(yield* read(asking))
      }
      assert.strictEqual(fired("fail-then-pay"), 2)
      assert.deepEqual(
        seen.map((one) => [one.status, one.captured.length, judge(asking.attempt, one)]),
        [
          ["FAILED", 0, "unpaid"],
          ["FAILED", 0, "unpaid"],
          ["PAID", 1, "paid"]
        ]
      )
    })
  )

  it.live("paid after its time was over is expired and then paid", () =>
    Effect.gen(function* () {
      const { asking, buyer, fake, faults, fired, id, read } = yield* practiceWithOpen()
      fake.provider.clock.advance(31 * minute)
      assert.deepInclude(yield* read(asking), { via: "read", status: "EXPIRED" })
      faults.add({ fault: "pay-after-expired" })
      buyer.pay(id)
      assert.strictEqual(fired("pay-after-expired"), 1)
      assert.strictEqual(judge(asking.attempt, yield* read(asking)), "paid")
    })
  )

  it.live("paid after it was closed is dead and then paid", () =>
    Effect.gen(function* () {
      const { asking, buyer, deactivate, faults, fired, id, read } = yield* practiceWithOpen()
      assert.deepInclude(yield* deactivate(asking), { via: "deactivate", status: "EXPIRED" })
      faults.add({ fault: "pay-after-delete" })
      buyer.pay(id)
      assert.strictEqual(fired("pay-after-delete"), 1)
      assert.strictEqual(judge(asking.attempt, yield* read(asking)), "paid")
      assert.strictEqual(judge(asking.attempt, yield* deactivate(asking)), "paid")
    })
  )

  for (const s of [-600, 600]) {
    it.live(`is told the same by a provider whose clock is ${s / 60} minutes off`, () =>
      Effect.gen(function* () {
        const { buyer, faults, fired, open, read } = yield* practice()
        faults.add({ fault: "clock-offset", with: { s } })
        const created = askingOf(bakery)
        const seen = yield* open(created)
        assert.strictEqual(fired("clock-offset"), 1)
        assert.deepInclude(seen, { via: "open", status: "PENDING" })
        const asking = opened(created, seen)
        buyer.pay(seen.providerId)
        assert.strictEqual(judge(asking.attempt, yield* read(asking)), "paid")
      })
    )
  }

  it.live("of a sandbox is not believed where real money is taken, paid or not", () =>
    Effect.gen(function* () {
      const { asking, buyer, id, url } = yield* practiceWithOpen()
      buyer.pay(id)
      const { deactivate, read } = yield* adapterOn(url, [bakery], { live: true })
      for (const use of [read, deactivate]) {
        const error = yield* Effect.flip(use(asking))
        assert.deepInclude(error, { _tag: "PaymentProviderRefused", why: "account" })
      }
    })
  )
})
