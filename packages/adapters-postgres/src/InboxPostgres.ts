import {
  type DeadMessage,
  Inbox,
  Message,
  MessageTooLarge,
  type Received,
  Sibling
} from "@rose-ash/cart-domain/event/Inbox"
import { tidy } from "@rose-ash/cart-domain/text/Text"
import { Instant } from "@rose-ash/cart-domain/time/Instant"
import { Effect, Layer, Schema } from "effect"
import { json, reader } from "./rows.ts"
import { breaks } from "./sqlErrors.ts"
import { Tx } from "./Tx.ts"

const readable = Schema.decodeUnknownOption(Message)
const Dead = Schema.Struct({
  source: Sibling,
  id: Schema.String,
  type: Schema.String,
  tries: Schema.Int,
  reason: Schema.String,
  since: Instant
})
const dead = reader("Inbox.dead", Dead)

interface ReceivedRow {
  readonly message: unknown
  readonly lease: string
  readonly tries: number
}

/** A neighbour may write what the port would refuse: that one is left alone, and holds up nobody. */
const received = (rows: ReadonlyArray<ReceivedRow>) => {
  const read = rows.flatMap(({ lease, message, tries }): ReadonlyArray<Received> => {
    const found = readable(message)
    return found._tag === "Some" ? [{ message: found.value, lease, tries }] : []
  })
  const lost = rows.length - read.length
  return lost === 0
    ? Effect.succeed(read)
    : Effect.as(Effect.logError("messages not readable", { lost }), read)
}

const claiming =
  ({ one, sql }: Tx["Service"]) =>
  (limit: number, lease: number) =>
    one(
      { name: "Inbox.claim", idempotentBy: "lease" },
      sql<ReceivedRow>`WITH picked AS MATERIALIZED (
        SELECT i.source, i.id FROM cart.inbox i
         WHERE i.due_at <= statement_timestamp() AND i.dead_at IS NULL
         ORDER BY i.due_at LIMIT least(${limit}::integer, 100) FOR NO KEY UPDATE SKIP LOCKED)
      UPDATE cart.inbox i SET lease = gen_random_uuid(), tries = i.tries + 1,
          due_at = statement_timestamp() + ${lease}::bigint * interval '1 millisecond'
        FROM picked p WHERE i.source = p.source AND i.id = p.id
      RETURNING json_build_object('source', i.source, 'id', i.id, 'type', i.type, 'data', i.data) AS message,
        i.lease, i.tries`
    ).pipe(Effect.flatMap(received))

/** What siblings told, by themselves through `cart_api.tell` or by a signed request. */
export const layer = Layer.effect(
  Inbox,
  Effect.map(Tx, (tx) => {
    const { one, sql } = tx
    return Inbox.of({
      tell: ({ data, id, source, type }) =>
        one(
          { name: "Inbox.tell", idempotentBy: "source and id" },
          sql<{ id: string }>`INSERT INTO cart.inbox (source, id, type, data)
            VALUES (${source}, ${id}, ${type}, ${json(data ?? null)}::jsonb) ON CONFLICT DO NOTHING RETURNING id`.pipe(
            Effect.catchIf(breaks("inbox_data"), () => Effect.fail(new MessageTooLarge()))
          )
        ).pipe(Effect.map((rows) => rows.length > 0)),
      claim: claiming(tx),
      handled: ({ lease, message: { id, source } }, outcome) =>
        one(
          { name: "Inbox.handled", idempotentBy: "lease" },
          sql`UPDATE cart.inbox SET lease = NULL, due_at = NULL, outcome = ${outcome}
            WHERE source = ${source} AND id = ${id} AND lease = ${lease}`
        ).pipe(Effect.asVoid),
      later: ({ lease, message: { id, source } }, after) =>
        one(
          { name: "Inbox.later", idempotentBy: "lease" },
          sql`UPDATE cart.inbox SET lease = NULL, tries = 0, last_error = NULL,
              due_at = now() + ${after}::bigint * interval '1 millisecond'
            WHERE source = ${source} AND id = ${id} AND lease = ${lease}`
        ).pipe(Effect.asVoid),
      failed: ({ lease, message: { id, source } }, reason, after) =>
        one(
          { name: "Inbox.failed", idempotentBy: "lease" },
          sql`UPDATE cart.inbox SET lease = NULL, last_error = ${tidy(500, reason)},
              due_at = now() + ${after ?? 0}::bigint * interval '1 millisecond',
              dead_at = CASE WHEN ${after === null} THEN now() END
            WHERE source = ${source} AND id = ${id} AND lease = ${lease}`
        ).pipe(Effect.asVoid),
      dead: one(
        { name: "Inbox.dead", idempotentBy: "read" },
        sql<{
          readonly row: unknown
        }>`SELECT json_build_object('source', i.source, 'id', i.id, 'type', i.type,
            'tries', i.tries, 'reason', coalesce(i.last_error, ''), 'since', cart.ms(i.dead_at)) AS row
          FROM cart.inbox i WHERE i.dead_at IS NOT NULL ORDER BY i.dead_at LIMIT 1000`
      ).pipe(
        Effect.flatMap((rows) => Effect.forEach(rows, ({ row }): Effect.Effect<DeadMessage> => dead(row)))
      ),
      redrive: one(
        { name: "Inbox.redrive", idempotentBy: "what is due" },
        sql`UPDATE cart.inbox SET dead_at = NULL, tries = 0, due_at = now() WHERE dead_at IS NOT NULL RETURNING id`
      ).pipe(Effect.map((rows) => rows.length))
    })
  })
)
