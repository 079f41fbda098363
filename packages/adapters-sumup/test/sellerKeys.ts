import { randomUUID } from "node:crypto"
import { type SellerKey, SellerKeyLost, SellerKeys } from "@rose-ash/cart-domain/page/SellerKeys"
import { CredentialId, PageId } from "@rose-ash/cart-domain/text/Ids"
import { Effect, Layer, Redacted } from "effect"

/** A seller with one version of its key. */
export const sellerKey = (name: string, key = `practice-key-${name}`): SellerKey => ({
  pageId: PageId.make(name),
  merchantCode: `M${name.replaceAll("-", "").toUpperCase().slice(0, 12)}`,
  credentialId: CredentialId.make(randomUUID()),
  key: Redacted.make(key)
})

/** The same seller with its next key. */
export const rotated = (seller: SellerKey, key: string): SellerKey => ({
  ...seller,
  credentialId: CredentialId.make(randomUUID()),
  key: Redacted.make(key)
})

export const bakery = sellerKey("ash-bakery")
export const forge = sellerKey("rose-forge")

/** Hands out what is in the list; the last one of a page and merchant is its newest. */
export const keysOf = (list: ReadonlyArray<SellerKey>) =>
  Layer.succeed(
    SellerKeys,
    SellerKeys.of({
      get: (id) => {
        const found = list.find(({ credentialId }) => credentialId === id)
        return found === undefined
          ? Effect.fail(new SellerKeyLost({ credentialId: id }))
          : Effect.succeed(found)
      },
      newest: (pageId, merchantCode) =>
        Effect.sync(
          () => list.findLast((one) => one.pageId === pageId && one.merchantCode === merchantCode) ?? null
        ),
      reseal: Effect.succeed({ sealed: 0, lost: [] }),
      save: () => Effect.die("no test saves a key")
    })
  )
