import { PgClient } from "@effect/sql-pg"
import { assert, layer } from "@effect/vitest"
import { Orders } from "@rose-ash/cart-domain/order/Orders"
import { attemptOf, order, someone } from "@rose-ash/cart-domain/testing/acting"
import { Seeds } from "@rose-ash/cart-domain/testing/Seeds"
import { Instant } from "@rose-ash/cart-domain/time/Instant"
import { Effect } from "effect"
import { ports } from "./database.ts"

layer(ports(), { excludeTestServices: true })("an order that cannot be read", (it) => {
  it.effect("holds up no other: not the look for payments, not what needs a person, not the books", () =>
    Effect.gen(function* () {
      const [orders, seeds, sql] = [yield* Orders, yield* Seeds, yield* PgClient.PgClient]
      const page = yield* seeds.page()
      const item = yield* seeds.item({ pageId: page.id })
      const [broken, sound] = [yield* order(yield* someone, item), yield* order(yield* someone, item)]
      yield* sql`UPDATE cart.orders SET answers = '[{"entryId": 7}]' WHERE id = ${broken.id}`
      yield* sql`UPDATE cart.payment_attempt SET valid_until = now() - interval '1 day'
        WHERE order_id IN (${broken.id}, ${sound.id})`
      const unread = yield* Effect.exit(orders.get(broken.id))
      assert.strictEqual(unread._tag, "Failure")
      for (const one of [broken, sound]) yield* orders.wake(attemptOf(one).id)
      const due = yield* orders.claimDue(10, 60_000)
      assert.deepStrictEqual(
        due.map((one) => one.order.id),
        [sound.id]
      )
      const matters = yield* orders.attention([page.id])
      const recent = yield* orders.recent(page.id, Instant.make(0))
      for (const found of [matters, recent])
        assert.deepStrictEqual(
          found.map(({ id }) => id),
          [sound.id]
        )
    })
  )
})
