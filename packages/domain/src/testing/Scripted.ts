import { Context, type Effect } from "effect"
import type { Observation } from "../payment/Observation.ts"
import type { PaymentAttempt } from "../payment/PaymentAttempt.ts"
import type { Asking, PaymentProviderRefused } from "../payment/PaymentProvider.ts"
import type { AttemptId } from "../text/Ids.ts"
import type * as books from "./providerBooks.ts"

export type Call = "open" | "read" | "deactivate" | "transaction" | "refund"

/** Merchants whose code starts so have a key that the provider refuses. */
export const rejectedMerchant = "REJECTED"

/** What a call meets instead of an honest answer. */
export type Trouble =
  /** No answer; `done` says whether the provider did what it was asked first. */
  | { readonly _tag: "Silent"; readonly done: boolean }
  | { readonly _tag: "Busy"; readonly retryAfter: number | null }
  | { readonly _tag: "Unreadable" }
  | { readonly _tag: "NotFound" }
  | { readonly _tag: "Refused"; readonly why: PaymentProviderRefused["why"] }
  /** Another answer than the true one; the books stay true. */
  | { readonly _tag: "Lies"; readonly instead: (seen: Observation) => Observation }

export interface Script {
  readonly trouble: Trouble
  /** Any call unless named. */
  readonly call?: Call
  /** Any attempt unless named. */
  readonly attemptId?: AttemptId
  /** How often; once by default. */
  readonly times?: number
}

/** One call as it came in. */
export interface Asked {
  readonly call: Call
  readonly attemptId: AttemptId
  readonly merchantCode: string
  readonly minor: number
}

/** The scripted provider seen from its other side: the buyer at its page, its ledger, its bad days. */
export class Scripted extends Context.Service<
  Scripted,
  {
    /** The buyer pays on the page; false when there is no page, or it is closed or paid already. */
    pay(attempt: PaymentAttempt): Effect.Effect<boolean>
    /** Money comes in however the page stands, perhaps of another amount: late, twice, by mistake. */
    payAnyway(attempt: PaymentAttempt, of?: books.Money): Effect.Effect<void>
    /** Somebody refunds it at the provider, not by us. */
    payBack(transactionId: string, minor: number): Effect.Effect<void>
    decline(attempt: PaymentAttempt): Effect.Effect<void>
    /** The page ends by itself. */
    expire(attempt: PaymentAttempt): Effect.Effect<void>
    /** From now on calls that fit meet trouble; the first script that fits is used up first. */
    script(...scripts: ReadonlyArray<Script>): Effect.Effect<void>
    /** No more trouble. */
    readonly heal: Effect.Effect<void>
    /** How many calls met trouble: a test of trouble that counts none tests nothing. */
    readonly troubled: Effect.Effect<number>
    readonly calls: Effect.Effect<ReadonlyArray<Asked>>
    readonly books: Effect.Effect<books.Books>
    /** The secret part of the webhook's address for an attempt. */
    token(attempt: PaymentAttempt): string
  }
>()("@rose-ash/cart-domain/testing/Scripted") {}

/** Troubles to come, in order, each as often as it was asked for. */
export class Scripts {
  #open: ReadonlyArray<Script & { readonly left: number }> = []
  fired = 0
  add(scripts: ReadonlyArray<Script>): void {
    this.#open = [...this.#open, ...scripts.map((script) => ({ ...script, left: script.times ?? 1 }))]
  }
  clear(): void {
    this.#open = []
  }
  next(call: Call, { attempt }: Asking): Trouble | null {
    const found = this.#open.find(
      (script) =>
        (script.call ?? call) === call && (script.attemptId ?? attempt.id) === attempt.id && script.left > 0
    )
    if (found === undefined) return null
    this.fired += 1
    this.#open = this.#open.map((script) =>
      script === found ? { ...script, left: script.left - 1 } : script
    )
    return found.trouble
  }
}
