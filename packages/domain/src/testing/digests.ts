import { Effect } from "effect"
import { Digest } from "effect/crypto"

/** SHA-256 of a token as lowercase hex. Tokens are ASCII. */
export const digestOf = (token: string): Effect.Effect<string> =>
  Digest.Digest.use((digest) =>
    digest.digestHex(
      Digest.sha256,
      Uint8Array.from(token, (letter) => letter.charCodeAt(0))
    )
  ).pipe(Effect.provide(Digest.layerWebCrypto))
