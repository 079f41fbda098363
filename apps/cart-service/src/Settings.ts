import type { Currency } from "@rose-ash/cart-domain/money/Currency"
import { leastUsual } from "@rose-ash/cart-domain/money/LeastTotal"
import { PageId } from "@rose-ash/cart-domain/text/Ids"
import type { Limits } from "@rose-ash/cart-http-express"
import { Data, Effect, type LogLevel, type Redacted } from "effect"
import * as ConfigFile from "./ConfigFile.ts"
import { type Environment, Reader } from "./Reader.ts"
import { type Siblings, siblings } from "./Siblings.ts"
import { variables } from "./variables.ts"

/** The page of the cooperative itself, and the account that pays for it; null: it takes no payments. */
export interface Cooperative {
  readonly page: PageId
  readonly name: string
  readonly currency: Currency
  readonly merchantCode: string | null
  readonly sumUpKey: Redacted.Redacted | null
}

/** Everything the service is told, checked. Addresses are origins without a trailing slash. */
export interface Settings {
  readonly production: boolean
  /** Somebody is changing the sources: views are read again at every request. */
  readonly development: boolean
  readonly port: number
  /** Null: every address of this machine. */
  readonly host: string | null
  readonly publicUrl: string
  readonly links: { readonly blog: string; readonly market: string; readonly events: string }
  readonly siblingOrigins: ReadonlyArray<string>
  readonly paymentOrigins: ReadonlyArray<string>
  readonly mediaOrigins: ReadonlyArray<string>
  readonly trustProxy: number
  /** Requests a minute; what is not named here stays as usual. */
  readonly limits: Partial<Limits>
  readonly sessionCookie: string
  readonly siblings: Siblings
  readonly timeZone: string | null
  /** Null, never in production: the embedded database. */
  readonly databaseUrl: Redacted.Redacted | null
  readonly migrateUrl: Redacted.Redacted | null
  readonly payUrl: Redacted.Redacted | null
  readonly connections: number
  readonly prepare: boolean
  readonly dataDir: string | null
  /** Null, never in production: one is made and kept in the data folder. */
  readonly secretKey: Redacted.Redacted<string> | null
  readonly previousSecretKey: Redacted.Redacted<string> | null
  readonly sumUpBaseUrl: string
  /** Real money: SumUp itself, and no sandbox account. */
  readonly live: boolean
  /** The smallest total that is asked for online, in hundredths of a unit of whatever currency. */
  readonly leastTotal: number
  readonly cooperative: Cooperative
  /** Who brings letters; null: none are sent. */
  readonly mail: { readonly url: Redacted.Redacted; readonly from: string } | null
  readonly logLevel: LogLevel.LogLevel
  readonly stopWithStdin: boolean
}

/** The service was not told enough, or not well. One sentence each: the variable, and what to do. */
export class SettingsWrong extends Data.TaggedError("SettingsWrong")<{
  readonly sentences: ReadonlyArray<string>
}> {}

const sumUp = "https://api.sumup.com"
/** The merchant in the configuration file that comes along: nobody's, so no real money is meant for it. */
const practiceMerchant = "MROSEASH"
const isLoopback = (origin: string) => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(origin).hostname)
const isSafe = (origin: string) => origin.startsWith("https://")
const nowhere = "https://missing.invalid"

const web = (reader: Reader, production: boolean) => {
  const publicUrl = reader.needed(variables.publicUrl, nowhere)
  const links = {
    blog: reader.needed(variables.blog, nowhere),
    market: reader.needed(variables.market, nowhere),
    events: reader.needed(variables.events, nowhere)
  }
  // On one's own machine a container may be tried without a certificate, if that is what was asked for.
  const isTrial = isLoopback(publicUrl) && reader.given(variables.publicUrl) !== undefined
  const origins = [
    [variables.publicUrl, publicUrl],
    [variables.blog, links.blog],
    [variables.market, links.market],
    [variables.events, links.events]
  ] as const
  for (const [{ is, name }, address] of origins)
    if (production && !isTrial && !isSafe(address))
      reader.wrong.push(`${name} is not https, which production needs: set it to ${is}.`)
  return {
    port: reader.optional(variables.port) ?? 8002,
    host: reader.optional(variables.host),
    publicUrl,
    links,
    siblingOrigins: reader.optional(variables.siblingOrigins) ?? [...new Set(Object.values(links))],
    mediaOrigins: reader.optional(variables.mediaOrigins) ?? [links.market],
    trustProxy: reader.optional(variables.trustProxy) ?? 0,
    limits: reader.optional(variables.limits) ?? {},
    sessionCookie: reader.optional(variables.sessionCookie) ?? "rose_session",
    timeZone: reader.optional(variables.timeZone)
  }
}

