import { assert, layer } from "@effect/vitest"
import { Effect, type Layer, Redacted, Result } from "effect"
import type { CalendarEntries } from "../calendar/CalendarEntries.ts"
import type { Adoptions } from "../cart/Adoptions.ts"
import { Carts } from "../cart/Carts.ts"
import { Events } from "../event/Events.ts"
import { Identities } from "../identity/Identities.ts"
import { Orders } from "../order/Orders.ts"
import { minute } from "../time/Instant.ts"
import { undoing } from "./AdoptionUndoContract.ts"
import { fresh, order, put, someone } from "./acting.ts"
import { adoptionLaws } from "./adoptionLaws.ts"
import { add } from "./CartFormsContract.ts"
import { atOnce, held, type It, many, refusal, type SuiteOptions } from "./contract.ts"
import type { Seeds } from "./Seeds.ts"
import { threshold } from "./threshold.ts"

type Needs = Adoptions | CalendarEntries | Carts | Events | Identities | Orders | Seeds

const moving = (it: It<Needs>): void => {
  it.effect("per item the larger quantity wins, and the rest comes along; the visitor holds nothing", () =>
    Effect.gen(function* () {
      const { adoptions, customer, jam, quantities, rye, seeds, visitor } = yield* threshold
      const other = yield* seeds.page()
      const tea = yield* seeds.item({ pageId: other.id })
      yield* put(visitor, rye, 3)
      yield* put(visitor, jam, 1)
      yield* put(visitor, tea, 2)
      yield* put(customer, rye, 2)
      yield* put(customer, jam, 4)
      const moved = yield* adoptions.adopt(visitor, customer)
      assert.deepStrictEqual(moved, { first: true, lines: 2, entries: 0, orders: 0 })
      assert.deepStrictEqual(yield* quantities(customer), [3, 4])
      const { cart } = yield* (yield* Carts).view(customer, other.id)
      assert.deepStrictEqual(
        cart.lines.map(({ itemId, quantity }) => [itemId, quantity]),
        [[tea.id, 2]]
      )
      assert.deepStrictEqual(yield* quantities(visitor), [0, 0])
      assert.deepStrictEqual(yield* (yield* Carts).list(visitor), [])
    })
  )
  it.effect("twice is once, and many at once are one", () =>
    Effect.gen(function* () {
      const { adoptions, customer, quantities, rye, visitor } = yield* threshold
      yield* put(visitor, rye, 3)
      const tries = yield* atOnce(() => adoptions.adopt(visitor, customer))
      assert.strictEqual(tries.filter(({ first }) => first).length, 1)
      yield* put(customer, rye, 1)
      const again = yield* adoptions.adopt(visitor, customer)
      assert.deepStrictEqual(again, { first: false, lines: 0, entries: 0, orders: 0 })
      assert.deepStrictEqual(yield* quantities(customer), [1, 0])
    })
  )
  it.effect("held places are united and keep their hold", () =>
    Effect.gen(function* () {
      const { adoptions, carts, customer, page, seeds, visitor } = yield* threshold
      const slot = yield* seeds.slot({ pageId: page.id, capacity: 3 })
      const mine = yield* held({ slot, identity: customer })
      const theirs = yield* held({ slot, identity: visitor, span: 7 * minute })
      const { entries } = yield* adoptions.adopt(visitor, customer)
      assert.strictEqual(entries, 1)
      const seen = (yield* carts.view(customer, page.id)).entries
      const holds = new Map(seen.map(({ heldUntil, id }) => [id, heldUntil]))
      assert.deepStrictEqual([holds.get(mine.id), holds.get(theirs.id)], [mine.heldUntil, theirs.heldUntil])
      assert.deepStrictEqual((yield* carts.view(visitor, page.id)).entries, [])
    })
  )
  it.effect("the visitor's orders become the customer's, and the browser alone sees them no more", () =>
    Effect.gen(function* () {
      const { adoptions, customer, rye, visitor } = yield* threshold
      const orders = yield* Orders
      const placed = yield* order(visitor, rye)
      const { orders: owned } = yield* adoptions.adopt(visitor, customer)
      assert.strictEqual(owned, 1)
      const mine = yield* orders.waiting(customer)
      assert.deepStrictEqual(
        mine.map(({ id }) => id),
        [placed.id]
      )
      assert.deepStrictEqual(mine[0]?.owner, { visitorId: visitor.id, customerId: customer.id })
      assert.deepStrictEqual(yield* orders.waiting(visitor), [])
    })
  )
}

