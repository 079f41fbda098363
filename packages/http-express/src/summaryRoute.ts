import { createHash } from "node:crypto"
import { whose } from "@rose-ash/cart-client/contract/CartApi"
import { Malformed } from "@rose-ash/cart-client/contract/refusals"
import type { Summary as Wire } from "@rose-ash/cart-client/contract/Summary"
import type { Summary, Whose } from "@rose-ash/cart-domain/cart/Carts"
import { Shopping } from "@rose-ash/cart-domain/cart/Shopping"
import { CustomerId } from "@rose-ash/cart-domain/text/Ids"
import { Effect, Schema } from "effect"
import type { Called, InternalAnswer, InternalHandler } from "./InternalAnswer.ts"
import { Site, type SiteShape } from "./Site.ts"

const decode = Schema.decodeUnknownOption(Schema.Struct(whose))

/** The person, or else the session; null for neither. */
const asked = ({ header }: Called): Whose | null | undefined => {
  const [customer, session] = [header("cart-customer"), header("cart-session")]
  if (customer === undefined && session === undefined) return null
  const given = decode({
    ...(customer === undefined ? {} : { "cart-customer": customer }),
    ...(session === undefined ? {} : { "cart-session": session })
  })
  if (given._tag === "None") return undefined
  if (customer !== undefined) return { _tag: "Customer", id: CustomerId.make(customer) }
  return { _tag: "Session", digest: session ?? "" }
}

const wire = ({ formats }: SiteShape, { count, pages, totals }: Summary): Wire => ({
  count,
  pages,
  totals: totals.map(({ currency, minor }) => ({ currency, minor, text: formats.money(minor, currency) }))
})

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (found) => entities[found] ?? found)

const fragment = ({ config, formats, words }: SiteShape, summary: Wire): string => {
  const { count, totals } = summary
  const text = words.badge.text(count, formats.list(totals.map((total) => total.text)))
  return `<a class="rose-cart" href="${escaped(config.publicUrl)}/">${escaped(text)}</a>`
}

const isSame = (header: string | undefined, etag: string): boolean =>
  header?.split(",").some((one) => one.trim().replace(/^W\//, "") === etag) ?? false

/** One statement, and no memory of it: a write by another process shows in the next answer. */
export const summary: InternalHandler = Effect.fnUntraced(function* (called) {
  const of = asked(called)
  if (of === undefined) return yield* new Malformed()
  const site = yield* Site
  const shopping = yield* Shopping
  const found = wire(site, yield* shopping.summary(of))
  const body = called.html ? fragment(site, found) : JSON.stringify(found)
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`
  const headers = {
    "Cache-Control": "private, no-cache",
    ETag: etag,
    Vary: "Accept, Authorization, Cart-Customer, Cart-Session"
  }
  if (isSame(called.header("if-none-match"), etag)) return { status: 304, headers, body: null }
  const type = called.html ? "text/html; charset=utf-8" : "application/json"
  const answer: InternalAnswer = { status: 200, headers: { ...headers, "Content-Type": type }, body }
  return answer
})
