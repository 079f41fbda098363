import type { PostgresConfig } from "@rose-ash/cart-adapters-postgres"
import type { SumUpConfig } from "@rose-ash/cart-adapters-sumup"
import type { ExpressConfig } from "@rose-ash/cart-http-express"
import type { Complete } from "./Database.ts"

/** What the storage is told. */
export const postgres = (settings: Complete): PostgresConfig => ({
  url: settings.databaseUrl,
  secretKey: settings.secretKey,
  cooperativePage: settings.cooperative.page,
  maxConnections: settings.connections,
  prepare: settings.prepare,
  ...(settings.payUrl === null ? {} : { payUrl: settings.payUrl }),
  ...(settings.previousSecretKey === null ? {} : { previousSecretKey: settings.previousSecretKey })
})

/** What the payment adapter is told; it derives a key of its own from the one secret. */
export const sumUp = (settings: Complete): SumUpConfig => ({
  baseUrl: settings.sumUpBaseUrl,
  publicUrl: settings.publicUrl,
  payOrigins: settings.paymentOrigins,
  live: settings.live,
  hintKey: settings.secretKey,
  ...(settings.previousSecretKey === null ? {} : { previousHintKey: settings.previousSecretKey })
})

/** What the web side is told. */
export const express = (settings: Complete): ExpressConfig => ({
  port: settings.port,
  publicUrl: settings.publicUrl,
  siblingOrigins: settings.siblingOrigins,
  paymentOrigins: settings.paymentOrigins,
  mediaOrigins: settings.mediaOrigins,
  sessionCookie: settings.sessionCookie,
  trustProxy: settings.trustProxy,
  limits: settings.limits,
  links: settings.links,
  internal: settings.siblings.internal,
  practice: !settings.live,
  leastTotal: settings.leastTotal,
  letters: settings.mail !== null,
  development: settings.development,
  ...(settings.host === null ? {} : { host: settings.host }),
  ...(settings.timeZone === null ? {} : { timeZone: settings.timeZone })
})
