import { PaymentProvider } from "@rose-ash/cart-domain/payment/PaymentProvider"
import { type Dice, diceOf } from "@rose-ash/cart-domain/testing/dice"
import { Effect, Layer } from "effect"
import { type Fault, proxied } from "../../../../packages/adapters-postgres/test/PgProxy.ts"
import { booksPostgres } from "./booksPostgres.ts"
import type { Days } from "./days.ts"
import type { Told } from "./line.ts"
import { proved } from "./money.ts"
import { type Around, service } from "./service.ts"

/** Of all ends of transactions so many are struck, besides the second one of each kind. */
const share = 0.02
/** A kind that came so often must have been struck. */
const oftenFrom = 10
const names: { readonly [fault in Fault]: string } = {
  after: "commit-reply-lost",
  before: "commit-cut-before",
  silence: "commit-unanswered"
}

/** Statements of one kind read alike up to here. */
const kindOf = (text: string): string => text.replaceAll(/\s+/g, " ").trim().slice(0, 60)

/**
 * Strikes the ends of transactions on the wire: COMMIT, or a statement that stands alone. Of each kind the
 * answer is lost once for sure; others at random, cut before they arrive or never answered, too.
 */
const striking = (dice: Dice) => {
  const kinds = new Map<string, { seen: number; lost: number }>()
  const fired = new Map<string, number>()
  let on = false
  const struck = (fault: Fault): Fault => {
    fired.set(names[fault], (fired.get(names[fault]) ?? 0) + 1)
    return fault
  }
  const fate = (text: string, transaction: string): Fault | null => {
    if (!on || !(text === "COMMIT" || text === transaction) || /^(BEGIN|ROLLBACK)/.test(text)) return null
    const kind = kinds.get(kindOf(transaction)) ?? { seen: 0, lost: 0 }
    kinds.set(kindOf(transaction), kind)
    kind.seen += 1
    const first = kind.lost === 0 && kind.seen >= 2
    if (!first && !dice.chance(share)) return null
    if (!first && dice.chance(0.3)) return struck(dice.chance(0.1) ? "silence" : "before")
    kind.lost += 1
    return struck("after")
  }
  const often = () => [...kinds].filter(([, { seen }]) => seen >= oftenFrom)
  return {
    fate,
    begin: () => {
      on = true
    },
    end: () => {
      on = false
    },
    fired: () => Object.fromEntries(fired),
    kinds: () => often().length,
    /** Kinds that came often, and were never struck. */
    spared: () => often().flatMap(([kind, { lost }]) => (lost === 0 ? [kind] : []))
  }
}

/** The rig `money` while the lines to PostgreSQL break wherever a transaction ends. */
export const proveChaos = (of: Days): Effect.Effect<Told> =>
  Effect.suspend(() => {
    const wire = striking(diceOf(of.seed, "wire"))
    /** Pages and items are there before the first payment page is asked for. */
    const begun = Layer.effect(
      PaymentProvider,
      Effect.map(PaymentProvider, (real) =>
        PaymentProvider.of({
          ...real,
          open: (asking) => Effect.andThen(Effect.sync(wire.begin), real.open(asking))
        })
      )
    )
    const through = (url: string) =>
      Effect.map(proxied(url), ({ proxy, url: near }) => {
        proxy.strike(wire.fate)
        return near
      })
    const where = (providerUrl: string, port: number, around: Around) =>
      Layer.provideMerge(
        booksPostgres,
        service(providerUrl, port, (ports) => Layer.provideMerge(begun, around(ports)), {}, through)
      )
    return Effect.map(proved(where, wire.end)(of), (told) => {
      for (const kind of wire.spared()) of.say(`never struck: ${kind}`)
      return {
        ...told,
        goal: "G4",
        faults: { ...told.faults, ...wire.fired() },
        figures: { ...told.figures, transactions: wire.kinds(), spared: wire.spared().length },
        ok: told.ok && wire.spared().length === 0
      }
    })
  })
