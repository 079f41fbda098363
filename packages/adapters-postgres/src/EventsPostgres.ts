import { Told } from "@rose-ash/cart-domain/event/CloudEvent"
import { type Delivery, Events } from "@rose-ash/cart-domain/event/Events"
import { tidy } from "@rose-ash/cart-domain/text/Text"
import { Effect, Layer, Schema } from "effect"
import { operating } from "./eventOperations.ts"
import { reader } from "./rows.ts"
import { Tx } from "./Tx.ts"

const told = reader("event", Told)
const readable = Schema.decodeUnknownOption(Told)
/** The event of `e` (cart.event), as the domain reads it. */
const eventJson = `json_build_object('id', e.id, 'stream', e.stream, 'pageId', e.page_id, 'sequence', e.seq,
  'at', cart.ms(e.at), 'data', e.data || jsonb_build_object('_tag', e.type))`

interface EventRow {
  readonly event: unknown
}
interface DeliveryRow extends EventRow {
  readonly lease: string
  readonly tries: number
}

/** One event that cannot be read holds up its own order, and nobody else's. */
const deliveries = (consumer: string, rows: ReadonlyArray<DeliveryRow>) => {
  const read = rows.flatMap(({ event, lease, tries }): ReadonlyArray<Delivery> => {
    const found = readable(event)
    return found._tag === "Some" ? [{ consumer, event: found.value, lease, tries }] : []
  })
  const lost = rows.length - read.length
  return lost === 0
    ? Effect.succeed(read)
    : Effect.as(Effect.logError("events not readable", { consumer, lost }), read)
}

/** The outbox: history in `event`, what is not told yet in `delivery`. */
export const layer = Layer.effect(
  Events,
  Effect.map(Tx, (tx) => {
    const { one, sql } = tx
    const event = sql.literal(eventJson)
    return Events.of({
      ...operating(tx),
      ofOrder: (id) =>
        one(
          { name: "Events.ofOrder", idempotentBy: "read" },
          sql<EventRow>`SELECT ${event} AS event FROM cart.event e WHERE e.stream = ${id} ORDER BY e.seq`
        ).pipe(Effect.flatMap((rows) => Effect.forEach(rows, (row) => told(row.event)))),
      claim: (consumer, limit, lease) =>
        one(
          { name: "Events.claim", idempotentBy: "lease" },
          sql<DeliveryRow>`SELECT ${event} AS event, e.lease, e.tries
            FROM cart.claim_deliveries(${consumer}, ${limit}, ${lease}::bigint * interval '1 millisecond') e`
        ).pipe(Effect.flatMap((rows) => deliveries(consumer, rows))),
      delivered: ({ consumer, event: { sequence, stream }, lease }) =>
        one(
          { name: "Events.delivered", idempotentBy: "lease" },
          sql`DELETE FROM cart.delivery d
            WHERE d.consumer = ${consumer} AND d.stream = ${stream} AND d.seq = ${sequence}
              AND d.lease = ${lease}`
        ).pipe(Effect.asVoid),
      failed: ({ consumer, event: { sequence, stream }, lease }, reason, after) =>
        one(
          { name: "Events.failed", idempotentBy: "lease" },
          sql`UPDATE cart.delivery d SET lease = NULL, last_error = ${tidy(500, reason)},
              due_at = now() + ${after ?? 0}::bigint * interval '1 millisecond',
              dead_at = CASE WHEN ${after === null} THEN now() END
            WHERE d.consumer = ${consumer} AND d.stream = ${stream} AND d.seq = ${sequence}
              AND d.lease = ${lease}`
        ).pipe(Effect.asVoid)
    })
  })
)
