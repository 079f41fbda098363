import { assert, layer } from "@effect/vitest"
import { CalendarEntries } from "@rose-ash/cart-domain/calendar/CalendarEntries"
import { Carts } from "@rose-ash/cart-domain/cart/Carts"
import { Shopping } from "@rose-ash/cart-domain/cart/Shopping"
import { Identities } from "@rose-ash/cart-domain/identity/Identities"
import type { Identity } from "@rose-ash/cart-domain/identity/Identity"
import { Orders } from "@rose-ash/cart-domain/order/Orders"
import { decide } from "@rose-ash/cart-domain/order/Transitions"
import type { Item } from "@rose-ash/cart-domain/page/Item"
import {
  answering,
  attemptOf,
  fresh,
  observe,
  placing,
  seenOf,
  someone
} from "@rose-ash/cart-domain/testing/acting"
import { held } from "@rose-ash/cart-domain/testing/contract"
import { Seeds } from "@rose-ash/cart-domain/testing/Seeds"
import { CartLineId, Ids } from "@rose-ash/cart-domain/text/Ids"
import { Effect, Layer, Result } from "effect"
import { vi } from "vitest"
import { isPrepared, portsOnWire, Wire } from "./database.ts"

// A machine that is busy with more than this must not make it red.
vi.setConfig({ testTimeout: 30_000 })

const ports = Shopping.layer.pipe(
  Layer.provide(Ids.layer),
  Layer.provideMerge(portsOnWire({ maxConnections: 1 }))
)

/** How many statements went over the wire, BEGIN and COMMIT included. */
const counted = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const { proxy } = yield* Wire
    const before = proxy.executed.length
    const answer = yield* effect
    return { answer, count: proxy.executed.length - before }
  })

const fill = Effect.fnUntraced(function* (identity: Identity, items: ReadonlyArray<Item>) {
  const carts = yield* Carts
  const [first] = items
  if (first === undefined) return yield* Effect.die("no items")
  const ids = yield* Effect.forEach(items, () => fresh)
  yield* carts.modify({ identity, pageId: first.pageId }, ({ cart }) =>
    Result.succeed({
      ...cart,
      revision: cart.revision + 1,
      lines: items.map((item, index) => ({
        id: CartLineId.make(ids[index] ?? ""),
        itemId: item.id,
        quantity: 1,
        seen: item.price.minor
      }))
    })
  )
  return first
})

/** Everything a buyer does, once, with so many lines and entries; the number of statements of each step. */
const purchase = Effect.fnUntraced(function* (lines: number, entries: number) {
  const [carts, orders, shopping, seeds] = [yield* Carts, yield* Orders, yield* Shopping, yield* Seeds]
  const page = yield* seeds.page()
  const pageId = page.id
  const identity = yield* someone
  const items = yield* Effect.forEach(Array.from({ length: lines }), () => seeds.item({ pageId }))
  const first = yield* fill(identity, items)
  if (entries > 0) {
    const slot = yield* seeds.slot({ pageId, capacity: entries })
    yield* Effect.forEach(Array.from({ length: entries }), () => held({ slot, identity }))
  }
  const summary = yield* counted(carts.summary(identity))
  const badge = yield* counted(carts.summary({ _tag: "Session", digest: "0".repeat(64) }))
  const add = yield* counted(shopping.add({ identity, itemId: first.id, quantity: 1, key: yield* fresh }))
  const view = yield* counted(carts.view(identity, pageId))
  const list = yield* counted(carts.list(identity))
  const seen = seenOf(view.answer)
  const place = yield* counted(orders.place({ identity, pageId, seen }, yield* placing(identity, seen)))
  const again = yield* counted(orders.place({ identity, pageId, seen }, yield* placing(identity, seen)))
  const attempt = attemptOf(place.answer)
  const note = yield* counted(observe(place.answer, answering(attempt)))
  const same = yield* counted(observe(note.answer, answering(attempt)))
  const pay = yield* counted(observe(note.answer, answering(attempt, { status: "PAID" })))
  const late = yield* counted(orders.modify(place.answer.id, decide({ _tag: "Deadline" })))
  const find = yield* counted(orders.find(place.answer.number, { identity, links: [] }))
  const read = yield* counted(orders.list({ identity, pageId: null, year: null, cursor: null, limit: 20 }))
  const counts = { summary, badge, add, view, list, place, again, note, same, pay, late, find, read }
  return Object.fromEntries(Object.entries(counts).map(([name, { count }]) => [name, count]))
})

