import { assert } from "@effect/vitest"
import { Effect, Redacted, Result } from "effect"
import * as Cart from "../cart/Cart.ts"
import { Carts } from "../cart/Carts.ts"
import { totalsOf } from "../cart/Contents.ts"
import { Identities } from "../identity/Identities.ts"
import type { Identity } from "../identity/Identity.ts"
import { money } from "../money/Money.ts"
import type { PageId } from "../text/Ids.ts"
import { hour, minute } from "../time/Instant.ts"
import { fresh, put, someone } from "./acting.ts"
import { held, type It } from "./contract.ts"
import { digestOf } from "./digests.ts"
import { Seeds } from "./Seeds.ts"

const nothing = { count: 0, pages: 0, totals: [] }

/** The badge's totals as the pages' own add up to them. */
const added = Effect.fnUntraced(function* (identity: Identity) {
  const carts = yield* Carts
  const sums = new Map<string, number>()
  for (const contents of yield* carts.list(identity)) {
    const { currency, total } = Result.getOrThrow(totalsOf(contents))
    sums.set(currency, (sums.get(currency) ?? 0) + total)
  }
  return [...sums].filter(([, minor]) => minor > 0).sort()
})

const badge = Effect.fnUntraced(function* (identity: Identity) {
  const carts = yield* Carts
  const { count, pages, totals } = yield* carts.summary(identity)
  const sums = totals.map(({ currency, minor }): [string, number] => [currency, minor])
  return { count, pages, totals: sums.filter(([, minor]) => minor > 0).sort() }
})

const hold = Effect.fnUntraced(function* (identity: Identity, pageId: PageId, span: number) {
  const seeds = yield* Seeds
  return yield* held({ slot: yield* seeds.slot({ pageId, capacity: 1 }), identity, span })
})

/** Somebody with carts on pages of their own. */
const rounds = Effect.gen(function* () {
  const carts = yield* Carts
  const seeds = yield* Seeds
  const buyer = yield* someone
  const one = yield* seeds.page()
  const other = yield* seeds.page({ currency: "EUR" })
  return { buyer, carts, one, other, seeds }
})

const listing = (it: It<Carts | Identities | Seeds>): void => {
  it.effect("the page with the earliest hold is listed first, then the page that changed last", () =>
    Effect.gen(function* () {
      const { buyer, carts, one: early, other: late, seeds } = yield* rounds
      const later = yield* seeds.page()
      const soon = yield* seeds.page()
      yield* hold(buyer, later.id, hour)
      yield* hold(buyer, soon.id, minute)
      yield* put(buyer, yield* seeds.item({ pageId: early.id }))
      yield* seeds.wait(5)
      yield* put(buyer, yield* seeds.item({ pageId: late.id }))
      const listed = (yield* carts.list(buyer)).map(({ page }) => page.id)
      assert.deepStrictEqual(listed, [soon.id, later.id, late.id, early.id])
    })
  )
  it.effect("what is listed is what a look at each page shows", () =>
    Effect.gen(function* () {
      const { buyer, carts, one, other, seeds } = yield* rounds
      yield* hold(buyer, one.id, hour)
      yield* put(buyer, yield* seeds.item({ pageId: one.id }), 2)
      yield* put(buyer, yield* seeds.item({ pageId: other.id }))
      for (const { now: _, ...contents } of yield* carts.list(buyer)) {
        const { now: __, ...seen } = yield* carts.view(buyer, contents.page.id)
        assert.deepStrictEqual(contents, seen)
      }
    })
  )
  it.effect("a cart that was emptied, and somebody else's, are not listed", () =>
    Effect.gen(function* () {
      const { buyer, carts, one, seeds } = yield* rounds
      const item = yield* seeds.item({ pageId: one.id })
      yield* put(buyer, item)
      yield* carts.modify({ identity: buyer, pageId: one.id }, ({ cart }) =>
        Result.succeed(Cart.remove(item.id)(cart))
      )
      assert.deepStrictEqual(yield* carts.list(buyer), [])
      assert.deepStrictEqual(yield* badge(buyer), nothing)
    })
  )
}

