import type { FakeSumUpOptions } from "./FakeSumUp.ts"
import { isList, isObject, type Json, parsed } from "./json.ts"
import type { MerchantSettings } from "./Merchants.ts"
import { isCurrency } from "./money.ts"

type Environment = { readonly [name: string]: string | undefined }

/** A text is what is wrong with a setting. */
type Read<A> = { readonly value: A } | { readonly wrong: string }

const given = (environment: Environment, name: string): string | undefined => environment[name] || undefined

const port = (environment: Environment): Read<number> => {
  const value = Number(given(environment, "FAKE_SUMUP_PORT") ?? 8010)
  return Number.isInteger(value) && value >= 0 && value < 65_536
    ? { value }
    : { wrong: "FAKE_SUMUP_PORT is a port number from 0 to 65535." }
}

const publicUrl = (environment: Environment): Read<string | undefined> => {
  const text = given(environment, "FAKE_SUMUP_PUBLIC_URL")
  if (text === undefined) return { value: undefined }
  const url = URL.parse(text)
  return url?.protocol === "http:" || url?.protocol === "https:"
    ? { value: url.origin }
    : { wrong: "FAKE_SUMUP_PUBLIC_URL is an address like http://localhost:8010." }
}

const scale = (environment: Environment): Read<number> => {
  const value = Number(given(environment, "FAKE_SUMUP_WEBHOOK_SCALE") ?? 1)
  return value > 0 && Number.isFinite(value)
    ? { value }
    : { wrong: "FAKE_SUMUP_WEBHOOK_SCALE is a number above 0: 60 makes a retry after 60 s come after 1 s." }
}

const merchant = (json: Json): MerchantSettings | undefined => {
  if (!isObject(json)) return undefined
  const { api_key, merchant_code, country, default_currency, sandbox, name } = json
  if (typeof api_key !== "string" || typeof merchant_code !== "string" || !isCurrency(default_currency)) {
    return undefined
  }
  return {
    api_key,
    merchant_code,
    country: typeof country === "string" ? country : "GB",
    default_currency,
    sandbox: sandbox !== false,
    name: typeof name === "string" ? name : merchant_code
  }
}

/** A merchant from JSON, as settings and the admin routes take it. */
export const readMerchant = merchant

const merchants = (environment: Environment): Read<ReadonlyArray<MerchantSettings> | undefined> => {
  const text = given(environment, "FAKE_SUMUP_MERCHANTS")
  if (text === undefined) return { value: undefined }
  const list = parsed(text)
  const read = isList(list) ? list.map(merchant) : []
  const value = read.filter((one) => one !== undefined)
  return value.length > 0 && value.length === read.length
    ? { value }
    : {
        wrong:
          "FAKE_SUMUP_MERCHANTS is a JSON list of " +
          '{"api_key", "merchant_code", "country", "default_currency", "sandbox", "name"}.'
      }
}

/** The options that an environment asks for, or every sentence about what is wrong with it. */
export const readSettings = (
  environment: Environment
): { readonly options: FakeSumUpOptions } | { readonly wrong: ReadonlyArray<string> } => {
  const read = {
    port: port(environment),
    publicUrl: publicUrl(environment),
    webhookScale: scale(environment),
    merchants: merchants(environment)
  }
  const wrong = Object.values(read).flatMap((one) => ("wrong" in one ? [one.wrong] : []))
  if (wrong.length > 0) return { wrong }
  const dataFile = given(environment, "FAKE_SUMUP_DATA")
  return {
    options: {
      ...("value" in read.port ? { port: read.port.value } : {}),
      ...optional("publicUrl", read.publicUrl),
      ...optional("webhookScale", read.webhookScale),
      ...optional("merchants", read.merchants),
      ...(dataFile === undefined ? {} : { dataFile })
    }
  }
}

const optional = <K extends string, A>(name: K, read: Read<A | undefined>): { [P in K]?: A } => {
  const found: { [P in K]?: A } = {}
  if ("value" in read && read.value !== undefined) found[name] = read.value
  return found
}
