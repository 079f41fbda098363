import { Difference, Differences, DifferenceUnknown } from "@rose-ash/cart-domain/checkout/Differences"
import type { PagesOf } from "@rose-ash/cart-domain/order/Orders"
import { Effect, Layer } from "effect"
import { json, reader } from "./rows.ts"
import { Tx } from "./Tx.ts"

const openMost = 200
const difference = reader("Differences", Difference)

/** Where the books differ: rows with an answer, never deleted. */
export const layer = Layer.effect(
  Differences,
  Effect.map(Tx, ({ one, sql }) => {
    const isOf = (pages: PagesOf) =>
      pages === "all" ? sql.literal("true") : sql`d.page_id = ANY (${pages}::text[])`
    return Differences.of({
      begin: (night) =>
        one(
          { name: "Differences.begin", idempotentBy: "" },
          sql`INSERT INTO cart.night (id) VALUES (${night}) ON CONFLICT DO NOTHING RETURNING id`
        ).pipe(Effect.map((rows) => rows.length > 0)),
      put: ({ foundAt, id, kind, pageId, ...facts }) =>
        one(
          { name: "Differences.put", idempotentBy: "id" },
          sql`INSERT INTO cart.difference (id, page_id, kind, facts, found_at)
            VALUES (${id}, ${pageId}, ${kind}, ${json(facts)}::jsonb, cart.at(${foundAt})) ON CONFLICT DO NOTHING`
        ).pipe(Effect.asVoid),
      open: (pages) =>
        one(
          { name: "Differences.open", idempotentBy: "read" },
          sql<{ whole: unknown }>`SELECT d.facts || jsonb_build_object('id', d.id, 'pageId', d.page_id,
              'kind', d.kind, 'foundAt', cart.ms(d.found_at)) AS whole
            FROM cart.difference d WHERE d.answer IS NULL AND ${isOf(pages)}
            ORDER BY d.found_at, d.id LIMIT ${openMost}`
        ).pipe(Effect.flatMap((rows) => Effect.forEach(rows, ({ whole }) => difference(whole)))),
      answer: (pages, id, { answer, by }) =>
        one(
          { name: "Differences.answer", idempotentBy: "id" },
          sql`UPDATE cart.difference d SET answered_by = ${by}, answer = ${answer},
              answered_at = date_trunc('milliseconds', now())
            WHERE d.id = ${id} AND d.answer IS NULL AND ${isOf(pages)} RETURNING d.id`
        ).pipe(
          Effect.flatMap((rows) =>
            rows.length === 0 ? Effect.fail(new DifferenceUnknown({ id })) : Effect.void
          )
        )
    })
  })
)
