import { assert, layer } from "@effect/vitest"
import { Effect, type Layer } from "effect"
import { dataMost, Inbox, type Message } from "../event/Inbox.ts"
import { minute } from "../time/Instant.ts"
import { fresh } from "./acting.ts"
import { atOnce, type It, refusal, type SuiteOptions, soon } from "./contract.ts"
import { Seeds } from "./Seeds.ts"

type Needs = Inbox | Seeds

const message = (change: Partial<Message> = {}) =>
  Effect.map(
    fresh,
    (id): Message => ({ source: "blog", id, type: "user.logged_in", data: { n: 1 }, ...change })
  )

/** Claims until nothing is due, as several workers would; only what this test told. */
const claimed = Effect.fnUntraced(function* (ids: ReadonlyArray<string>, lease: number = minute) {
  const inbox = yield* Inbox
  const all = yield* inbox.claim(100, lease)
  return all.filter((one) => ids.includes(one.message.id))
})

const telling = (it: It<Needs>): void => {
  it.effect("what is told is handed out as it was told, whatever its data", () =>
    Effect.gen(function* () {
      const inbox = yield* Inbox
      for (const data of [{ a: [1, 'ü\n"', null, { b: 1.5 }] }, null, [], "text", 0, true]) {
        const told = yield* message({ data })
        assert.isTrue(yield* inbox.tell(told))
        const [received] = yield* claimed([told.id])
        assert.deepStrictEqual(received?.message, told)
        assert.strictEqual(received?.tries, 1)
      }
    })
  )
  it.effect("told again is not told: neither waiting, nor in hand, nor handled, nor by many at once", () =>
    Effect.gen(function* () {
      const inbox = yield* Inbox
      const told = yield* message()
      const answers = yield* atOnce(() => inbox.tell(told))
      assert.strictEqual(answers.filter((first) => first).length, 1)
      const other = { ...told, type: "entry.confirmed", data: { changed: true } }
      assert.isFalse(yield* inbox.tell(other))
      const [received] = yield* claimed([told.id])
      assert.deepStrictEqual(received?.message, told)
      assert.isFalse(yield* inbox.tell(told))
      if (received !== undefined) yield* inbox.handled(received, "adopted")
      assert.isFalse(yield* inbox.tell(told))
      assert.deepStrictEqual(yield* claimed([told.id]), [])
    })
  )
  it.effect("more than a message may carry is refused, and is no message", () =>
    Effect.gen(function* () {
      const inbox = yield* Inbox
      const small = yield* message({ data: "x".repeat(dataMost - 2) })
      const large = { ...small, source: "market" as const, data: "x".repeat(dataMost - 1) }
      assert.strictEqual(yield* refusal(inbox.tell(large)), "MessageTooLarge")
      assert.isTrue(yield* inbox.tell(small))
      assert.strictEqual((yield* claimed([small.id])).length, 1)
    })
  )
  it.effect("two siblings may use the same id for two things", () =>
    Effect.gen(function* () {
      const inbox = yield* Inbox
      const one = yield* message()
      assert.isTrue(yield* inbox.tell(one))
      assert.isTrue(yield* inbox.tell({ ...one, source: "events" }))
      assert.strictEqual((yield* claimed([one.id])).length, 2)
    })
  )
}

const leasing = (it: It<Needs>): void => {
  it.effect("a message is in one pair of hands at a time", () =>
    Effect.gen(function* () {
      const inbox = yield* Inbox
      const ids: Array<string> = []
      for (let n = 0; n < 5; n++) {
        const told = yield* message()
        ids.push(told.id)
        yield* inbox.tell(told)
      }
      const received = (yield* atOnce(() => claimed(ids))).flat()
      assert.sameMembers(
        received.map((one) => one.message.id),
        ids
      )
    })
  )
  it.effect("a lease that ran out passes on, and its old holder settles nothing", () =>
    Effect.gen(function* () {
      const inbox = yield* Inbox
      const seeds = yield* Seeds
      const { id } = yield* Effect.tap(message(), inbox.tell)
      const [lost] = yield* claimed([id], 50)
      yield* seeds.wait(120)
      const [taken] = yield* claimed([id])
      if (lost === undefined || taken === undefined) return yield* Effect.die("not handed out")
      assert.strictEqual(taken.tries, 2)
      yield* inbox.handled(lost, "too late")
      yield* inbox.failed(lost, "too late", 0)
      assert.deepStrictEqual(yield* claimed([id]), [])
      yield* inbox.failed(taken, "not now", soon)
      assert.deepStrictEqual(yield* claimed([id]), [])
      yield* seeds.wait(soon + 100)
      assert.strictEqual((yield* claimed([id]))[0]?.tries, 3)
    })
  )
  it.effect("what is to be acted on once more waits so long, with all its tries, and is not dead", () =>
    Effect.gen(function* () {
      const inbox = yield* Inbox
      const seeds = yield* Seeds
      const { id } = yield* Effect.tap(message(), inbox.tell)
      for (let n = 0; n < 3; n++) {
        const [received] = yield* claimed([id])
        if (received === undefined) return yield* Effect.die("not handed out")
        assert.strictEqual(received.tries, 1)
        yield* inbox.later(received, soon)
        yield* inbox.handled(received, "too late")
        assert.deepStrictEqual(yield* claimed([id]), [])
        yield* seeds.wait(soon + 100)
      }
      assert.isFalse((yield* inbox.dead).some((one) => one.id === id))
    })
  )
  it.effect("what was given up is kept with its reason until somebody redrives it", () =>
    Effect.gen(function* () {
      const inbox = yield* Inbox
      const { id, source, type } = yield* Effect.tap(message(), inbox.tell)
      const [received] = yield* claimed([id])
      if (received !== undefined) yield* inbox.failed(received, "defect", null)
      assert.deepStrictEqual(yield* claimed([id]), [])
      const dead = (yield* inbox.dead).filter((one) => one.id === id)
      assert.deepStrictEqual(
        dead.map(({ since: _, ...one }) => one),
        [{ source, id, type, tries: 1, reason: "defect" }]
      )
      assert.isAbove(yield* inbox.redrive, 0)
      assert.strictEqual(yield* inbox.redrive, 0)
      assert.strictEqual((yield* claimed([id]))[0]?.tries, 1)
    })
  )
}

/** What every adapter of `Inbox` owes. */
export const suite = <E>(name: string, ports: Layer.Layer<Needs, E>, options: SuiteOptions = {}): void =>
  layer(ports, options)(`Inbox: ${name}`, (it) => {
    telling(it)
    leasing(it)
  })

// Not asserted: that a claim hands out at most 100 and the longest waiting first, and how long what was
// handled is remembered.
