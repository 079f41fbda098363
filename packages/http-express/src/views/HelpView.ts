import type { PageConfig } from "@rose-ash/cart-domain/page/PageConfig"
import { Schema } from "effect"
import { Href } from "../Href.ts"
import type { SiteShape } from "../Site.ts"
import { Anchor, Text } from "./Frame.ts"

/** Whom to ask about an order. */
export const HelpModel = Schema.Struct({
  pages: Schema.Array(
    Schema.Struct({ name: Text, href: Schema.NullOr(Href), contact: Schema.NullOr(Anchor) })
  )
})
export type HelpModel = typeof HelpModel.Type

export const helpModel = (site: SiteShape, pages: ReadonlyArray<PageConfig>): HelpModel => ({
  pages: pages.map(({ contact, name, url }) => ({
    name,
    href: site.link(url),
    contact: contact === null ? null : { href: Href.make(`mailto:${contact}`), label: contact }
  }))
})
