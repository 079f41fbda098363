import type { Identity } from "@rose-ash/cart-domain/identity/Identity"
import type { Item } from "@rose-ash/cart-domain/page/Item"
import type { Dice } from "@rose-ash/cart-domain/testing/dice"
import type { PageId, VisitId } from "@rose-ash/cart-domain/text/Ids"
import { Cause, Effect } from "effect"
import type { Fake } from "./FakeProcess.ts"

/** A page, what it sells, one thing of which is for nothing, and times with places. */
export interface Shop {
  readonly pageId: PageId
  readonly merchant: string
  readonly items: readonly [Item, ...ReadonlyArray<Item>]
  readonly free: Item
  readonly slot: string
}
export interface Buying {
  /** Where the service listens. */
  readonly cart: string
  readonly fake: Fake
  readonly dice: Dice
  readonly identity: Identity
  readonly shop: Shop
  readonly visit: VisitId | null
  /** Counts what was refused, and what broke. */
  readonly count: (what: string) => void
}

/** A refusal is an answer; a defect is counted, and the buyer goes on. Null: it did not come to it. */
export const answered = <A, E, R>({ count }: Buying, what: string, act: Effect.Effect<A, E, R>) =>
  Effect.catchCause(act, (cause) =>
    Effect.sync(() => {
      const [first] = cause.reasons
      const error: unknown = first?._tag === "Fail" ? first.error : undefined
      const tag = typeof error === "object" && error !== null ? Reflect.get(error, "_tag") : undefined
      count(tag === undefined ? `defect in ${what}: ${Cause.pretty(cause).split("\n")[0]}` : String(tag))
      return null
    })
  )
