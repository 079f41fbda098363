import { randomUUID } from "node:crypto"
import type { SellerKey } from "@rose-ash/cart-domain/page/SellerKeys"
import { reference } from "@rose-ash/cart-domain/payment/PaymentAttempt"
import type { Account } from "@rose-ash/cart-domain/payment/SellerProbe"
import * as PaymentProviderContract from "@rose-ash/cart-domain/testing/PaymentProviderContract"
import { ProviderSeeds, type SellerSeed } from "@rose-ash/cart-domain/testing/ProviderSeeds"
import * as SellerProbeContract from "@rose-ash/cart-domain/testing/SellerProbeContract"
import type { FakeSumUp } from "@rose-ash/fake-sumup"
import { Effect, Layer } from "effect"
import { layer } from "../src/SumUp.ts"
import { hintKey, merchantOf, practiceProvider, publicUrl } from "./practice.ts"
import { keysOf, sellerKey } from "./sellerKeys.ts"

/** What a lost answer is made of: the connection breaks before or after the provider did its part. */
const lost = {
  open: { method: "POST", before: "drop-before", after: "create-then-drop" },
  read: { method: "GET", before: "drop-before", after: "truncate" },
  deactivate: { method: "DELETE", before: "drop-before", after: "truncate" },
  transaction: { method: "GET", before: "drop-before", after: "truncate" },
  refund: { method: "POST", before: "drop-before", after: "truncate" }
} as const

/** The practice provider's other side: its buyers, and sellers that it and the store of keys know. */
const seedsOf = ({ provider }: FakeSumUp, keys: Array<SellerKey>) => {
  const { buyer, faults, ledger, merchants } = provider
  const known = (isTaken: boolean) =>
    Effect.sync(() => {
      const seller = sellerKey(`page-${randomUUID().slice(0, 8)}`)
      keys.push(seller)
      if (isTaken) merchants.add(merchantOf(seller))
      return { pageId: seller.pageId, seller }
    })
  const keyOf = ({ pageId, seller }: SellerSeed): Account => {
    const { merchantCode } = seller
    const found = keys.find((one) => one.merchantCode === merchantCode)
    if (found === undefined) throw new Error("nobody keeps a key for this seller")
    return { pageId, merchantCode, key: found.key }
  }
  const checkoutOf = (merchantCode: string, id: Parameters<typeof reference>[0]) => {
    const [checkout] = ledger.checkoutsOf(merchantCode, reference(id))
    if (checkout === undefined) throw new Error("the provider has not heard of this attempt")
    return checkout
  }
  return ProviderSeeds.of({
    seller: known(true),
    rejected: known(false),
    account: (of) => Effect.sync(() => keyOf(of)),
    pay: ({ id, merchantCode }) => Effect.sync(() => void buyer.pay(checkoutOf(merchantCode, id).id)),
    decline: ({ id, merchantCode }) => Effect.sync(() => void buyer.decline(checkoutOf(merchantCode, id).id)),
    silence: (call, when) =>
      Effect.sync(() => {
        const { method } = lost[call]
        faults.add({ fault: lost[call][when], match: { method } })
      }),
    token: ({ id, merchantCode }) =>
      Effect.sync(() => checkoutOf(merchantCode, id).returnUrl?.split("/").at(-1) ?? "")
  })
}

const ports = Layer.unwrap(
  Effect.gen(function* () {
    const fake = yield* practiceProvider([])
    const keys: Array<SellerKey> = []
    const config = { baseUrl: fake.url, publicUrl, hintKey, payOrigins: [fake.url], live: false }
    return Layer.merge(
      Layer.provide(layer(config), keysOf(keys)),
      Layer.succeed(ProviderSeeds, seedsOf(fake, keys))
    )
  })
)

PaymentProviderContract.suite("SumUp", ports, { excludeTestServices: true })
SellerProbeContract.suite("SumUp", ports, { excludeTestServices: true })