const storage = (reader: Reader, production: boolean) => {
  const databaseUrl = reader.optional(variables.databaseUrl)
  const secretKey = reader.optional(variables.secretKey)
  for (const variable of [variables.databaseUrl, variables.secretKey])
    if (production && reader.given(variable) === undefined) reader.missing(variable)
  return {
    databaseUrl,
    migrateUrl: reader.optional(variables.migrateUrl),
    payUrl: reader.optional(variables.payUrl),
    connections: reader.optional(variables.connections) ?? 10,
    prepare: reader.optional(variables.prepare) ?? true,
    dataDir: reader.optional(variables.dataDir),
    secretKey,
    previousSecretKey: reader.optional(variables.previousSecretKey)
  }
}

const payment = (reader: Reader, production: boolean) => {
  const sumUpBaseUrl = reader.needed(variables.sumUpBaseUrl, sumUp)
  const merchantCode = reader.optional(variables.merchantCode)
  const sumUpKey = reader.optional(variables.sumUpKey)
  if (!isSafe(sumUpBaseUrl) && !isLoopback(sumUpBaseUrl))
    reader.wrong.push(`${variables.sumUpBaseUrl.name} is not https: keys would travel readably.`)
  if (production && merchantCode !== null && reader.given(variables.sumUpKey) === undefined)
    reader.missing(variables.sumUpKey)
  const sandbox = reader.optional(variables.sandbox) ?? false
  const live = production && sumUpBaseUrl === sumUp && !sandbox
  if (live && merchantCode === practiceMerchant) reader.missing(variables.merchantCode)
  return {
    sumUpBaseUrl,
    live,
    leastTotal: reader.optional(variables.leastTotal) ?? leastUsual,
    paymentOrigins: reader.optional(variables.paymentOrigins) ?? ["https://*.sumup.com"],
    cooperative: {
      page: reader.needed(variables.page, PageId.make("missing")),
      name: reader.needed(variables.pageName, "missing"),
      currency: reader.needed(variables.currency, "GBP"),
      merchantCode,
      sumUpKey
    }
  }
}

const mailOf = (reader: Reader): Settings["mail"] => {
  const [url, from] = [reader.optional(variables.mailUrl), reader.optional(variables.mailFrom)]
  if (url !== null && reader.given(variables.mailFrom) === undefined) reader.missing(variables.mailFrom)
  return url === null || from === null ? null : { url, from }
}

/**
 * Reads and checks everything at once. `built`: this is a build, which is production unless told otherwise.
 */
export const read = (environment: Environment, built: boolean): Effect.Effect<Settings, SettingsWrong> =>
  Effect.suspend(() => {
    const file = ConfigFile.read(environment[variables.configFile.name] || undefined)
    const reader = new Reader(environment, file)
    const kind = reader.optional(variables.environment)
    const production = kind === null ? built : kind === "production"
    const settings: Settings = {
      production,
      development: kind === "development",
      ...web(reader, production),
      siblings: siblings(reader),
      ...storage(reader, production),
      ...payment(reader, production),
      mail: mailOf(reader),
      logLevel: reader.optional(variables.logLevel) ?? "Info",
      stopWithStdin: reader.optional(variables.stopWithStdin) ?? false
    }
    const sentences = reader.wrong
    return sentences.length > 0 ? Effect.fail(new SettingsWrong({ sentences })) : Effect.succeed(settings)
  })
