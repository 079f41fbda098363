import { quantityOf } from "@rose-ash/cart-domain/cart/Cart"
import { type Contents, linesOf, totalsOf } from "@rose-ash/cart-domain/cart/Contents"
import type { Item } from "@rose-ash/cart-domain/page/Item"
import { Result } from "effect"
import { path } from "./Href.ts"
import type { Notice } from "./Notice.ts"
import { noFacts, sentenceOf } from "./problems.ts"
import type { SiteShape } from "./Site.ts"
import type { NoticeModel } from "./views/Frame.ts"
import { leastText } from "./views/least.ts"
import { changesOf } from "./views/ReviewView.ts"
import type { Facts } from "./words/en/problems.ts"

/** What a page says first, and what people who hear it are told. */
export interface Saying {
  readonly notice: NoticeModel | null
  readonly said: string
}
const silence: Saying = { notice: null, said: "" }

const good = (text: string, more: ReadonlyArray<string> = []): Saying => ({
  notice: { kind: "ok", text, more, field: null, focus: true, undo: null },
  said: ""
})
/** Nobody's focus was on what was added: it was another page. */
const added = (text: string): Saying => ({
  notice: { kind: "ok", text, more: [], field: null, focus: false, undo: null },
  said: ""
})
const bad = (text: string, field: string | null): Saying => ({
  // A refused quantity leaves the focus in its field; every other refusal takes it.
  notice: { kind: "bad", text, more: [], field, focus: field === null, undo: null },
  said: ""
})

const adopted = (site: SiteShape, { lines = 0, places = 0 }: Notice): Saying => {
  const words = site.words.notices
  const undo = {
    action: path`/cart/adoption/undo`,
    fields: [],
    label: words.undo,
    what: words.undoOfAdoption
  }
  const text = words.adopted(lines + places)
  return { notice: { kind: "info", text, more: [], field: null, focus: false, undo }, said: "" }
}

/** Says what was done, on whatever page follows. */
const ofDeeds = (site: SiteShape, notice: Notice): Saying | null => {
  const words = site.words.notices
  switch (notice.code) {
    case "released":
      return good(words.released)
    case "checked":
      return good(words.checked)
    case "attended":
      return good(words.attended)
    case "cancelled":
      return good(words.cancelled)
    case "adopted":
      return adopted(site, notice)
    case "adoptionUndone":
      return good(words.adoptionUndone)
    case "adoptionKept":
      return bad(words.adoptionKept, null)
    case "restored": {
      const { gone = 0, lines = 0, places = 0 } = notice
      return good(words.restored(lines), [
        ...(gone > 0 ? [words.gone(gone)] : []),
        ...(places > 0 ? [words.places] : [])
      ])
    }
    default:
      return null
  }
}

/** A notice on a page that shows no cart. */
export const sayingOf = (site: SiteShape, notice: Notice | null, facts: Partial<Facts> = {}): Saying => {
  if (notice === null) return silence
  const done = ofDeeds(site, notice)
  if (done !== null) return done
  const { kept = null, most = null, number = null } = notice
  const sentence = sentenceOf(site.words, notice.code, { ...noFacts, most, kept, number, ...facts })
  return sentence === null ? silence : bad(sentence, null)
}

const changed = (site: SiteShape, contents: Contents, item: Item | null): Saying => {
  if (item === null) return silence
  const { page } = contents
  const total = Result.getOrElse(totalsOf(contents), () => ({ total: 0 })).total
  const quantity = quantityOf(contents.cart, item.id)
  const said = site.words.notices.changed(
    item.name,
    quantity,
    page.name,
    site.formats.money(total, page.currency)
  )
  return { notice: null, said }
}

const removed = (site: SiteShape, { page }: Contents, notice: Notice, name: string): Saying => {
  const words = site.words.notices
  const { had, item } = notice
  const undo =
    item === undefined || had === undefined || had < 1
      ? null
      : {
          action: path`/p/${page.id}/lines/${item}`,
          fields: [
            { name: "quantity", value: String(had) },
            { name: "had", value: "0" }
          ],
          label: words.undo,
          what: words.undoOf(name)
        }
  return {
    notice: { kind: "ok", text: words.removed(name), more: [], field: null, focus: true, undo },
    said: ""
  }
}

/** What is known of a cart when a refusal is told beside it. */
const factsOf = (site: SiteShape, contents: Contents, item: Item | null): Partial<Facts> => ({
  item: item?.name ?? null,
  page: contents.page.name,
  contact: contents.page.contact,
  changes: changesOf(site, contents),
  least: leastText(site, contents.page.currency)
})

/** A notice on the page of a cart or its review. `removed` is the item that is in the cart no more. */
export const sayingOfCart = (
  site: SiteShape,
  contents: Contents,
  notice: Notice | null,
  gone: Item | null
): Saying => {
  if (notice === null) return silence
  const line = linesOf(contents).find((one) => one._tag === "ItemLine" && one.line.itemId === notice.item)
  const item = (line?._tag === "ItemLine" ? line.item : null) ?? gone
  const words = site.words.notices
  const name = item?.name ?? words.thisItem
  switch (notice.code) {
    case "added":
      return added(words.added(notice.had ?? null, name))
    case "changed":
      return changed(site, contents, item)
    case "removed":
      return removed(site, contents, notice, name)
    case "putBack":
      return good(words.putBack(name))
    case "QuantityTooHigh": {
      const saying = sayingOf(site, notice, factsOf(site, contents, item))
      const text = `${name}: ${saying.notice?.text ?? ""}`
      return line === undefined ? bad(text, null) : bad(text, `q-${notice.item}`)
    }
    case "EmailMalformed":
      return bad(site.words.problems.EmailMalformed(), "email")
    default:
      return sayingOf(site, notice, factsOf(site, contents, item))
  }
}
