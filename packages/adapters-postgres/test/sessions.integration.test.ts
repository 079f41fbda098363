import { createHash, randomUUID } from "node:crypto"
import { PgClient } from "@effect/sql-pg"
import { assert, layer } from "@effect/vitest"
import { Adoption } from "@rose-ash/cart-domain/cart/Adoption"
import { Carts } from "@rose-ash/cart-domain/cart/Carts"
import { Identities } from "@rose-ash/cart-domain/identity/Identities"
import type { Identity } from "@rose-ash/cart-domain/identity/Identity"
import { Seeds } from "@rose-ash/cart-domain/testing/Seeds"
import { Effect, Layer, Redacted } from "effect"
import { ports } from "./database.ts"

const digestOf = (text: string) => createHash("sha256").update(text).digest("hex")

/** A place that was asked for in a browser the cart has never seen. */
const booked = Effect.gen(function* () {
  const [seeds, sql] = [yield* Seeds, yield* PgClient.PgClient]
  const { id: pageId } = yield* seeds.page()
  const slot = yield* seeds.slot({ pageId, capacity: 2 })
  const session = `session-${randomUUID()}`
  yield* sql`SELECT events.take(${slot}, NULL, decode(${digestOf(session)}, 'hex'), interval '1 hour')`
  const places = (of: Identity) =>
    Effect.map(
      Effect.flatMap(Carts, (carts) => carts.view(of, pageId)),
      ({ entries }) => entries.length
    )
  return { places, seeds, session: Redacted.make(session), digest: digestOf(session) }
})

layer(Layer.provideMerge(Adoption.layer, ports()), { excludeTestServices: true })("sessions", (it) => {
  it.effect("a browser that asked for a place before it came here is found to hold it, once", () =>
    Effect.gen(function* () {
      const identities = yield* Identities
      const { places, session } = yield* booked
      const shown = { token: null, session }
      const first = yield* identities.recognise(shown)
      assert.deepStrictEqual([first.identity, first.unbound], [null, true])
      const { token, visitor } = yield* identities.welcome(shown)
      assert.strictEqual(yield* places(visitor), 1)
      const then = yield* identities.recognise({ token, session })
      assert.deepStrictEqual([then.identity, then.unbound], [visitor, false])
    })
  )
  it.effect("a browser that had a cart before it asked for a place keeps it, and gets the place too", () =>
    Effect.gen(function* () {
      const identities = yield* Identities
      const { token, visitor } = yield* identities.welcome({ token: null, session: null })
      const { places, session } = yield* booked
      const shown = { token, session }
      const seen = yield* identities.recognise(shown)
      assert.deepStrictEqual([seen.identity, seen.unbound], [visitor, true])
      assert.strictEqual(yield* places(visitor), 0)
      yield* identities.bind(visitor, shown)
      assert.strictEqual(yield* places(visitor), 1)
      assert.isFalse((yield* identities.recognise(shown)).unbound)
    })
  )
  it.effect("whoever logs in without having been here gets the place that the session held", () =>
    Effect.gen(function* () {
      const { loggedIn } = yield* Adoption
      const { digest, places, seeds } = yield* booked
      const { customer } = yield* seeds.person()
      assert.strictEqual(yield* loggedIn(customer.id, digest), "adopted")
      assert.strictEqual(yield* places(customer), 1)
      assert.strictEqual(yield* loggedIn(customer.id, digest), "adopted_before")
      const { customer: stranger } = yield* seeds.person()
      assert.strictEqual(yield* loggedIn(stranger.id, digest), "someone_elses")
      assert.strictEqual(yield* loggedIn(stranger.id, digestOf("nothing held")), "nothing_held")
      assert.strictEqual(yield* loggedIn("nobody-at-all", digest), "nobody_known")
    })
  )
  it.effect("a session of which nothing is held is nobody's, and reading it writes nothing", () =>
    Effect.gen(function* () {
      const [identities, sql] = [yield* Identities, yield* PgClient.PgClient]
      const session = Redacted.make(`session-${randomUUID()}`)
      const count = sql<{ n: number }>`SELECT count(*)::int4 AS n FROM cart.visitor`
      const before = yield* count
      const { identity, unbound } = yield* identities.recognise({ token: null, session })
      assert.deepStrictEqual([identity, unbound], [null, false])
      assert.strictEqual(yield* identities.visitorOfSession(digestOf(Redacted.value(session))), null)
      assert.deepStrictEqual(yield* count, before)
    })
  )
})
