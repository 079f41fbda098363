import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect, Fiber, Layer } from "effect"
import { TestClock } from "effect/testing"
import { Attending } from "../../src/checkout/Attending.ts"
import { Sweep } from "../../src/checkout/Sweep.ts"
import * as Domain from "../../src/Domain.ts"
import { standing } from "../../src/order/Standing.ts"
import { attemptOf } from "../../src/testing/acting.ts"
import { Pause } from "../../src/testing/World.ts"
import { RefundId } from "../../src/text/Ids.ts"
import { bakery, layer, live } from "./shop.ts"

/**
 * Runs the effect in a process of its own, which is ended at its n-th step: just before or just after it
 * called a port. Where it ended, or null when it came to its end by itself.
 */
const dies = <A, E, R>(effect: Effect.Effect<A, E, R>, n: number) =>
  Effect.gen(function* () {
    const ended = yield* Deferred.make<string | null>()
    let steps = 0
    const pause: Pause = (at) => {
      steps += 1
      return steps < n ? Effect.void : Effect.andThen(Deferred.succeed(ended, at), Effect.never)
    }
    const own = Effect.provide(effect, Layer.fresh(Domain.layer), { local: true })
    const whole = Effect.ensuring(Effect.exit(own), Deferred.succeed(ended, null))
    const fiber = yield* Effect.forkChild(Effect.provideService(whole, Pause, pause))
    const died = yield* Deferred.await(ended)
    yield* Fiber.interrupt(fiber)
    return died
  })

const told = (of: ReadonlyArray<string>, tag: string) => of.filter((one) => one === tag).length

/**
 * Presses the button in a process that dies at its n-th step, presses again, pays; then the service lives on.
 */
const story = (n: number) =>
  Effect.gen(function* () {
    const { buyer, form, orders, provider, told: tell } = yield* bakery
    const press = yield* form
    const died = yield* dies(press, n)
    const { order } = yield* press
    assert.isTrue(yield* provider.pay(attemptOf(order)))
    yield* live(2, 10)
    const paid = yield* orders.get(order.id)
    const events = yield* tell(paid)
    assert.deepStrictEqual([paid.state, standing(paid), paid.attempts.length], ["paid", "paid", 1])
    assert.deepStrictEqual(
      [paid.payments.length, paid.cases.length, events],
      [1, 0, ["order.created", "order.paid"]]
    )
    const { serial, transactions } = yield* provider.books
    assert.deepStrictEqual([transactions.length, serial], [1, 2])
    assert.deepStrictEqual(yield* orders.waiting(buyer), [])
    return died
  }).pipe(Effect.provide(Layer.fresh(layer)))

/** The buyer pays; the process that finds out dies at its n-th step; another one sweeps on. */
const settling = (n: number, ending: "paid" | "expired") =>
  Effect.gen(function* () {
    const { orders, provider, start, told: tell } = yield* bakery
    const { order } = yield* start
    if (ending === "paid") yield* provider.pay(attemptOf(order))
    yield* live(ending === "paid" ? 0.1 : 39.9, ending === "paid" ? 6 : 133)
    yield* TestClock.adjust(ending === "paid" ? "3 seconds" : "1 minute")
    yield* orders.wake(attemptOf(order).id)
    const died = yield* dies(
      Sweep.use((sweep) => sweep.pass()),
      n
    )
    yield* live(ending === "paid" ? 3 : 6, 20)
    const ended = yield* orders.get(order.id)
    assert.strictEqual(ended.state, ending)
    const events = yield* tell(ended)
    assert.deepStrictEqual(events, ["order.created", `order.${ending}`])
    assert.deepStrictEqual([ended.payments.length, ended.cases.length], [ending === "paid" ? 1 : 0, 0])
    return died
  }).pipe(Effect.provide(Layer.fresh(layer)))

/**
 * A person sends money back in a process that dies at its n-th step; then the service lives on, and the same
 * form is sent again. What was marked as sent is never sent again: it may have gone out.
 */
const refunding = (n: number) =>
  Effect.gen(function* () {
    const { orders, page, provider, seeds, start } = yield* bakery
    const { order } = yield* start
    yield* provider.pay(attemptOf(order))
    yield* live(1)
    const { paidBy } = yield* orders.get(order.id)
    const { customer: person } = yield* seeds.person()
    const who = { person, staff: { pages: [page.id], treasurer: false } }
    const refundId = RefundId.make("00000000-0000-4000-8000-000000000001")
    const deed = { _tag: "Refund", refundId, paymentId: paidBy ?? "", minor: 500, reason: "Burnt." } as const
    const press = Attending.use((attending) => attending.act(who, order.number, deed))
    const died = yield* dies(press, n)
    yield* live(3, 20)
    yield* press
    yield* live(3, 20)
    const { refunds } = yield* orders.get(order.id)
    const { transactions } = yield* provider.books
    const sent = (yield* provider.calls).filter(({ call }) => call === "refund").length
    const isOut = transactions.map(({ refunded }) => refunded)[0] === 500
    assert.isAtMost(sent, 1)
    // Nobody can know whether it went out when the process that was about to send it died.
    if (died === "PaymentProvider.refund.before") assert.isFalse(isOut)
    // Marked and not sent: a person is asked about it.
    assert.deepStrictEqual([refunds.map(({ state }) => state), isOut], [[isOut ? "done" : "sent"], isOut])
    if (!isOut) assert.strictEqual((yield* orders.attention([page.id])).length, 1)
    return died
  }).pipe(Effect.provide(Layer.fresh(layer)))

/** Every step of an effect is died at once, until it comes to its end. */
const everywhere = (run: (n: number) => Effect.Effect<string | null, unknown>) =>
  Effect.gen(function* () {
    const places: Array<string> = []
    for (let n = 1; n < 60; n += 1) {
      const died = yield* Effect.orDie(run(n))
      if (died === null) return places
      places.push(died)
    }
    return yield* Effect.die("it never came to its end")
  })

describe("S12 a process that dies anywhere", () => {
  it.effect("while a buyer goes to pay: pressing again is one order, one page, one payment", () =>
    Effect.gen(function* () {
      const places = yield* everywhere(story)
      const expected = ["Orders.place", "PaymentProvider.open", "PageConfigs.get", "Orders.modify"]
      assert.deepStrictEqual(
        places,
        expected.flatMap((place) => [`${place}.before`, `${place}.after`])
      )
    })
  )
  it.effect("while a payment is found out: it is credited once, by whoever sweeps next", () =>
    Effect.gen(function* () {
      const places = yield* everywhere((n) => settling(n, "paid"))
      const expected = ["Orders.claimDue", "PaymentProvider.read", "PageConfigs.get", "Orders.modify"]
      assert.deepStrictEqual(
        places,
        expected.flatMap((place) => [`${place}.before`, `${place}.after`])
      )
    })
  )
  it.effect("while money is sent back: it goes out once at most, and nothing of it is forgotten", () =>
    Effect.gen(function* () {
      const places = yield* everywhere(refunding)
      for (const place of ["Orders.modify", "PaymentProvider.refund", "PaymentProvider.transaction"])
        for (const side of ["before", "after"]) assert.include(places, `${place}.${side}`)
    })
  )
  it.effect("while an order expires: its page is closed, and it expires once", () =>
    Effect.gen(function* () {
      const places = yield* everywhere((n) => settling(n, "expired"))
      assert.include(places, "PaymentProvider.deactivate.after")
      assert.isAtLeast(told(places, "Orders.modify.before"), 2)
    })
  )
})
