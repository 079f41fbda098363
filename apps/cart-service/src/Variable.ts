import { Option, Redacted, Schema } from "effect"

/** One setting: its variable, its other place, what a good value is, and how it is read. */
export interface Variable<A> {
  readonly name: string
  /** Its place in config/app-config.yaml, for those that may stand there. */
  readonly at: string | null
  /** What to write there, to go on after "is missing:" and "is wrong:". */
  readonly is: string
  readonly decode: (text: string) => Option.Option<A>
}

type Named = Pick<Variable<unknown>, "name" | "is"> & { readonly at?: string }

/** A variable that reads as a schema says. */
export const of = <A>(named: Named, schema: Schema.Decoder<A>): Variable<A> => ({
  at: null,
  ...named,
  decode: Schema.decodeUnknownOption(schema)
})

/** A variable read by a function that answers nothing to what is wrong. */
export const by = <A>(named: Named, read: (text: string) => A | undefined): Variable<A> => ({
  at: null,
  ...named,
  decode: (text) => Option.fromUndefinedOr(read(text))
})

const webOrigin = (text: string): string | undefined => {
  const url = URL.parse(text)
  const isWeb = url?.protocol === "https:" || url?.protocol === "http:"
  const isPlain = url?.href === `${url?.origin}/` && !url.hostname.includes("*")
  return url !== null && isWeb && isPlain ? url.origin : undefined
}

/** An address without a path: scheme, host and port. */
export const origin = (named: Named): Variable<string> => by(named, webOrigin)

const wildcard = /^https:\/\/\*(\.[a-z0-9-]+){2,}$/

/**
 * Addresses without paths, separated by commas or spaces; `https://*.example.org` stands for all of its
 * hosts.
 */
export const origins = (named: Named): Variable<ReadonlyArray<string>> =>
  by(named, (text) => {
    const given = text.split(/[\s,]+/).filter((one) => one !== "")
    const read = given.map((one) => (wildcard.test(one) ? one : webOrigin(one)))
    const good = read.filter((one) => one !== undefined)
    return good.length === read.length ? good : undefined
  })

/** A whole number between two others, both allowed. */
export const count = (named: Named, minimum: number, maximum: number): Variable<number> =>
  of(named, Schema.FiniteFromString.check(Schema.isInt(), Schema.isBetween({ minimum, maximum })))

/** A secret of at least so many bytes. */
export const secret = (named: Named, bytesLeast: number): Variable<Redacted.Redacted> =>
  by(named, (text) => (new TextEncoder().encode(text).length < bytesLeast ? undefined : Redacted.make(text)))

/** The address of a PostgreSQL database, password included. */
export const database = (named: Named): Variable<Redacted.Redacted> =>
  by(named, (text) => {
    const isDatabase = /^postgres(ql)?:$/.test(URL.parse(text)?.protocol ?? "")
    return isDatabase ? Redacted.make(text) : undefined
  })

/** The address of a mail server, password included. */
export const mail = (named: Named): Variable<Redacted.Redacted> =>
  by(named, (text) => (/^smtps?:$/.test(URL.parse(text)?.protocol ?? "") ? Redacted.make(text) : undefined))

const answers = new Map([
  ["yes", true],
  ["true", true],
  ["1", true],
  ["no", false],
  ["false", false],
  ["0", false]
])

/** yes or no. */
export const yesOrNo = (named: Named): Variable<boolean> =>
  by(named, (text) => answers.get(text.toLowerCase()))
