import { SellerKeys } from "@rose-ash/cart-domain/page/SellerKeys"
import { ProviderLedger } from "@rose-ash/cart-domain/payment/ProviderLedger"
import { second } from "@rose-ash/cart-domain/time/Instant"
import { Clock, DateTime, Effect } from "effect"
import { makeExchange } from "./Exchange.ts"
import { makeSellers } from "./Sellers.ts"
import { makeSumUpApi } from "./SumUpApi.ts"
import { type Caller, makeSumUpCalls } from "./SumUpCalls.ts"
import { type SumUpConfig, withoutSlash } from "./SumUpConfig.ts"
import { failure, type SumUpFailure, toPort } from "./SumUpFailure.ts"
import type { SumUpHistoryPage } from "./SumUpTransaction.ts"
import { transactionFacts } from "./transactionFacts.ts"

const readMost = 60 * second
const transactionsMost = 2000
const pagesMost = 100

const nextOf = ({ links }: SumUpHistoryPage): string | undefined =>
  links?.find(({ rel }) => rel === "next")?.href

/**
 * SumUp's books of one seller: its history says which payments changed, and each payment is then read by
 * itself, for only there stands all that went back of it.
 */
export const makeProviderLedger = Effect.fnUntraced(function* (config: Pick<SumUpConfig, "baseUrl">) {
  const baseUrl = withoutSlash(config.baseUrl)
  const api = makeSumUpApi(makeSumUpCalls(yield* makeExchange(baseUrl), yield* makeSellers))
  const keys = yield* SellerKeys

  /** The payments that a history speaks of. One that leads back to itself, or never ends, is none. */
  const changed = Effect.fnUntraced(function* (by: Caller, since: string) {
    const ids = new Set<string>()
    const seen = new Set<string>()
    let page = yield* api.history(by, { since })
    for (;;) {
      for (const { transaction_id } of page.items) ids.add(transaction_id)
      const next = nextOf(page)
      if (next === undefined) return ids
      if (seen.has(next) || seen.size >= pagesMost || ids.size > transactionsMost)
        return yield* failure("garbled")
      seen.add(next)
      page = yield* api.history(by, { next })
    }
  })

  const factsOf = Effect.fnUntraced(function* (by: Caller, id: string) {
    const transaction = yield* api.transaction(by, id)
    // A card that was refused moved nothing.
    if (transaction.status === "FAILED" || transaction.status === "CANCELLED") return []
    if (transaction.status === "PENDING") return []
    const facts = transactionFacts(transaction)
    return facts === undefined ? yield* failure("garbled") : [facts]
  })

  return ProviderLedger.of({
    since: Effect.fn("ProviderLedger.since")(function* ({ merchantCode, pageId }, since) {
      const newest = yield* keys.newest(pageId, merchantCode)
      const read = Effect.gen(function* () {
        if (newest === null) return yield* failure("key")
        const by: Caller = {
          merchantCode,
          key: newest.key,
          until: (yield* Clock.currentTimeMillis) + readMost
        }
        const ids = yield* changed(by, DateTime.formatIso(DateTime.makeUnsafe(since)))
        return (yield* Effect.forEach(ids, (id) => factsOf(by, id))).flat()
      })
      return yield* Effect.mapError(read, (error: SumUpFailure) => toPort(pageId)(error))
    })
  })
})
