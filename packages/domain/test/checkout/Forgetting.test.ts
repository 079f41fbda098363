import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import { CalendarEntries } from "../../src/calendar/CalendarEntries.ts"
import { Adoption } from "../../src/cart/Adoption.ts"
import { Carts } from "../../src/cart/Carts.ts"
import { Forgetting } from "../../src/checkout/Forgetting.ts"
import { triesMost } from "../../src/event/Backoff.ts"
import { Consuming } from "../../src/event/Consuming.ts"
import { Inbox } from "../../src/event/Inbox.ts"
import { Letters } from "../../src/event/Letters.ts"
import { Orders } from "../../src/order/Orders.ts"
import { answering, attemptOf, observe, order, someone } from "../../src/testing/acting.ts"
import { held } from "../../src/testing/contract.ts"
import * as Memory from "../../src/testing/Memory.ts"
import { Seeds } from "../../src/testing/Seeds.ts"
import { Pause } from "../../src/testing/World.ts"

const layer = Consuming.layer.pipe(
  Layer.provide(Layer.merge(Adoption.layer, Letters.none)),
  Layer.provideMerge(Forgetting.layer),
  Layer.provideMerge(Memory.layer)
)
const story = <A, E>(title: string, told: () => Effect.Effect<A, E, Layer.Success<typeof layer>>) =>
  it.effect(title, () => Effect.provide(Effect.suspend(told), Layer.fresh(layer)))

describe("somebody who is forgotten", () => {
  story("gives back the places held, and nobody else's", () =>
    Effect.gen(function* () {
      const [calendar, carts, forgetting] = [yield* CalendarEntries, yield* Carts, yield* Forgetting]
      const seeds = yield* Seeds
      const { customer } = yield* seeds.person()
      const other = yield* someone
      const slot = yield* seeds.slot({ pageId: (yield* seeds.page()).id, capacity: 2 })
      yield* held({ slot, identity: customer })
      const theirs = yield* held({ slot, identity: other })
      assert.isNull(yield* seeds.hold({ slot, identity: other }))
      for (let n = 0; n < 2; n++) assert.strictEqual(yield* forgetting.forget(customer.id), 0)
      assert.strictEqual((yield* carts.summary(customer)).count, 0)
      assert.isNotNull(yield* seeds.hold({ slot, identity: other }))
      assert.include(
        (yield* calendar.pending(other)).map(({ id }) => id),
        theirs.id
      )
    })
  )
  story("is waited for however long money is open: a store that is away once ends it not", () =>
    Effect.gen(function* () {
      const [consuming, inbox, orders, seeds] = [yield* Consuming, yield* Inbox, yield* Orders, yield* Seeds]
      const { customer } = yield* seeds.person()
      const open = yield* order(customer, yield* seeds.item({ pageId: (yield* seeds.page()).id }))
      yield* inbox.tell({ source: "blog", id: "d1", type: "user.deleted", data: { user_id: customer.id } })
      for (let n = 0; n <= triesMost; n++) {
        assert.strictEqual(yield* consuming.pass(), 1)
        assert.strictEqual(yield* consuming.pass(), 0)
        yield* TestClock.adjust("1 hour")
      }
      yield* Effect.provideService(consuming.pass(), Pause, (at) =>
        at.startsWith("Orders.") ? Effect.die(new Error("the store is away")) : Effect.void
      )
      assert.deepStrictEqual(yield* inbox.dead, [])
      yield* observe(open, answering(attemptOf(open), { status: "PAID" }))
      yield* TestClock.adjust("1 hour")
      yield* consuming.pass()
      const { email, state } = yield* orders.get(open.id)
      assert.deepStrictEqual([email, state], [null, "paid"])
    })
  )
})
