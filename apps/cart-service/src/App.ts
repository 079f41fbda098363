import * as Postgres from "@rose-ash/cart-adapters-postgres"
import * as SumUp from "@rose-ash/cart-adapters-sumup"
import * as Domain from "@rose-ash/cart-domain/Domain"
import { LeastTotal } from "@rose-ash/cart-domain/money/LeastTotal"
import * as Express from "@rose-ash/cart-http-express"
import { Layer } from "effect"
import * as configs from "./configs.ts"
import type { Complete } from "./Database.ts"
import * as Mail from "./Mail.ts"
import * as Sellers from "./Sellers.ts"
import * as SubscribersHttp from "./SubscribersHttp.ts"
import * as Telling from "./Telling.ts"
import * as Workers from "./Workers.ts"

/** The ports on PostgreSQL. */
export const storage = (settings: Complete) => Postgres.layer(configs.postgres(settings))

/** Every port: on PostgreSQL, and on SumUp. */
export const ports = (settings: Complete) =>
  SumUp.layer(configs.sumUp(settings)).pipe(Layer.provideMerge(storage(settings)))

/** The use cases on every port, for what is done without serving. */
export const useCases = (settings: Complete) => Domain.layer.pipe(Layer.provideMerge(ports(settings)))

/** Everything: web and workers on the use cases, those on the ports. */
export const layer = (settings: Complete, adapters = ports(settings)) => {
  const domain = Domain.layer.pipe(Layer.provideMerge(adapters))
  const cooperative = Sellers.layer(settings.cooperative, settings.links.market, settings.live)
  const { neighbours, subscribers } = settings.siblings
  return Layer.merge(Express.layer(configs.express(settings)), Workers.layer).pipe(
    Layer.provide(Layer.merge(cooperative, Telling.enlisted(neighbours))),
    Layer.provide(Telling.layer),
    Layer.provideMerge(
      Mail.withLetters(settings).pipe(Layer.provide(SubscribersHttp.layer(settings.publicUrl, subscribers)))
    ),
    Layer.provide(Mail.letters(settings)),
    Layer.provide(domain),
    Layer.provide(Layer.succeed(LeastTotal, settings.leastTotal))
  )
}
