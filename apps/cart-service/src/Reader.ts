import { Option } from "effect"
import type { ConfigFile } from "./ConfigFile.ts"
import type { Variable } from "./Variable.ts"

export type Environment = { readonly [name: string]: string | undefined }

/**
 * Reads variables and remembers every sentence about those that are missing or wrong. Values are never
 * repeated.
 */
export class Reader {
  readonly #environment: Environment
  readonly #file: ConfigFile
  readonly wrong: Array<string>

  constructor(environment: Environment, file: ConfigFile) {
    this.#environment = environment
    this.#file = file
    this.wrong = [...file.wrong]
  }

  /** Set to nothing is not set: that is how `docker run --env-file` hands over a line that ends in `=`. */
  given(variable: Variable<unknown>): string | undefined {
    return this.#environment[variable.name] || undefined
  }

  optional<A>(variable: Variable<A>): A | null {
    const given = this.given(variable)
    const text = given ?? this.#file.values.get(variable.at ?? "")
    if (text === undefined) return null
    const read = variable.decode(text)
    if (Option.isSome(read)) return read.value
    const name = given === undefined ? `${variable.at} in ${this.#file.path}` : variable.name
    this.wrong.push(`${name} is wrong: write ${variable.is}.`)
    return null
  }

  /** `instead` stands in while the other variables are read: with a sentence remembered nothing starts. */
  needed<A>(variable: Variable<A>, instead: A): A {
    const before = this.wrong.length
    const read = this.optional(variable)
    if (read === null && this.wrong.length === before) this.missing(variable)
    return read ?? instead
  }

  missing(variable: Variable<unknown>): void {
    const place =
      variable.at === null || this.#file.path === null ? "" : ` (or ${variable.at} in ${this.#file.path})`
    this.wrong.push(`${variable.name} is missing: set it${place} to ${variable.is}.`)
  }
}
