import { inspect } from "node:util"
import { assert, describe, it } from "@effect/vitest"
import type { Asking } from "@rose-ash/cart-domain/payment/PaymentProvider"
import { Cause, Context, Effect, type Exit, Metric, Option, Redacted, Tracer } from "effect"
import { askingOf, opened } from "./asking.ts"
import { adapterOn, hintKey, practiceProvider } from "./practice.ts"
import { bakery, rotated } from "./sellerKeys.ts"

const canary = "practice-key-canary-4711"
const seller = rotated(bakery, canary)

/** Everything a tracer is told, ends and errors included. */
const witness = () => {
  const told: Array<unknown> = []
  const tracer = Tracer.make({
    span: (options) => {
      const span = new Tracer.NativeSpan(options)
      const end = span.end.bind(span)
      span.end = (at: bigint, exit: Exit.Exit<unknown, unknown>) => {
        told.push(span.name, [...span.attributes], span.events, exit)
        if (exit._tag === "Failure") told.push(Cause.pretty(exit.cause), Cause.squash(exit.cause))
        end(at, exit)
      }
      return span
    }
  })
  return { told, tracer }
}

/** Every text that can be reached from here, through whatever an inspection would leave out. */
const textsIn = (root: unknown): Set<string> => {
  const texts = new Set<string>()
  const seen = new Set<unknown>()
  const left: Array<unknown> = [root]
  while (left.length > 0) {
    const next = left.pop()
    if (typeof next === "string") texts.add(next)
    if (typeof next !== "object" || next === null || seen.has(next)) continue
    seen.add(next)
    if (next instanceof Map) left.push(...next.entries())
    if (next instanceof Set) left.push(...next)
    for (const key of Reflect.ownKeys(next)) {
      left.push(Object.getOwnPropertyDescriptor(next, key)?.value)
    }
  }
  return texts
}

const faults = [
  ["drop-before", {}],
  ["500", {}],
  ["429", { retry_after: 0 }],
  ["html", { status: 200 }],
  ["oversize", { bytes: 300_000 }],
  ["redirect", {}],
  ["unknown-status", {}],
  ["truncate", {}],
  ["scope-403", {}],
  ["invalid", {}],
  ["key-revoked", {}]
] as const

describe("a seller's key", () => {
  it.live("is in no log, no error, no span and no metric, whatever goes wrong", () =>
    Effect.gen(function* () {
      const fake = yield* practiceProvider([seller])
      const { told, tracer } = witness()
      const adapter = yield* adapterOn(fake.url, [seller])
      const traced = <A, E>(use: Effect.Effect<A, E>) =>
        Effect.withTracer(Effect.withSpan(use, "test"), tracer).pipe(Effect.exit)
      const asking = askingOf(seller)
      const first = yield* adapter.open(asking)
      const known = opened(asking, first)
      const uses: ReadonlyArray<(asking: Asking) => Effect.Effect<unknown, unknown>> = [
        () => adapter.open(askingOf(seller)),
        () => adapter.read(known),
        () => adapter.deactivate(known)
      ]
      const exits: Array<unknown> = []
      for (const [fault, given] of faults) {
        fake.provider.faults.add({ fault, with: given, times: 1 })
        for (const use of uses) exits.push(yield* traced(use(known)))
        assert.strictEqual(fake.provider.faults.fired()[fault], 1, fault)
      }
      const sent = adapter.calls.filter(({ headers }) => headers.get("authorization") === `Bearer ${canary}`)
      assert.isAbove(sent.length, faults.length)
      assert.isAbove(told.length, 4 * faults.length)
      assert.isAbove(adapter.logs.length, faults.length)
      const metrics = yield* Metric.snapshot
      const reached = textsIn([told, exits, adapter.logs, metrics])
      assert.isTrue(reached.has(asking.attempt.id))
      assert.isEmpty([...reached].filter((text) => text.includes(canary)))
      const heard = inspect([told, exits, adapter.logs, metrics], {
        depth: 30,
        maxArrayLength: null,
        getters: true
      })
      assert.include(heard, "PaymentProvider.open")
      assert.include(heard, asking.attempt.id)
      assert.notInclude(heard, canary)
      assert.notInclude(heard, Buffer.from(canary).toString("base64"))
      assert.notInclude(heard, Redacted.value(hintKey))
      assert.notInclude(JSON.stringify([exits, metrics]), canary)
    })
  )
})

describe("an answer that cannot be read", () => {
  it.live("is counted, and leaves a digest in the log and nothing of itself", () =>
    Effect.gen(function* () {
      const fake = yield* practiceProvider([seller])
      const adapter = yield* adapterOn(fake.url, [seller])
      const asking = askingOf(seller)
      const known = opened(asking, yield* adapter.open(asking))
      fake.provider.faults.add({ fault: "unknown-status", with: { status: "STOLEN_BY_FOXES" } })
      const registry = new Map()
      const error = yield* adapter
        .read(known)
        .pipe(Effect.provideService(Metric.MetricRegistry, registry), Effect.flip)
      const counted = yield* Effect.provideContext(
        Metric.snapshot,
        Context.make(Metric.MetricRegistry, registry)
      )
      const unreadable = counted.find(({ id }) => id === "sumup_unreadable_answers_total")
      assert.deepEqual(Object(unreadable?.attributes), { call: "read", why: "shape" })
      assert.deepInclude(Object(unreadable?.state), { count: 1 })
      const said = inspect([adapter.logs, error], { depth: 30 })
      assert.match(said, /digest: '[0-9a-f]{16}'/)
      assert.include(said, asking.attempt.id)
      for (const theirs of ["STOLEN_BY_FOXES", "@practice.example", "hosted_checkout", "merchant_code"]) {
        assert.notInclude(said, theirs)
      }
      assert.isTrue(Option.isNone(adapter.hint(said)))
    })
  )
})
