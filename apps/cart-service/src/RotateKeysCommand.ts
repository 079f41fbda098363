import { SellerKeys } from "@rose-ash/cart-domain/page/SellerKeys"
import { Effect } from "effect"

const say = (line: string) => Effect.sync(() => console.log(line))

/**
 * Seals every seller's key under SECRET_KEY, opened by SECRET_KEY_PREVIOUS where that sealed it. Answers 1
 * while there are keys that neither opens: then SECRET_KEY_PREVIOUS must not be forgotten.
 */
export const rotateKeys: Effect.Effect<number, never, SellerKeys> = Effect.gen(function* () {
  const keys = yield* SellerKeys
  const { lost, sealed } = yield* keys.reseal
  yield* say(`${sealed} keys are sealed anew.`)
  if (lost.length === 0) {
    yield* say("Every key opens with SECRET_KEY alone: SECRET_KEY_PREVIOUS may be taken away.")
    return 0
  }
  yield* say(
    `${lost.length} keys open with neither SECRET_KEY nor SECRET_KEY_PREVIOUS: find the secret that sealed ` +
      "them, or save these sellers' keys again by the command pages."
  )
  for (const id of lost) yield* say(`  ${id}`)
  return 1
})
