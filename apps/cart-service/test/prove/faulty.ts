import { Orders } from "@rose-ash/cart-domain/order/Orders"
import { reference } from "@rose-ash/cart-domain/payment/PaymentAttempt"
import { PaymentProvider } from "@rose-ash/cart-domain/payment/PaymentProvider"
import type { Dice } from "@rose-ash/cart-domain/testing/dice"
import { Effect, Layer } from "effect"
import type { Fake } from "./FakeProcess.ts"
import { refundFaults } from "./givingBack.ts"
import type { Guard } from "./guards.ts"

/** So mild that a run stays short, and still outside of what the adapter waits for. */
const parameters: { readonly [fault: string]: object } = {
  "pay-after-expired": { s: 5 },
  "pay-after-delete": { s: 5 },
  chargeback: { s: 1 },
  delay: { ms: 300 },
  oversize: { bytes: 300_000 },
  "webhook-oversize": { bytes: 20_000 },
  "webhook-late": { s: 20 },
  "not-found": { s: 20 },
  stale: { s: 20 },
  "redirect-first": { s: 3 },
  "fail-then-pay": { n: 2 },
  "wrong-amount": { by: 7 }
}
/** These stop a whole page until its seller acts. */
const grave = new Set(["key-revoked", "scope-403"])
const faultedShare = 0.6

const rule = (ref: string, fault: string) => ({
  fault,
  match: { reference: ref },
  with: parameters[fault] ?? {}
})

/**
 * Before the first page of an order is asked for, its share of faults is asked for at the provider; more of
 * those that a guard stands against, where that guard is away.
 */
export const faulty = (
  fake: Fake,
  { dice, fate, guard }: { readonly dice: Dice; readonly fate: Dice; readonly guard: Guard | null },
  names: ReadonlyArray<string>
) => {
  const deck = names.filter((name) => !refundFaults.has(name))
  let dealt = 0
  let on = true
  const deal = (ref: string) =>
    Effect.promise(async () => {
      if (!on || !dice.chance(faultedShare)) return
      // These wait for a page that is closed before it was paid, which is seldom.
      if (dice.chance(0.3)) await fake.addFault(rule(ref, dice.one(["delete-refused", "pay-after-delete"])))
      if (guard === "match" && dice.chance(0.3)) await fake.addFault(rule(ref, "wrong-amount"))
      // Made, paid and never answered: only its reference leads back to it.
      if (dice.chance(guard === "reference" ? 0.5 : 0.1)) {
        await fake.addFault(rule(ref, "create-then-drop"))
        await fake.addFault({ ...rule(ref, "webhook-before-201"), with: { pay: true } })
      }
      for (let n = dice.chance(0.3) ? 2 : 1; n > 0; n--) {
        const fault = deck[dealt++ % deck.length] ?? ""
        if (grave.has(fault) && dealt > deck.length && !dice.chance(0.1)) continue
        await fake.addFault(rule(ref, fault))
      }
    })
  let died = 0
  /** A worker that dies with what it took in its hands: somebody else takes it when the lease is over. */
  const mortal = Layer.effect(
    Orders,
    Effect.map(Orders, (real) =>
      Orders.of({
        ...real,
        claimDue: (limit, lease) =>
          Effect.map(real.claimDue(limit, lease), (due) =>
            due.filter(() => {
              const dies = on && fate.chance(guard === "lease" ? 0.5 : 0.1)
              if (dies) died += 1
              return !dies
            })
          )
      })
    )
  )
  const provider = Layer.effect(
    PaymentProvider,
    Effect.map(PaymentProvider, (real) =>
      PaymentProvider.of({
        ...real,
        open: (asking) =>
          asking.attempt.number > 1 || asking.attempt.providerId !== null
            ? real.open(asking)
            : Effect.andThen(deal(reference(asking.attempt.id)), real.open(asking))
      })
    )
  )
  return {
    layer: Layer.merge(mortal, provider),
    /** How often each of ours fired; the provider counts its own. */
    fired: () => ({ "worker-died": died }),
    end: () => {
      on = false
    }
  }
}
