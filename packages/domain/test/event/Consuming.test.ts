import { assert, describe, it } from "@effect/vitest"
import { Effect, HashMap, Layer, Redacted } from "effect"
import { TestClock } from "effect/testing"
import { Adoption } from "../../src/cart/Adoption.ts"
import { Carts } from "../../src/cart/Carts.ts"
import { Forgetting } from "../../src/checkout/Forgetting.ts"
import { triesMost } from "../../src/event/Backoff.ts"
import { Consuming } from "../../src/event/Consuming.ts"
import { Events } from "../../src/event/Events.ts"
import { Inbox, type Message } from "../../src/event/Inbox.ts"
import { Letters } from "../../src/event/Letters.ts"
import { Identities } from "../../src/identity/Identities.ts"
import { Orders } from "../../src/order/Orders.ts"
import { answering, attemptOf, fresh, observe, order, place, put, someone } from "../../src/testing/acting.ts"
import { held } from "../../src/testing/contract.ts"
import { digestOf } from "../../src/testing/digests.ts"
import * as Memory from "../../src/testing/Memory.ts"
import { Seeds } from "../../src/testing/Seeds.ts"
import { Pause, World } from "../../src/testing/World.ts"

const layer = Consuming.layer.pipe(
  Layer.provide(Layer.mergeAll(Adoption.layer, Forgetting.layer, Letters.none)),
  Layer.provideMerge(Memory.layer)
)
const story = <A, E>(title: string, told: () => Effect.Effect<A, E, Layer.Success<typeof layer>>) =>
  it.effect(title, () => Effect.provide(Effect.suspend(told), Layer.fresh(layer)))

/** A browser with three loaves, its session, and somebody who logs in. */
const scene = Effect.gen(function* () {
  const [seeds, identities] = [yield* Seeds, yield* Identities]
  const item = yield* seeds.item({ pageId: (yield* seeds.page()).id })
  const session = Redacted.make(`session-${yield* fresh}`)
  const { visitor } = yield* identities.welcome({ token: null, session })
  yield* put(visitor, item, 3)
  const { customer } = yield* seeds.person()
  return { customer, digest: yield* digestOf(Redacted.value(session)), visitor }
})
const loggedIn = (user_id: string, session: string, change: Partial<Message> = {}) =>
  Effect.map(
    fresh,
    (id): Message => ({ source: "blog", id, type: "user.logged_in", data: { user_id, session }, ...change })
  )

/** What came of each message, in the order in which they were told. */
const outcomes = Effect.map(
  World.use(({ peek }) => peek),
  ({ inbox }) =>
    HashMap.toValues(inbox)
      .toSorted((a, b) => a.receivedAt - b.receivedAt)
      .map(({ outcome }) => outcome)
)
const hear = Effect.fnUntraced(function* (message: Message) {
  const [inbox, consuming] = [yield* Inbox, yield* Consuming]
  yield* inbox.tell(message)
  yield* consuming.pass()
  yield* TestClock.adjust(1)
})