const guarding = (it: It<Needs>): void => {
  it.effect("a visitor is one customer's: another is refused, and nothing moves", () =>
    Effect.gen(function* () {
      const { adoptions, customer, quantities, rye, seeds, visitor } = yield* threshold
      const { customer: stranger } = yield* seeds.person()
      yield* put(visitor, rye, 3)
      yield* adoptions.adopt(visitor, customer)
      assert.strictEqual(yield* refusal(adoptions.adopt(visitor, stranger)), "VisitorAdopted")
      assert.deepStrictEqual(
        [yield* quantities(stranger), yield* quantities(customer)],
        [
          [0, 0],
          [3, 0]
        ]
      )
    })
  )
  it.effect("two customers who want one visitor at once: one has it all", () =>
    Effect.gen(function* () {
      const { adoptions, customer, quantities, rye, seeds, visitor } = yield* threshold
      const { customer: rival } = yield* seeds.person()
      yield* put(visitor, rye, 3)
      const tries = yield* atOnce((index) =>
        Effect.result(adoptions.adopt(visitor, index % 2 === 0 ? customer : rival))
      )
      assert.strictEqual(tries.filter(Result.isFailure).length, many / 2)
      const both = [(yield* quantities(customer))[0], (yield* quantities(rival))[0]]
      assert.deepStrictEqual(both.toSorted(), [0, 3])
    })
  )
  it.effect("nothing of anybody else moves", () =>
    Effect.gen(function* () {
      const { adoptions, carts, customer, page, rye, seeds, visitor } = yield* threshold
      const others = [yield* someone, (yield* seeds.person()).customer]
      const slot = yield* seeds.slot({ pageId: page.id, capacity: 9 })
      for (const other of others) {
        yield* put(other, rye, 5)
        yield* held({ slot, identity: other })
      }
      yield* put(visitor, rye, 1)
      const look = Effect.forEach(others, (other) =>
        Effect.map(carts.view(other, page.id), ({ cart, entries }) => ({ cart, entries }))
      )
      const before = yield* look
      yield* adoptions.adopt(visitor, customer)
      assert.deepStrictEqual(yield* look, before)
    })
  )
  it.effect("the browser's keys open nothing afterwards, and nothing can be added for it", () =>
    Effect.gen(function* () {
      const { adoptions, customer, rye } = yield* threshold
      const identities = yield* Identities
      const session = Redacted.make(`session-${yield* fresh}`)
      const { token, visitor } = yield* identities.welcome({ token: null, session })
      yield* adoptions.adopt(visitor, customer)
      assert.strictEqual((yield* identities.recognise({ token, session })).identity, null)
      assert.strictEqual(yield* refusal(put(visitor, rye)), "VisitorAdopted")
    })
  )
  it.effect("a form that the visitor sent adds nothing when the customer sends it again", () =>
    Effect.gen(function* () {
      const { adoptions, customer, quantities, rye, visitor } = yield* threshold
      const key = yield* fresh
      yield* add(visitor, rye, key)
      yield* adoptions.adopt(visitor, customer)
      yield* add(customer, rye, key)
      assert.deepStrictEqual(yield* quantities(customer), [1, 0])
    })
  )
  it.effect("whoever listens is told once, and by ids only", () =>
    Effect.gen(function* () {
      const { adoptions, customer, rye, seeds, visitor } = yield* threshold
      const events = yield* Events
      const consumer = `c${(yield* fresh).replaceAll("-", "").slice(0, 20)}`
      yield* seeds.consumer(consumer)
      yield* put(visitor, rye)
      yield* atOnce(() => adoptions.adopt(visitor, customer))
      const told = (yield* events.claim(consumer, 100, minute)).map(({ event }) => event)
      const mine = told.filter(({ stream }) => stream === visitor.id)
      assert.deepStrictEqual(
        mine.map(({ data, id, pageId, sequence }) => [id, pageId, sequence, data]),
        [
          [
            `${visitor.id}.1`,
            null,
            1,
            { _tag: "cart.adopted", customerId: customer.id, lines: 1, entries: 0, orders: 0 }
          ]
        ]
      )
    })
  )
}

/** What every adapter of `Adoptions` owes. */
export const suite = <E>(name: string, ports: Layer.Layer<Needs, E>, options: SuiteOptions = {}): void =>
  layer(ports, options)(`Adoptions: ${name}`, (it) => {
    moving(it)
    guarding(it)
    undoing(it)
    adoptionLaws(it)
  })

// Not asserted: that everything is one transaction, in which order it locks, and what is written when the
// answer to its commit is lost.
