import { assert, layer } from "@effect/vitest"
import { Effect, type Layer, Redacted } from "effect"
import { Identities } from "../identity/Identities.ts"
import { fresh } from "./acting.ts"
import type { It, SuiteOptions } from "./contract.ts"
import { digestOf } from "./digests.ts"
import { Seeds } from "./Seeds.ts"

type Needs = Identities | Seeds

const nobody = { token: null, session: null }
const token = (name: string) => Effect.map(fresh, (mark) => Redacted.make(`${name}-${mark}`))
const none = { pages: [], treasurer: false }

const visiting = (it: It<Needs>): void => {
  it.effect("a browser that shows nothing, or something nobody issued, is nobody", () =>
    Effect.gen(function* () {
      const identities = yield* Identities
      const stranger = { identity: null, adoptable: null, unbound: false, staff: none }
      assert.deepStrictEqual(yield* identities.recognise(nobody), stranger)
      const made = { token: yield* token("made-up"), session: yield* token("made-up") }
      assert.deepStrictEqual(yield* identities.recognise(made), stranger)
      assert.deepStrictEqual(yield* identities.recognise(made), stranger)
    })
  )
  it.effect("a welcomed browser is recognised by what it was given, as itself alone", () =>
    Effect.gen(function* () {
      const identities = yield* Identities
      const one = yield* identities.welcome(nobody)
      const other = yield* identities.welcome(nobody)
      assert.notStrictEqual(one.visitor.id, other.visitor.id)
      assert.notStrictEqual(Redacted.value(one.token), Redacted.value(other.token))
      for (const { token, visitor } of [one, other]) {
        const { adoptable, identity, staff } = yield* identities.recognise({ token, session: null })
        assert.deepStrictEqual([identity, adoptable, staff], [visitor, null, none])
      }
    })
  )
  it.effect("what a browser brought is never taken for what it is given", () =>
    Effect.gen(function* () {
      const identities = yield* Identities
      const brought = yield* token("fixed")
      const { token: given, visitor } = yield* identities.welcome({ token: brought, session: null })
      assert.notStrictEqual(Redacted.value(given), Redacted.value(brought))
      const found = yield* identities.recognise({ token: brought, session: null })
      assert.strictEqual(found.identity, null)
      assert.deepStrictEqual((yield* identities.recognise({ token: given, session: null })).identity, visitor)
    })
  )
  it.effect("a session that came along names its visitor to siblings, and opens nothing by itself", () =>
    Effect.gen(function* () {
      const identities = yield* Identities
      const session = yield* token("session")
      const { visitor } = yield* identities.welcome({ token: null, session })
      assert.strictEqual((yield* identities.recognise({ token: null, session })).identity, null)
      const digest = yield* digestOf(Redacted.value(session))
      assert.deepStrictEqual(yield* identities.visitorOfSession(digest), visitor)
      assert.strictEqual(yield* identities.visitorOfSession(yield* digestOf(`no ${digest}`)), null)
    })
  )
  it.effect("a session that comes later becomes a second key as well, and moves with the browser", () =>
    Effect.gen(function* () {
      const identities = yield* Identities
      const [first, second] = [yield* identities.welcome(nobody), yield* identities.welcome(nobody)]
      const session = yield* token("session")
      for (const { visitor } of [first, second, second]) {
        yield* identities.bind(visitor, { token: null, session })
        const digest = yield* digestOf(Redacted.value(session))
        assert.deepStrictEqual(yield* identities.visitorOfSession(digest), visitor)
      }
      yield* identities.bind(first.visitor, nobody)
      assert.deepStrictEqual(
        (yield* identities.recognise({ token: first.token, session: null })).identity,
        first.visitor
      )
    })
  )
}

const loggingIn = (it: It<Needs>): void => {
  it.effect("a logged in person is the customer, and what the browser held is due to be adopted", () =>
    Effect.gen(function* () {
      const identities = yield* Identities
      const { customer, session } = yield* (yield* Seeds).person({
        name: "Robin",
        email: "robin@example.org"
      })
      const alone = yield* identities.recognise({ token: null, session })
      assert.deepStrictEqual(alone, { identity: customer, adoptable: null, unbound: false, staff: none })
      assert.deepStrictEqual([customer.name, customer.email], ["Robin", "robin@example.org"])
      const { token, visitor } = yield* identities.welcome(nobody)
      const both = yield* identities.recognise({ token, session })
      assert.deepStrictEqual(both, { identity: customer, adoptable: visitor, unbound: false, staff: none })
    })
  )
  it.effect("a session that ended is nobody's; the browser is a visitor again", () =>
    Effect.gen(function* () {
      const identities = yield* Identities
      const seeds = yield* Seeds
      const { session } = yield* seeds.person()
      const { token, visitor } = yield* identities.welcome(nobody)
      yield* seeds.logOut(session)
      assert.deepStrictEqual((yield* identities.recognise({ token, session })).identity, visitor)
      assert.strictEqual((yield* identities.recognise({ token: null, session })).identity, null)
    })
  )
  it.effect("an adopted visitor's keys open nothing, yet its session still names it", () =>
    Effect.gen(function* () {
      const identities = yield* Identities
      const seeds = yield* Seeds
      const session = yield* token("session")
      const { token: cookie, visitor } = yield* identities.welcome({ token: null, session })
      const person = yield* seeds.person()
      yield* seeds.adopt(visitor, person.customer)
      const alone = yield* identities.recognise({ token: cookie, session })
      assert.deepStrictEqual([alone.identity, alone.adoptable], [null, null])
      const both = yield* identities.recognise({ token: cookie, session: person.session })
      assert.deepStrictEqual([both.identity, both.adoptable], [person.customer, null])
      const digest = yield* digestOf(Redacted.value(session))
      assert.deepStrictEqual(yield* identities.visitorOfSession(digest), visitor)
    })
  )
  it.effect("staff see their pages, the treasurer sees every page, and others none", () =>
    Effect.gen(function* () {
      const identities = yield* Identities
      const seeds = yield* Seeds
      const page = yield* seeds.page()
      const staffOf = ({ session }: { readonly session: Redacted.Redacted }) =>
        Effect.map(identities.recognise({ token: null, session }), ({ staff }) => staff)
      const keeper = yield* seeds.person({ staff: { pages: [page.id], treasurer: false } })
      assert.deepStrictEqual(yield* staffOf(keeper), { pages: [page.id], treasurer: false })
      const treasurer = yield* seeds.person({ staff: { pages: [], treasurer: true } })
      assert.isTrue((yield* staffOf(treasurer)).treasurer)
      assert.deepStrictEqual(yield* staffOf(yield* seeds.person()), none)
    })
  )
  it.effect("a customer is known by the auth service's id, or not at all", () =>
    Effect.gen(function* () {
      const identities = yield* Identities
      const { customer } = yield* (yield* Seeds).person()
      assert.deepStrictEqual(yield* identities.customer(customer.id), customer)
      assert.strictEqual(yield* identities.customer(`nobody-${yield* fresh}`), null)
    })
  )
}

/** What every adapter of `Identities` owes. */
export const suite = <E>(name: string, ports: Layer.Layer<Needs, E>, options: SuiteOptions = {}): void =>
  layer(ports, options)(`Identities: ${name}`, (it) => {
    visiting(it)
    loggingIn(it)
  })

// Not asserted: that no row is written by recognising, that only digests are stored, that tokens are
// unguessable and compared in constant time.
