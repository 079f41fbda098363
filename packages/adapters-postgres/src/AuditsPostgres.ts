import { Audits, type Break, breaksMost } from "@rose-ash/cart-domain/health/Audits"
import { Effect, Layer } from "effect"
import { Tx } from "./Tx.ts"

/** All of history may be looked at; nobody waits for it in a browser. */
const patience = 60_000

/** The database's own check of everything it can see. */
export const layer = Layer.effect(
  Audits,
  Effect.map(Tx, ({ run, sql }) =>
    Audits.of({
      breaks: (since) =>
        run(
          { name: "Audits.breaks", idempotentBy: "read", deadline: patience },
          Effect.andThen(
            sql`SET LOCAL statement_timeout = '60s'`,
            sql<Break>`SELECT c.invariant, c.subject, c.detail
              FROM cart.check_invariants(cart.at(${since}::bigint)) c LIMIT ${breaksMost}`
          )
        )
    })
  )
)
