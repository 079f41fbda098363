import { quantityMost } from "@rose-ash/cart-domain/cart/Cart"
import {
  type Contents,
  type EntryLine,
  type ItemLine,
  priceChangeOf
} from "@rose-ash/cart-domain/cart/Contents"
import { Schema } from "effect"
import { Href, path } from "../Href.ts"
import type { Notice } from "../Notice.ts"
import type { SiteShape } from "../Site.ts"
import { Name, Text } from "./Frame.ts"

const Remark = Schema.Struct({ kind: Schema.Literals(["info", "warn", "bad"]), text: Text })

/** An item in a cart, as its line shows it. */
export const ItemLineModel = Schema.Struct({
  id: Name,
  name: Text,
  href: Schema.NullOr(Href),
  picture: Schema.NullOr(Href),
  unit: Schema.NullOr(Text),
  /** What the field shows: the quantity, or what was typed and refused. */
  quantity: Text,
  had: Schema.Int,
  total: Schema.NullOr(Text),
  remark: Schema.NullOr(Remark),
  error: Schema.NullOr(Text),
  gone: Schema.Boolean,
  action: Href
})
export type ItemLineModel = typeof ItemLineModel.Type

/** A place in time in a cart. */
export const EntryLineModel = Schema.Struct({
  id: Name,
  name: Text,
  href: Schema.NullOr(Href),
  when: Text,
  held: Schema.NullOr(Text),
  remark: Schema.NullOr(Remark),
  total: Schema.NullOr(Text),
  lapsed: Schema.Boolean,
  action: Href
})
export type EntryLineModel = typeof EntryLineModel.Type

/** A change that was refused, and what that line says about it. */
export interface Refused {
  readonly notice: Notice
  readonly text: string
}

const remarkOf = (site: SiteShape, contents: Contents, line: ItemLine): ItemLineModel["remark"] => {
  const words = site.words.views.cart
  const { page } = contents
  if (line.problem === "gone") return { kind: "bad", text: words.gone }
  if (line.problem === "currency" && line.item !== null) {
    return { kind: "bad", text: words.currency(line.item.price.currency, page.currency) }
  }
  if (line.problem === "too_many" && line.item !== null) {
    return { kind: "bad", text: words.tooMany(Math.min(line.item.most, quantityMost)) }
  }
  const change = priceChangeOf(line)
  if (change === null) return null
  const [now, was] = [change.now, change.was].map((minor) => site.formats.money(minor, page.currency))
  if (now === undefined || was === undefined) return null
  return change.now > change.was
    ? { kind: "warn", text: words.rose(now, was) }
    : { kind: "info", text: words.fell(now, was) }
}

export const itemLine = (
  site: SiteShape,
  contents: Contents,
  line: ItemLine,
  refused: Refused | null
): ItemLineModel => {
  const { item, problem } = line
  const { itemId, quantity } = line.line
  const isRefused = refused?.notice.item === itemId
  const priced = item !== null && problem !== "gone" ? item.price : null
  const money = (minor: number) => (priced === null ? null : site.formats.money(minor, priced.currency))
  return {
    id: itemId,
    name: item?.name ?? site.words.notices.thisItem,
    href: site.link(item?.url ?? null),
    picture: site.picture(item?.picture ?? null),
    unit: priced === null ? null : money(priced.minor),
    quantity: isRefused ? (refused.notice.typed ?? String(quantity)) : String(quantity),
    had: quantity,
    total: priced === null || problem !== null ? null : money(priced.minor * quantity),
    remark: remarkOf(site, contents, line),
    error: isRefused ? refused.text : null,
    gone: problem === "gone",
    action: path`/p/${contents.page.id}/lines/${itemId}`
  }
}

export const entryLine = (site: SiteShape, { now, page }: Contents, line: EntryLine): EntryLineModel => {
  const words = site.words.views.cart
  const { endsAt, heldUntil, id, name, price, startsAt, url } = line.entry
  const lapsed = line.problem === "lapsed"
  const currency = words.currency(price.currency, page.currency)
  return {
    id,
    name,
    href: site.link(url),
    when: site.formats.span(startsAt, endsAt),
    held: lapsed || heldUntil === null ? null : words.held(site.formats.until(heldUntil, now)),
    remark: line.problem === null ? null : { kind: "bad", text: lapsed ? words.lapsed : currency },
    total: line.problem === null ? site.formats.money(price.minor, price.currency) : null,
    lapsed,
    action: path`/p/${page.id}/entries/${id}/release`
  }
}
