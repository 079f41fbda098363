import { Context } from "effect"
import { type Assets, loadAssets } from "./assets.ts"
import { type ExpressConfig, type Limits, limitsOf } from "./ExpressConfig.ts"
import { type Formats, formats } from "./formats.ts"
import { allowed, type Href } from "./Href.ts"
import { makeViews, type Views } from "./views.ts"
import { en } from "./words/en.ts"

/** Names of our cookies: prefixed and secure wherever browsers come by https. */
export interface CookieNames {
  readonly cart: string
  readonly notice: string
  readonly links: string
  readonly visit: string
}

/** What stays the same from request to request. */
export class Site extends Context.Service<
  Site,
  {
    readonly config: ExpressConfig
    readonly limits: Limits
    /** Origin of the public address. */
    readonly origin: string
    readonly secure: boolean
    readonly cookies: CookieNames
    readonly words: typeof en
    readonly formats: Formats
    readonly assets: Assets
    readonly views: Views
    /** An address of a sibling, or null: nobody else is linked to. */
    readonly link: (address: string | null) => Href | null
    /** A picture of an origin that pictures come from, or null. */
    readonly picture: (address: string | null) => Href | null
    /** No more is taken on: whoever asks whether this service is ready is told so. */
    readonly draining: () => boolean
  }
>()("@rose-ash/cart-http-express/Site") {}
export type SiteShape = Context.Service.Shape<typeof Site>

const originOf = (address: string): string => new URL(address).origin

/** Compiles views and reads assets, so a broken template stops the start. */
export const makeSite = (config: ExpressConfig, draining: () => boolean): SiteShape => {
  const origin = originOf(config.publicUrl)
  const secure = origin.startsWith("https:")
  const prefix = secure ? "__Host-" : ""
  const { blog, events, market } = config.links
  const siblings = [...config.siblingOrigins, origin, ...[blog, market, events].map(originOf)]
  return {
    config,
    limits: limitsOf(config),
    origin,
    secure,
    cookies: {
      cart: `${prefix}cart`,
      notice: `${prefix}notice`,
      links: `${prefix}order`,
      visit: `${prefix}visit`
    },
    words: en,
    formats: formats(en.locale, config.timeZone ?? "Europe/London"),
    assets: loadAssets(),
    views: makeViews(en.views, config.development),
    link: allowed(siblings),
    picture: allowed([...config.mediaOrigins, ...siblings]),
    draining
  }
}
