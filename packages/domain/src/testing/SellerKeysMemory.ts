import { Effect, HashMap, Layer, Redacted, Result } from "effect"
import { type SellerKey, SellerKeyLost, SellerKeys } from "../page/SellerKeys.ts"
import { CredentialId } from "../text/Ids.ts"
import { at, World, wrote } from "./World.ts"

/** Sellers' keys in memory: nothing is sealed, for there is no rest to be sealed at. */
export const layer = Layer.effect(
  SellerKeys,
  Effect.map(World, (world) =>
    SellerKeys.of({
      get: (id) =>
        world.step("SellerKeys.get", (state) => {
          const key = state.keys.find(({ credentialId }) => credentialId === id)
          return key === undefined ? Result.fail(new SellerKeyLost({ credentialId: id })) : wrote(key, state)
        }),
      newest: (pageId, merchantCode) =>
        world.look(
          "SellerKeys.newest",
          ({ keys }) =>
            keys.findLast((key) => key.pageId === pageId && key.merchantCode === merchantCode) ?? null
        ),
      reseal: Effect.succeed({ sealed: 0, lost: [] }),
      save: (pageId, merchantCode, key) =>
        world.step("SellerKeys.save", (state) => {
          const same = state.keys.find(
            (other) =>
              other.pageId === pageId &&
              other.merchantCode === merchantCode &&
              Redacted.value(other.key) === Redacted.value(key)
          )
          const credentialId = same?.credentialId ?? CredentialId.make(world.mint())
          const saved: SellerKey = { credentialId, pageId, merchantCode, key }
          const page = at(state.pages, pageId)
          const seller = { merchantCode, credentialId }
          const pages =
            page === undefined
              ? state.pages
              : HashMap.set(state.pages, pageId, { ...page, seller, paused: false })
          const keys = [...state.keys.filter((other) => other !== same), saved]
          return wrote(seller, { ...state, keys, pages })
        })
    })
  )
)
