import { assert, layer } from "@effect/vitest"
import { Effect, type Layer } from "effect"
import type { PageConfig } from "../page/PageConfig.ts"
import { PageConfigs } from "../page/PageConfigs.ts"
import { CredentialId, PageId } from "../text/Ids.ts"
import { fresh } from "./acting.ts"
import { atOnce, type It, refusal, type SuiteOptions } from "./contract.ts"
import { Seeds } from "./Seeds.ts"

type Needs = PageConfigs | Seeds

/** Every field another value than the usual. */
const unusual = (page: PageConfig): PageConfig => ({
  ...page,
  name: "Ärger & Söhne <b>Bäckerei</b>",
  currency: "CLP",
  paused: true,
  acceptsLate: !page.acceptsLate,
  refundsAlone: !page.refundsAlone,
  contact: "wren@example.org",
  url: "https://example.org/bakery?a=1&b=2"
})

const keyOf = ({ seller }: PageConfig) =>
  seller?.credentialId ?? CredentialId.make("00000000-0000-7000-8000-000000000000")

const saving = (it: It<Needs>): void => {
  it.effect("a page is found as it was saved, and replaced as a whole", () =>
    Effect.gen(function* () {
      const pages = yield* PageConfigs
      const page = yield* (yield* Seeds).page()
      assert.deepStrictEqual(yield* pages.get(page.id), page)
      yield* pages.save(unusual(page))
      assert.deepStrictEqual(yield* pages.get(page.id), unusual(page))
      const plain = { ...page, contact: null, url: null }
      yield* pages.save(plain)
      assert.deepStrictEqual(yield* pages.get(page.id), plain)
    })
  )
  it.effect("saving never says whom the page pays: the seller stays, and a new page has none", () =>
    Effect.gen(function* () {
      const pages = yield* PageConfigs
      const seeds = yield* Seeds
      const page = yield* seeds.page()
      const other = { merchantCode: "MOTHER", credentialId: CredentialId.make(yield* fresh) }
      yield* pages.save({ ...page, seller: other })
      assert.deepStrictEqual((yield* pages.get(page.id)).seller, page.seller)
      yield* pages.save({ ...page, seller: null })
      assert.deepStrictEqual((yield* pages.get(page.id)).seller, page.seller)
      const unpaid = yield* seeds.page({ payable: false })
      yield* pages.save({ ...unpaid, seller: other })
      assert.strictEqual((yield* pages.get(unpaid.id)).seller, null)
    })
  )
  it.effect("a page nobody saved is not found", () =>
    Effect.gen(function* () {
      const pages = yield* PageConfigs
      assert.strictEqual(yield* refusal(pages.get(PageId.make(`page-${yield* fresh}`))), "PageNotFound")
    })
  )
}

const listing = (it: It<Needs>): void => {
  it.effect("pages are listed by name", () =>
    Effect.gen(function* () {
      const pages = yield* PageConfigs
      const seeds = yield* Seeds
      const mark = yield* fresh
      const [c, a, b] = yield* Effect.forEach(["c", "a", "b"], (name) =>
        seeds.page({ name: `${mark} ${name}` })
      )
      const mine = (yield* pages.list).filter(({ name }) => name.startsWith(mark))
      assert.deepStrictEqual(mine, [a, b, c])
    })
  )
  it.effect("pausing twice, or many times at once, is pausing once; the rest of the page stays", () =>
    Effect.gen(function* () {
      const pages = yield* PageConfigs
      const seeds = yield* Seeds
      const page = yield* seeds.page()
      const other = yield* seeds.page()
      yield* atOnce(() => pages.pause(page.id, keyOf(page)))
      assert.deepStrictEqual(yield* pages.get(page.id), { ...page, paused: true })
      assert.deepStrictEqual(yield* pages.get(other.id), other)
      yield* pages.pause(PageId.make(`page-${yield* fresh}`), keyOf(page))
    })
  )
  it.effect("a page that has another key than the one that was rejected goes on", () =>
    Effect.gen(function* () {
      const pages = yield* PageConfigs
      const seeds = yield* Seeds
      const [page, other] = [yield* seeds.page(), yield* seeds.page()]
      yield* pages.pause(page.id, keyOf(other))
      assert.deepStrictEqual(yield* pages.get(page.id), page)
    })
  )
}

/** What every adapter of `PageConfigs` owes. */
export const suite = <E>(name: string, ports: Layer.Layer<Needs, E>, options: SuiteOptions = {}): void =>
  layer(ports, options)(`PageConfigs: ${name}`, (it) => {
    saving(it)
    listing(it)
  })

// Not asserted: that at most 1,000 pages are listed, and how names of other scripts are ordered.