describe("what siblings told", () => {
  story("who logged in has what the browser held; told again and by another name it changes nothing", () =>
    Effect.gen(function* () {
      const carts = yield* Carts
      const { customer, digest } = yield* scene
      const first = yield* loggedIn(customer.id, digest)
      yield* hear(first)
      assert.strictEqual((yield* carts.summary(customer)).count, 3)
      yield* hear(first)
      yield* hear(yield* loggedIn(customer.id, digest))
      assert.strictEqual((yield* carts.summary(customer)).count, 3)
      assert.deepStrictEqual(yield* outcomes, ["adopted", "adopted_before"])
    })
  )
  story("of somebody unknown, a browser unknown, or a browser that is somebody else's: absorbed", () =>
    Effect.gen(function* () {
      const [carts, seeds] = [yield* Carts, yield* Seeds]
      const { customer, digest } = yield* scene
      const { customer: other } = yield* seeds.person()
      yield* hear(yield* loggedIn("nobody", digest))
      yield* hear(yield* loggedIn(customer.id, yield* digestOf("a session nobody had")))
      yield* hear(yield* loggedIn(customer.id, digest))
      yield* hear(yield* loggedIn(other.id, digest))
      assert.deepStrictEqual(yield* outcomes, ["nobody_known", "nothing_held", "adopted", "someone_elses"])
      assert.strictEqual((yield* carts.summary(other)).count, 0)
      assert.strictEqual((yield* carts.summary(customer)).count, 3)
    })
  )
  story("what cannot be read, and what is not for us, is put aside and never tried again", () =>
    Effect.gen(function* () {
      const consuming = yield* Consuming
      const { customer, digest } = yield* scene
      for (const data of [
        null,
        {},
        { user_id: customer.id },
        { user_id: "a b", session: digest },
        { user_id: customer.id, session: "x" }
      ])
        yield* hear(yield* loggedIn(customer.id, digest, { data }))
      yield* hear(yield* loggedIn(customer.id, digest, { type: "user.renamed" }))
      assert.deepStrictEqual(yield* outcomes, [
        ...Array.from({ length: 5 }, () => "unreadable"),
        "not_for_us"
      ])
      yield* TestClock.adjust("1 day")
      assert.strictEqual(yield* consuming.pass(), 0)
    })
  )
  story("the organiser's word reaches the order; of an order or a place nobody has, it is absorbed", () =>
    Effect.gen(function* () {
      const [orders, seeds] = [yield* Orders, yield* Seeds]
      const page = yield* seeds.page()
      const identity = yield* someone
      const slot = yield* seeds.slot({ pageId: page.id, capacity: 1 })
      const entry = yield* held({ slot, identity })
      const { id } = yield* place(identity, page.id)
      const tell = (type: string, data: unknown) =>
        Effect.flatMap(fresh, (name) => hear({ source: "events", id: name, type, data }))
      yield* tell("entry.confirmed", { entry_id: entry.id, order_id: id })
      yield* tell("entry.declined", { entry_id: entry.id, order_id: id })
      yield* tell("entry.declined", { entry_id: entry.id, order_id: id })
      yield* tell("entry.cancelled", { entry_id: "entry-other", order_id: id })
      yield* tell("entry.cancelled", { entry_id: entry.id, order_id: yield* fresh })
      yield* tell("entry.cancelled", { entry_id: entry.id })
      assert.deepStrictEqual(yield* outcomes, [
        "answered",
        "answered",
        "answered",
        "entry_unknown",
        "order_unknown",
        "unreadable"
      ])
      assert.deepStrictEqual(
        (yield* orders.get(id)).answers.map(({ answer }) => answer),
        ["declined"]
      )
    })
  )
  story("who was deleted is forgotten, as soon as no money of theirs is open; each order tells it once", () =>
    Effect.gen(function* () {
      const [carts, consuming, orders, seeds] = [yield* Carts, yield* Consuming, yield* Orders, yield* Seeds]
      const { customer } = yield* seeds.person()
      const item = yield* seeds.item({ pageId: (yield* seeds.page()).id })
      const paid = yield* order(customer, item)
      yield* observe(paid, answering(attemptOf(paid), { status: "PAID" }))
      const open = yield* order(customer, item)
      yield* put(customer, item, 2)
      const deleted: Message = {
        source: "blog",
        id: "d1",
        type: "user.deleted",
        data: { user_id: customer.id }
      }
      yield* hear(deleted)
      yield* hear({ ...deleted, id: "d2", data: { user_id: "nobody" } })
      assert.deepStrictEqual(yield* outcomes, [null, "forgotten"])
      assert.strictEqual((yield* carts.summary(customer)).count, 0)
      const emails = Effect.forEach([paid, open], ({ id }) =>
        Effect.map(orders.get(id), ({ email }) => email)
      )
      assert.deepStrictEqual(yield* emails, [null, "wren@example.org"])
      yield* observe(open, answering(attemptOf(open), { status: "PAID" }))
      yield* TestClock.adjust("1 hour")
      yield* consuming.pass()
      assert.deepStrictEqual(yield* outcomes, ["forgotten", "forgotten"])
      assert.deepStrictEqual(yield* emails, [null, null])
      const told = yield* Effect.flatMap(Events, (events) => events.ofOrder(open.id))
      assert.deepStrictEqual(
        told.map(({ data }) => data._tag),
        ["order.created", "order.paid", "order.erased"]
      )
      const { state, total } = yield* orders.get(open.id)
      assert.deepStrictEqual([state, total], ["paid", open.total])
    })
  )
  story(
    "what broke is tried again and loses nothing; the others go on; after enough tries it waits for a person",
    () =>
      Effect.gen(function* () {
        const [inbox, consuming, carts] = [yield* Inbox, yield* Consuming, yield* Carts]
        const { customer, digest } = yield* scene
        yield* inbox.tell(yield* loggedIn(customer.id, digest))
        yield* inbox.tell(yield* loggedIn(customer.id, digest, { type: "user.renamed" }))
        const broken = Effect.provideService(consuming.pass(), Pause, (at) =>
          at.startsWith("Adoptions.adopt") ? Effect.die(new Error("the store is away")) : Effect.void
        )
        assert.strictEqual(yield* broken, 2)
        assert.include(yield* outcomes, "not_for_us")
        for (let tries = 1; tries < triesMost; tries++) {
          yield* TestClock.adjust("1 hour")
          assert.strictEqual(yield* broken, 1)
        }
        yield* TestClock.adjust("1 day")
        assert.strictEqual(yield* consuming.pass(), 0)
        assert.strictEqual((yield* inbox.dead).length, 1)
        assert.strictEqual(yield* inbox.redrive, 1)
        assert.strictEqual(yield* consuming.pass(), 1)
        assert.strictEqual((yield* carts.summary(customer)).count, 3)
      })
  )
})
