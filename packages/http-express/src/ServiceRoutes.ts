import { schemaPath } from "@rose-ash/cart-domain/event/CloudEvent"
import { dataSchema, eventTypes } from "@rose-ash/cart-domain/event/Published"
import { Readiness } from "@rose-ash/cart-domain/health/Readiness"
import { Orders } from "@rose-ash/cart-domain/order/Orders"
import { PaymentProvider } from "@rose-ash/cart-domain/payment/PaymentProvider"
import { Effect, Option } from "effect"
import { empty, page, text } from "./Answer.ts"
import { fileIn, tokenIn } from "./forms.ts"
import type { Handler } from "./Handler.ts"
import { sayingOf } from "./notices.ts"
import { Pages } from "./Pages.ts"
import { NotFound } from "./refusals.ts"
import { Site } from "./Site.ts"
import { helpModel } from "./views/HelpView.ts"

/**
 * A hint that something changed, and nothing else: its body is not read, and a made-up token looks the
 * same.
 */
export const webhook: Handler = Effect.fnUntraced(function* ({ params }) {
  const { token } = yield* tokenIn(params)
  const provider = yield* PaymentProvider
  const attempt = provider.hint(token)
  if (Option.isNone(attempt)) return empty(204)
  const orders = yield* Orders
  yield* orders.wake(attempt.value)
  return empty(204)
})

export const help: Handler = Effect.fnUntraced(function* ({ caller }) {
  const site = yield* Site
  const pages = yield* (yield* Pages).list
  const title = site.words.views.help.title
  return page("help", helpModel(site, pages), { title, ...sayingOf(site, caller.notice) })
})

export const live: Handler = () => Effect.succeed(text(200, "ok"))

export const ready: Handler = Effect.fnUntraced(function* () {
  const { missing } = yield* Readiness
  const site = yield* Site
  const found = [...(site.draining() ? ["stopping"] : []), ...(yield* missing)]
  return found.length === 0 ? text(200, "ready") : text(503, found.join("\n"))
})

export const robots: Handler = () => Effect.succeed(text(200, "User-agent: *\nDisallow: /\n"))

export const asset: Handler = Effect.fnUntraced(function* ({ params }) {
  const { file } = yield* fileIn(params)
  const site = yield* Site
  const found = site.assets.files.get(file)
  if (found === undefined) return yield* new NotFound({ allow: [] })
  return { _tag: "File", asset: found } as const
})

/** What each kind of event says, below the address that `dataschema` names. */
const schemas: ReadonlyMap<string, string> = new Map(
  eventTypes.map((type) => [schemaPath(type), `${JSON.stringify(dataSchema(type), null, 2)}\n`])
)

export const schema: Handler = Effect.fnUntraced(function* ({ path }) {
  const json = schemas.get(path)
  if (json === undefined) return yield* new NotFound({ allow: [] })
  return { _tag: "Schema", json } as const
})
