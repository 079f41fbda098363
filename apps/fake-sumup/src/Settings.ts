import type { FakeSumUpOptions } from "./FakeSumUp.ts"
import { isList, isObject, type Json, parsed, text } from "./json.ts"
import type { MerchantSettings } from "./Merchants.ts"
import { isCurrency } from "./money.ts"

/** A merchant from JSON, as settings and the admin routes take it. */
export const readMerchant = (json: Json): MerchantSettings | undefined => {
  if (!isObject(json)) return undefined
  const { default_currency, sandbox } = json
  const [api_key, merchant_code] = [text(json["api_key"]), text(json["merchant_code"])]
  if (api_key === undefined || merchant_code === undefined || !isCurrency(default_currency)) return undefined
  const [country, name] = [text(json["country"]) ?? "GB", text(json["name"]) ?? merchant_code]
  return { api_key, merchant_code, country, default_currency, sandbox: sandbox !== false, name }
}

type Read = (value: string) => FakeSumUpOptions | undefined

const readMerchants: Read = (value) => {
  const list = parsed(value)
  const read = isList(list) ? list.map(readMerchant) : []
  const merchants = read.filter((one) => one !== undefined)
  return merchants.length > 0 && merchants.length === read.length ? { merchants } : undefined
}

const readPort: Read = (value) =>
  /^\d{1,5}$/.test(value) && Number(value) < 65_536 ? { port: Number(value) } : undefined

const readUrl: Read = (value) => {
  const url = URL.parse(value)
  return url !== null && /^https?:$/.test(url.protocol) ? { publicUrl: url.origin } : undefined
}

const readScale: Read = (value) =>
  Number(value) > 0 && Number.isFinite(Number(value)) ? { webhookScale: Number(value) } : undefined

const fields = '{"api_key", "merchant_code", "country", "default_currency", "sandbox", "name"}'
const retries = "a number above 0: 60 makes a retry after 60 s come after 1 s."

/** Every variable: what it is, the options it stands for if it is that, and what it is when it is not set. */
const variables: ReadonlyArray<readonly [name: string, is: string, read: Read, fallback?: string]> = [
  ["FAKE_SUMUP_PORT", "a port number from 0 to 65535.", readPort, "8010"],
  ["FAKE_SUMUP_PUBLIC_URL", "an address like http://localhost:8010.", readUrl],
  ["FAKE_SUMUP_WEBHOOK_SCALE", retries, readScale, "1"],
  ["FAKE_SUMUP_MERCHANTS", `a JSON list of ${fields}.`, readMerchants],
  ["FAKE_SUMUP_DATA", "a file.", (dataFile) => ({ dataFile })]
]

/** The options that an environment asks for, or every sentence about what is wrong with it. */
export const readSettings = (environment: NodeJS.ProcessEnv) => {
  const wrong: Array<string> = []
  let options: FakeSumUpOptions = {}
  for (const [name, is, read, fallback] of variables) {
    const value = environment[name] || fallback
    const found = value === undefined ? {} : read(value)
    if (found === undefined) wrong.push(`${name} is ${is}`)
    else options = { ...options, ...found }
  }
  return wrong.length > 0 ? { wrong } : { options }
}
