import { Effect, Layer } from "effect"
import { CredentialId, PageId } from "../text/Ids.ts"
import { fresh } from "./acting.ts"
import { ProviderSeeds } from "./ProviderSeeds.ts"
import { rejectedMerchant, Scripted } from "./Scripted.ts"
import { keyOf } from "./SellerProbeScripted.ts"

const sellerOf = (prefix: string) =>
  Effect.gen(function* () {
    const credentialId = CredentialId.make(yield* fresh)
    const mark = credentialId.slice(-12)
    return {
      pageId: PageId.make(`page-${mark}`),
      seller: { merchantCode: `${prefix}-${mark}`, credentialId }
    }
  })

/** The scripted provider's other side, as contracts ask for it. */
export const layer = Layer.effect(
  ProviderSeeds,
  Effect.map(Scripted, (scripted) =>
    ProviderSeeds.of({
      seller: sellerOf("M"),
      rejected: sellerOf(rejectedMerchant),
      account: ({ pageId, seller: { merchantCode } }) =>
        Effect.succeed({ pageId, merchantCode, key: keyOf(merchantCode) }),
      pay: (attempt) =>
        Effect.flatMap(scripted.pay(attempt), (done) =>
          done ? Effect.void : Effect.die("page not payable")
        ),
      decline: (attempt) => scripted.decline(attempt),
      silence: (call, when) => scripted.script({ call, trouble: { _tag: "Silent", done: when === "after" } }),
      token: (attempt) => Effect.succeed(scripted.token(attempt))
    })
  )
)
