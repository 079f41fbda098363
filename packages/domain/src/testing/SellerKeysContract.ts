import { assert, layer } from "@effect/vitest"
import { Effect, type Layer, Redacted } from "effect"
import { PageConfigs } from "../page/PageConfigs.ts"
import { SellerKeys } from "../page/SellerKeys.ts"
import { CredentialId } from "../text/Ids.ts"
import { fresh } from "./acting.ts"
import { atOnce, type It, refusal, type SuiteOptions } from "./contract.ts"
import { Seeds } from "./Seeds.ts"

type Needs = PageConfigs | SellerKeys | Seeds

const setting = Effect.gen(function* () {
  const keys = yield* SellerKeys
  const pages = yield* PageConfigs
  const page = yield* (yield* Seeds).page({ payable: false })
  const mark = (yield* fresh).slice(-12)
  const key = (name: string) => Redacted.make(`practice-key-${name}-${mark}`)
  return { keys, pages, page, key, merchant: `M-${mark}` }
})

const remembering = (it: It<Needs>): void => {
  it.effect("a saved key is the page's seller, un-pauses it, and can be opened again", () =>
    Effect.gen(function* () {
      const { key, keys, merchant, page, pages } = yield* setting
      const rejected = yield* keys.save(page.id, merchant, key("rejected"))
      yield* pages.pause(page.id, rejected.credentialId)
      assert.isTrue((yield* pages.get(page.id)).paused)
      const seller = yield* keys.save(page.id, merchant, key("one"))
      assert.strictEqual(seller.merchantCode, merchant)
      assert.deepStrictEqual(yield* pages.get(page.id), { ...page, seller, paused: false })
      const found = yield* keys.get(seller.credentialId)
      assert.strictEqual(Redacted.value(found.key), Redacted.value(key("one")))
      assert.deepStrictEqual(
        [found.credentialId, found.pageId, found.merchantCode],
        [seller.credentialId, page.id, merchant]
      )
    })
  )
  it.effect("the same key saved again, or many times at once, is one version", () =>
    Effect.gen(function* () {
      const { key, keys, merchant, page, pages } = yield* setting
      const sellers = yield* atOnce(() => keys.save(page.id, merchant, key("one")))
      const [first] = sellers
      assert.isTrue(sellers.every(({ credentialId }) => credentialId === first?.credentialId))
      assert.deepStrictEqual((yield* pages.get(page.id)).seller, first)
    })
  )
  it.effect("a new key is a new version, and the old one still opens what was opened with it", () =>
    Effect.gen(function* () {
      const { key, keys, merchant, page, pages } = yield* setting
      const old = yield* keys.save(page.id, merchant, key("one"))
      const now = yield* keys.save(page.id, merchant, key("two"))
      assert.notStrictEqual(now.credentialId, old.credentialId)
      assert.deepStrictEqual((yield* pages.get(page.id)).seller, now)
      assert.strictEqual(Redacted.value((yield* keys.get(old.credentialId)).key), Redacted.value(key("one")))
      assert.strictEqual((yield* keys.newest(page.id, merchant))?.credentialId, now.credentialId)
    })
  )
}

const keepingApart = (it: It<Needs>): void => {
  it.effect("the newest key is of exactly that merchant and that page", () =>
    Effect.gen(function* () {
      const { key, keys, merchant, page } = yield* setting
      const stranger = yield* (yield* Seeds).page({ payable: false })
      const first = yield* keys.save(page.id, merchant, key("one"))
      const moved = yield* keys.save(page.id, `${merchant}2`, key("two"))
      const theirs = yield* keys.save(stranger.id, merchant, key("three"))
      assert.strictEqual((yield* keys.newest(page.id, merchant))?.credentialId, first.credentialId)
      assert.strictEqual((yield* keys.newest(page.id, `${merchant}2`))?.credentialId, moved.credentialId)
      assert.strictEqual((yield* keys.newest(stranger.id, merchant))?.credentialId, theirs.credentialId)
      assert.strictEqual(yield* keys.newest(page.id, `${merchant}3`), null)
      assert.strictEqual(yield* keys.newest(stranger.id, `${merchant}2`), null)
    })
  )
  it.effect("sealed anew, every version opens as before, and there is nothing left to seal", () =>
    Effect.gen(function* () {
      const { key, keys, merchant, page } = yield* setting
      const saved = yield* keys.save(page.id, merchant, key("one"))
      yield* keys.reseal
      assert.deepStrictEqual(yield* keys.reseal, { sealed: 0, lost: [] })
      const found = yield* keys.get(saved.credentialId)
      assert.strictEqual(Redacted.value(found.key), Redacted.value(key("one")))
    })
  )
  it.effect("a version that never was is lost", () =>
    Effect.gen(function* () {
      const { keys } = yield* setting
      assert.strictEqual(yield* refusal(keys.get(CredentialId.make(yield* fresh))), "SellerKeyLost")
    })
  )
}

/** What every adapter of `SellerKeys` owes. */
export const suite = <E>(name: string, ports: Layer.Layer<Needs, E>, options: SuiteOptions = {}): void =>
  layer(ports, options)(`SellerKeys: ${name}`, (it) => {
    remembering(it)
    keepingApart(it)
  })

// Not asserted: that keys are sealed at rest and bound to their page, that a key sealed under a lost secret
// is `SellerKeyLost`, and which version an older key becomes when it is saved again after another.
