import { existsSync, readFileSync } from "node:fs"
import { resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { Result, Schema } from "effect"
import { parseDocument } from "yaml"

const Text = Schema.optionalKey(Schema.String)
const AppConfig = Schema.Struct({
  urls: Schema.optionalKey(Schema.Struct({ blog: Text, market: Text, cart: Text, events: Text })),
  sumup: Schema.optionalKey(Schema.Struct({ base_url: Text })),
  cooperative: Schema.optionalKey(
    Schema.Struct({ page: Text, name: Text, merchant_code: Text, currency: Text })
  )
})
const decode = Schema.decodeUnknownResult(AppConfig)

/**
 * What app-config.yaml says, by dotted names such as `urls.cart`, and every sentence about what is wrong
 * with it.
 */
export interface ConfigFile {
  readonly path: string | null
  readonly values: ReadonlyMap<string, string>
  readonly wrong: ReadonlyArray<string>
}

const beside = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * A file that was named must be there; else the first found: the working folder's, the one built in, the
 * source's.
 */
const find = (given: string | undefined): string | undefined =>
  given ??
  [
    resolve("config/app-config.yaml"),
    beside("./app-config.yaml"),
    beside("../../../config/app-config.yaml")
  ].find((path) => existsSync(path))

const failed = (path: string | null, ...wrong: ReadonlyArray<string>): ConfigFile => ({
  path,
  values: new Map(),
  wrong
})

/** Reads the configuration file; a problem with it is a sentence, never a failure. */
export const read = (given: string | undefined): ConfigFile => {
  const path = find(given)
  if (path === undefined) return failed(null)
  const text = Result.try(() => readFileSync(path, "utf8"))
  if (Result.isFailure(text)) return failed(path, `${path} cannot be read: correct CONFIG_FILE.`)
  const document = parseDocument(text.success)
  if (document.errors.length > 0) {
    const where = document.errors.map(({ linePos }) => linePos?.[0].line ?? "?")
    return failed(path, `${path} is not YAML: look at line ${where.join(", ")}.`)
  }
  const config = decode(document.toJS() ?? {}, { errors: "all", onExcessProperty: "error" })
  if (Result.isFailure(config)) {
    const lines = config.failure.message.split("\n").map((line) => line.trim())
    return failed(path, `${path} does not look as it should: ${lines.join(" ")}.`)
  }
  const values = Object.entries(config.success).flatMap(([section, fields]) =>
    Object.entries(fields).map(([name, value]): [string, string] => [`${section}.${name}`, value])
  )
  return { path, values: new Map(values), wrong: [] }
}
