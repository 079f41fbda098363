import type { CalendarEntries } from "@rose-ash/cart-domain/calendar/CalendarEntries"
import type { Adoption } from "@rose-ash/cart-domain/cart/Adoption"
import type { Shopping } from "@rose-ash/cart-domain/cart/Shopping"
import type { Attending } from "@rose-ash/cart-domain/checkout/Attending"
import type { Checkout } from "@rose-ash/cart-domain/checkout/Checkout"
import type { Differences } from "@rose-ash/cart-domain/checkout/Differences"
import type { Restoring } from "@rose-ash/cart-domain/checkout/Restoring"
import type { Settling } from "@rose-ash/cart-domain/checkout/Settling"
import type { Inbox } from "@rose-ash/cart-domain/event/Inbox"
import type { Readiness } from "@rose-ash/cart-domain/health/Readiness"
import type { Identities } from "@rose-ash/cart-domain/identity/Identities"
import type { Orders } from "@rose-ash/cart-domain/order/Orders"
import type { Catalogue } from "@rose-ash/cart-domain/page/Catalogue"
import type { PageConfigs } from "@rose-ash/cart-domain/page/PageConfigs"
import type { PaymentProvider } from "@rose-ash/cart-domain/payment/PaymentProvider"
import type { Ids } from "@rose-ash/cart-domain/text/Ids"
import type { Effect } from "effect"
import type { Answer } from "./Answer.ts"
import type { Asked } from "./Asked.ts"
import type { Pages } from "./Pages.ts"
import type { Refusal } from "./refusals.ts"
import type { Site } from "./Site.ts"

/** Use cases and ports that the web side stands on. */
export type Needs =
  | Adoption
  | Shopping
  | Attending
  | Differences
  | Checkout
  | Settling
  | Restoring
  | Orders
  | PageConfigs
  | Catalogue
  | CalendarEntries
  | Identities
  | PaymentProvider
  | Inbox
  | Readiness
  | Ids

/** What routes find: the domain, and what was made of the configuration. */
export type Services = Needs | Site | Pages

/** Decodes, calls one use case, answers. Whatever it fails with, `problems.ts` knows what to say. */
export type Handler = (asked: Asked) => Effect.Effect<Answer, Refusal, Services>