const steps = {
  summary: 1,
  badge: 1,
  add: 3,
  view: 1,
  list: 1,
  place: 2,
  again: 1,
  note: 2,
  same: 2,
  pay: 2,
  late: 1,
  find: 1,
  read: 1
}

layer(ports, { excludeTestServices: true })("statements", (it) => {
  it.effect("each step of a purchase is so many statements, for 2 lines and for 200", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* purchase(2, 0), steps)
      assert.deepStrictEqual(yield* purchase(200, 0), steps)
    })
  )
  it.effect("entries cost one statement where they move, however many they are", () =>
    Effect.gen(function* () {
      const withEntries = { ...steps, place: 6, pay: 6 }
      assert.deepStrictEqual(yield* purchase(2, 1), withEntries)
      assert.deepStrictEqual(yield* purchase(2, 20), withEntries)
    })
  )
  it.effect("an overview of 50 carts with 6 lines each is three statements: who, carts, orders", () =>
    Effect.gen(function* () {
      const [identities, orders, seeds, shopping] = [
        yield* Identities,
        yield* Orders,
        yield* Seeds,
        yield* Shopping
      ]
      const { token, visitor } = yield* identities.welcome({ token: null, session: null })
      for (let n = 0; n < 50; n += 1) {
        const { id: pageId } = yield* seeds.page()
        yield* fill(visitor, yield* Effect.forEach(Array.from({ length: 6 }), () => seeds.item({ pageId })))
      }
      const seen = Effect.gen(function* () {
        const { identity } = yield* identities.recognise({ token, session: null })
        if (identity === null) return yield* Effect.die("nobody")
        yield* orders.waiting(identity)
        return yield* shopping.overview(identity)
      })
      const { answer, count } = yield* counted(seen)
      assert.deepStrictEqual([answer.length, answer.at(-1)?.cart.lines.length, count], [50, 6, 3])
    })
  )
  it.effect("recognising somebody is one statement", () =>
    Effect.gen(function* () {
      const identities = yield* Identities
      const { session } = yield* (yield* Seeds).person()
      const { token } = yield* identities.welcome({ token: null, session: null })
      const { count } = yield* counted(identities.recognise({ token, session }))
      assert.strictEqual(count, 1)
      assert.strictEqual((yield* counted(identities.recognise({ token: null, session: null }))).count, 0)
    })
  )
  if (isPrepared)
    it.effect("statements are planned once a connection, whatever they carry", () =>
      Effect.gen(function* () {
        const { proxy } = yield* Wire
        const rounds = Effect.forEach([1, 3, 7], (lines) => purchase(lines, lines), { discard: true })
        yield* rounds
        const [parsed, executed] = [proxy.parsed, proxy.executed.length]
        yield* rounds
        assert.isAbove(proxy.executed.length - executed, 100)
        assert.isBelow((proxy.parsed - parsed) / (proxy.executed.length - executed), 0.05)
        assert.strictEqual(proxy.parsed - parsed, 0)
      })
    )
  it.effect("an entry given back is one statement", () =>
    Effect.gen(function* () {
      const [entries, seeds] = [yield* CalendarEntries, yield* Seeds]
      const identity = yield* someone
      const slot = yield* seeds.slot({ pageId: (yield* seeds.page()).id, capacity: 1 })
      const entry = yield* held({ slot, identity })
      assert.strictEqual((yield* counted(entries.giveBack(identity, entry.id))).count, 1)
      assert.deepStrictEqual(yield* entries.pending(identity), [])
    })
  )
})
