import { Currency } from "@rose-ash/cart-domain/money/Currency"
import { Seller } from "@rose-ash/cart-domain/page/PageConfig"
import { PageId } from "@rose-ash/cart-domain/text/Ids"
import { Email, line, Url } from "@rose-ash/cart-domain/text/Text"
import { Effect, Redacted, Schema } from "effect"
import { CannotStart } from "./CannotStart.ts"
import { configure, notAccepted } from "./Sellers.ts"

const Given = Schema.Struct({
  id: PageId,
  name: line(120),
  currency: Currency,
  merchantCode: Schema.optionalKey(Seller.fields.merchantCode),
  apiKey: Schema.optionalKey(Schema.String.check(Schema.isBetweenLength(8, 500))),
  acceptsLate: Schema.Boolean,
  refundsAlone: Schema.Boolean,
  contact: Schema.NullOr(Email),
  url: Schema.NullOr(Url)
})
const decode = Schema.decodeUnknownEffect(
  Schema.fromJsonString(Schema.Array(Given).check(Schema.isMaxLength(1000)))
)

/** Everything that stands in standard input. */
const input = Effect.callback<string, CannotStart>((resume) => {
  const chunks: Array<string> = []
  process.stdin
    .setEncoding("utf8")
    .on("data", (chunk: string) => void chunks.push(chunk))
    .once("end", () => resume(Effect.succeed(chunks.join(""))))
    .once("error", () =>
      resume(Effect.fail(new CannotStart({ sentences: ["Standard input cannot be read."] })))
    )
})

/**
 * Saves the pages that a JSON list on standard input describes; keys are sealed once SumUp says whose they
 * are. Says how many, and of each key that was not accepted why.
 */
export const pages = Effect.fnUntraced(function* (live: boolean) {
  const text = yield* input
  // The text holds keys: of what is wrong with it only the kind is told.
  const given = yield* Effect.mapError(
    decode(text),
    () =>
      new CannotStart({
        sentences: [
          "Standard input is not a JSON list of pages: " +
            "{id, name, currency, merchantCode?, apiKey?, acceptsLate, refundsAlone, contact, url}."
        ]
      })
  )
  const refused = yield* Effect.forEach(given, ({ apiKey, merchantCode, ...page }) => {
    const none = merchantCode === undefined || apiKey === undefined
    const account = none ? null : { merchantCode, key: Redacted.make(apiKey) }
    return Effect.match(configure({ page, account }, live), {
      onSuccess: () => [],
      onFailure: (refusal) => [notAccepted(refusal)]
    })
  })
  if (refused.flat().length > 0) return yield* new CannotStart({ sentences: refused.flat() })
  yield* Effect.log("pages are saved", { pages: given.length })
})
