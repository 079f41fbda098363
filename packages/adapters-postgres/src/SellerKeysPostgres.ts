import { type SellerKey, SellerKeyLost, SellerKeys } from "@rose-ash/cart-domain/page/SellerKeys"
import { CredentialId, Ids, PageId } from "@rose-ash/cart-domain/text/Ids"
import { Effect, Layer, Option, Predicate, Redacted, Schema } from "effect"
import { reader } from "./rows.ts"
import { type Sealed, sealing } from "./seal.ts"
import { Tx } from "./Tx.ts"

const versionsMost = 100
const Version = Schema.Struct({ id: CredentialId, pageId: PageId, merchantCode: Schema.String })
const version = reader("SellerKeys", Version)
interface Row extends Sealed {
  readonly id: string
  readonly page_id: string
  readonly merchant_code: string
}

/** Sellers' keys, sealed at rest, by `secret` (and, until they are sealed anew, by the previous one). */
export const layer = (secret: Redacted.Redacted, previous: Redacted.Redacted | undefined) =>
  Layer.effect(
    SellerKeys,
    Effect.gen(function* () {
      const { one, run, sql } = yield* Tx
      const ids = yield* Ids
      const { kid: present, open, seal } = sealing(secret, previous)

      /** One version, opened; null when it can no longer be. */
      const opened = Effect.fnUntraced(function* (row: Row) {
        const { id, merchantCode, pageId } = yield* version({
          id: row.id,
          pageId: row.page_id,
          merchantCode: row.merchant_code
        })
        const key = Option.getOrNull(yield* open({ pageId, merchantCode, credentialId: id }, row))
        if (key === null) yield* Effect.logError("a seller's key cannot be opened", { credential: id })
        const sellerKey: SellerKey | null =
          key === null ? null : { credentialId: id, pageId, merchantCode, key }
        return sellerKey
      })

      const versions = (pageId: PageId, merchantCode: string, most: number) =>
        sql<Row>`SELECT c.id, c.page_id, c.merchant_code, c.kid, c.nonce, c.sealed
          FROM cart.seller_credential c
          WHERE c.page_id = ${pageId} AND c.merchant_code = ${merchantCode}
          ORDER BY c.chosen_at DESC LIMIT ${most}`

      const insert = Effect.fnUntraced(function* (
        pageId: PageId,
        merchantCode: string,
        key: Redacted.Redacted
      ) {
        const credentialId = CredentialId.make(yield* ids.uuid)
        const { kid, nonce, sealed } = yield* seal({ pageId, merchantCode, credentialId }, key)
        yield* sql`INSERT INTO cart.seller_credential (id, page_id, merchant_code, kid, nonce, sealed)
          VALUES (${credentialId}, ${pageId}, ${merchantCode}, ${kid}, ${nonce}, ${sealed})`
        return credentialId
      })

      /** The page's row is locked first, so that the same key saved twice at once is one version. */
      const save = Effect.fnUntraced(function* (
        pageId: PageId,
        merchantCode: string,
        key: Redacted.Redacted
      ) {
        yield* sql`SELECT FROM cart.page_config p WHERE p.id = ${pageId} FOR NO KEY UPDATE`
        const known = yield* Effect.forEach(yield* versions(pageId, merchantCode, versionsMost), opened)
        const same = known.find((one) => one !== null && Redacted.value(one.key) === Redacted.value(key))
        const credentialId = same?.credentialId ?? (yield* insert(pageId, merchantCode, key))
        yield* sql`UPDATE cart.seller_credential SET chosen_at = clock_timestamp() WHERE id = ${credentialId}`
        yield* sql`UPDATE cart.page_config
          SET credential_id = ${credentialId}, paused = false, changed_at = now() WHERE id = ${pageId}`
        return { merchantCode, credentialId }
      })

      /** The next version that another key sealed, opened and sealed anew; null when there is none. */
      const next = Effect.fnUntraced(function* (after: string) {
        const [row] = yield* sql<Row>`SELECT c.id, c.page_id, c.merchant_code, c.kid, c.nonce, c.sealed
          FROM cart.seller_credential c WHERE c.kid <> ${present} AND c.id > ${after}::uuid
          ORDER BY c.id LIMIT 1 FOR UPDATE`
        if (row === undefined) return null
        const found = yield* opened(row)
        if (found === null) return { id: row.id, lost: true }
        const { kid, nonce, sealed } = yield* seal(found, found.key)
        yield* sql`UPDATE cart.seller_credential SET kid = ${kid}, nonce = ${nonce}, sealed = ${sealed}
          WHERE id = ${row.id}`
        return { id: row.id, lost: false }
      })
      const reseal = Effect.gen(function* () {
        const lost: Array<CredentialId> = []
        let [sealed, after] = [0, "00000000-0000-0000-0000-000000000000"]
        for (;;) {
          const one = yield* run({ name: "SellerKeys.reseal", idempotentBy: "kid" }, next(after))
          if (one === null) return { sealed, lost }
          if (one.lost) lost.push(CredentialId.make(one.id))
          else sealed += 1
          after = one.id
        }
      })

      return SellerKeys.of({
        reseal,
        get: (id) =>
          one(
            { name: "SellerKeys.get", idempotentBy: "read" },
            sql<Row>`SELECT c.id, c.page_id, c.merchant_code, c.kid, c.nonce, c.sealed
              FROM cart.seller_credential c WHERE c.id = ${id}`
          ).pipe(
            Effect.flatMap(([row]) => (row === undefined ? Effect.succeed(null) : opened(row))),
            Effect.filterOrFail(Predicate.isNotNull, () => new SellerKeyLost({ credentialId: id }))
          ),
        newest: (pageId, merchantCode) =>
          one({ name: "SellerKeys.newest", idempotentBy: "read" }, versions(pageId, merchantCode, 1)).pipe(
            Effect.flatMap(([row]) => (row === undefined ? Effect.succeed(null) : opened(row)))
          ),
        save: (pageId, merchantCode, key) =>
          run({ name: "SellerKeys.save", idempotentBy: "key" }, save(pageId, merchantCode, key))
      })
    })
  )