const summing = (it: It<Carts | Identities | Seeds>): void => {
  it.effect("the summary counts quantities and held entries, and sums them per currency", () =>
    Effect.gen(function* () {
      const { buyer, one, other, seeds } = yield* rounds
      yield* put(buyer, yield* seeds.item({ pageId: one.id, price: money(250, "GBP") }), 3)
      yield* put(buyer, yield* seeds.item({ pageId: other.id, price: money(199, "EUR") }))
      const slot = yield* seeds.slot({ pageId: one.id, capacity: 2, price: money(1000, "GBP") })
      yield* held({ slot, identity: buyer })
      yield* seeds.lapse((yield* held({ slot, identity: buyer })).id)
      const totals = [
        ["EUR", 199],
        ["GBP", 1750]
      ]
      assert.deepStrictEqual(yield* badge(buyer), { count: 5, pages: 2, totals })
      assert.deepStrictEqual(yield* added(buyer), totals)
    })
  )
  it.effect("the summary's totals are those of the pages, also when an item is gone or cannot be had", () =>
    Effect.gen(function* () {
      const { buyer, one, other, seeds } = yield* rounds
      const kept = yield* seeds.item({ pageId: one.id })
      const withdrawn = yield* seeds.item({ pageId: one.id })
      const forgotten = yield* seeds.item({ pageId: other.id })
      for (const item of [kept, withdrawn, forgotten]) yield* put(buyer, item, 2)
      yield* seeds.reprice(kept.id, 300)
      yield* seeds.offer(withdrawn.id, false)
      yield* seeds.forget(forgotten.id)
      assert.deepStrictEqual((yield* badge(buyer)).totals, [["GBP", 600]])
      assert.deepStrictEqual((yield* badge(buyer)).totals, yield* added(buyer))
    })
  )
}

const recognising = (it: It<Carts | Identities | Seeds>): void => {
  it.effect("a session is the visitor whose second key it is, until the visitor is adopted", () =>
    Effect.gen(function* () {
      const { carts, one, seeds } = yield* rounds
      const identities = yield* Identities
      const session = Redacted.make(`session-${yield* fresh}`)
      const digest = yield* digestOf(Redacted.value(session))
      const { visitor } = yield* identities.welcome({ token: null, session })
      const item = yield* seeds.item({ pageId: one.id })
      yield* put(visitor, item, 2)
      const slot = yield* seeds.slot({ pageId: one.id, capacity: 1 })
      yield* held({ slot, identity: visitor })
      const whose = { _tag: "Session", digest } as const
      assert.deepStrictEqual(yield* carts.summary(whose), yield* carts.summary(visitor))
      assert.strictEqual((yield* carts.summary(whose)).count, 3)
      const { customer } = yield* seeds.person()
      yield* seeds.adopt(visitor, customer)
      assert.deepStrictEqual(yield* carts.summary(whose), nothing)
    })
  )
  it.effect("a session that somebody is logged in with is that customer, whatever else it opens", () =>
    Effect.gen(function* () {
      const { carts, one, seeds } = yield* rounds
      const identities = yield* Identities
      const { customer, session } = yield* seeds.person()
      const digest = yield* digestOf(Redacted.value(session))
      const whose = { _tag: "Session", digest } as const
      const { visitor } = yield* identities.welcome({ token: null, session })
      const item = yield* seeds.item({ pageId: one.id })
      yield* put(visitor, item, 5)
      assert.deepStrictEqual(yield* carts.summary(whose), nothing)
      yield* put(customer, item, 1)
      const slot = yield* seeds.slot({ pageId: one.id, capacity: 1 })
      yield* held({ slot, identity: customer })
      assert.strictEqual((yield* carts.summary(whose)).count, 2)
      assert.deepStrictEqual(yield* carts.summary(whose), yield* carts.summary(customer))
      yield* seeds.logOut(session)
      assert.strictEqual((yield* carts.summary(whose)).count, 5)
    })
  )
  it.effect("a session nobody knows, and the digest of a cart's cookie, have nothing", () =>
    Effect.gen(function* () {
      const { carts, one, seeds } = yield* rounds
      const identities = yield* Identities
      const { token, visitor } = yield* identities.welcome({ token: null, session: null })
      yield* put(visitor, yield* seeds.item({ pageId: one.id }))
      for (const secret of [Redacted.value(token), "a session of nobody"]) {
        const digest = yield* digestOf(secret)
        assert.deepStrictEqual(yield* carts.summary({ _tag: "Session", digest }), nothing)
      }
    })
  )
}

/** What `Carts` promises of all of a person's carts together. */
export const overview = (it: It<Carts | Identities | Seeds>): void => {
  listing(it)
  summing(it)
  recognising(it)
}
