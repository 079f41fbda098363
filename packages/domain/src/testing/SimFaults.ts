import type { AttemptId } from "../text/Ids.ts"
import type { Dice } from "./dice.ts"

/** What goes wrong between an instance and the store, or with an instance. */
const storeFaults = ["commit.refused", "commit.unknown", "store.slow", "crash"] as const
/** What goes wrong on the way to the provider and back, or at the provider. */
const providerFaults = [
  "provider.silent",
  "provider.done-and-silent",
  "provider.busy",
  "provider.unreadable",
  "provider.not-found",
  "provider.key-refused",
  "provider.request-refused",
  "provider.stale",
  "provider.foreign-reference",
  "provider.foreign-merchant",
  "provider.no-transaction"
] as const
const webhookFaults = [
  "webhook.lost",
  "webhook.twice",
  "webhook.early",
  "webhook.late",
  "webhook.forged"
] as const
/** What people do that nobody asked them to, and what else may be off. */
const otherFaults = [
  "money.wrong-amount",
  "money.wrong-currency",
  "money.twice",
  "money.late",
  "delivery.failed",
  "delivery.done-and-failed",
  "clock.off"
] as const
export type StoreFault = (typeof storeFaults)[number]
export type ProviderFault = (typeof providerFaults)[number]
export type Fault = StoreFault | ProviderFault | (typeof webhookFaults)[number] | (typeof otherFaults)[number]
/** Every fault that a simulation knows. */
export const simFaults: ReadonlyArray<Fault> = [
  ...storeFaults,
  ...providerFaults,
  ...webhookFaults,
  ...otherFaults
]

/** Often enough to be met, seldom enough that most purchases come to an end. For each kind, of 1. */
const rates: { readonly [fault in Fault]?: number } = {
  "commit.refused": 0.006,
  "commit.unknown": 0.006,
  "store.slow": 0.01,
  crash: 0.002,
  "provider.key-refused": 0.005
}
const usualRate = 0.03

/**
 * Faults of one run: which there are and how often is the seed's choice. Counts what fired, and whom
 * it struck.
 */
export class SimFaults {
  readonly #dice: Dice
  readonly #rates: ReadonlyMap<Fault, number>
  readonly fired: Map<Fault, number> = new Map()
  /** Attempts that something happened to. */
  readonly struck = new Set<AttemptId>()
  on = true

  constructor(dice: Dice) {
    this.#dice = dice
    // Half of them, at a rate of between none and twice the usual.
    const chosen = simFaults.filter(() => dice.chance(0.5))
    this.#rates = new Map(chosen.map((fault) => [fault, (rates[fault] ?? usualRate) * 2 * dice.next()]))
  }

  /** Whether it happens now. */
  strikes(fault: Fault, attempt?: AttemptId): boolean {
    if (!this.on || !this.#dice.chance(this.#rates.get(fault) ?? 0)) return false
    this.fired.set(fault, (this.fired.get(fault) ?? 0) + 1)
    if (attempt !== undefined) this.struck.add(attempt)
    return true
  }

  /** The first of them that happens now. */
  first<F extends Fault>(of: ReadonlyArray<F>, attempt?: AttemptId): F | undefined {
    return of.find((fault) => this.strikes(fault, attempt))
  }

  /** What happens to one call of the provider. */
  ofCall(attempt: AttemptId): ProviderFault | undefined {
    return this.first(providerFaults, attempt)
  }
}
