import type { DeadDelivery, Events, Replay } from "@rose-ash/cart-domain/event/Events"
import { Instant } from "@rose-ash/cart-domain/time/Instant"
import { Effect, Schema } from "effect"
import type { SqlError } from "effect/sql"
import { json, reader } from "./rows.ts"
import type { Tx } from "./Tx.ts"

/** Whole histories are moved by these; nobody waits for them in a browser. */
const patience = 60_000

const Dead = Schema.Struct({
  consumer: Schema.String,
  eventId: Schema.String,
  type: Schema.String,
  stream: Schema.String,
  pageId: Schema.NullOr(Schema.String),
  tries: Schema.Int,
  reason: Schema.String,
  since: Instant
})
const dead = reader("Events.dead", Dead)

type Operations = Pick<Events["Service"], "dead" | "enlist" | "redrive" | "replay" | "retire">
type Counted = { readonly n: number }

/** What is done to the outbox by whoever operates it. */
export const operating = ({ one, run, sql }: Tx["Service"]): Operations => {
  const counted = (name: string, statement: Effect.Effect<ReadonlyArray<Counted>, SqlError.SqlError>) =>
    run(
      { name, idempotentBy: "what is due", deadline: patience },
      Effect.andThen(sql`SET LOCAL statement_timeout = '60s'`, statement)
    ).pipe(Effect.map(([row]) => row?.n ?? 0))
  const during = ({ since, stream, until }: Replay) =>
    stream === null
      ? sql`e.at >= cart.at(${since}::bigint) AND e.at < cart.at(${until}::bigint)`
      : sql`e.stream = ${stream} AND e.at >= cart.at(${since}::bigint) AND e.at < cart.at(${until}::bigint)`
  return {
    enlist: (consumers) =>
      one(
        { name: "Events.enlist", idempotentBy: "name" },
        sql<{ name: string }>`WITH given AS (
            SELECT j.name, j.neighbour
            FROM json_to_recordset(${json(consumers)}::json) AS j(name text, neighbour text)),
          put AS (INSERT INTO cart.consumer AS c (name, db_role) SELECT g.name, g.neighbour FROM given g
            ON CONFLICT (name) DO UPDATE SET db_role = excluded.db_role, active = true
              WHERE (c.db_role, c.active) IS DISTINCT FROM (excluded.db_role, true))
          SELECT c.name FROM cart.consumer c WHERE c.active AND c.name NOT IN (SELECT g.name FROM given g)
          ORDER BY c.name`
      ).pipe(Effect.map((rows) => rows.map(({ name }) => name))),
    retire: (consumer) =>
      Effect.andThen(
        one(
          { name: "Events.retire", idempotentBy: "name" },
          sql`UPDATE cart.consumer SET active = false WHERE name = ${consumer} AND active`
        ),
        counted(
          "Events.retire",
          sql<Counted>`WITH gone AS (DELETE FROM cart.delivery WHERE consumer = ${consumer} RETURNING 1)
            SELECT count(*)::integer AS n FROM gone`
        )
      ),
    dead: one(
      { name: "Events.dead", idempotentBy: "read" },
      sql<{
        readonly row: unknown
      }>`SELECT json_build_object('consumer', d.consumer, 'eventId', e.id, 'type', e.type,
          'stream', e.stream, 'pageId', e.page_id, 'tries', d.tries, 'reason', coalesce(d.last_error, ''),
          'since', cart.ms(d.dead_at)) AS row
        FROM cart.delivery d JOIN cart.event e ON e.stream = d.stream AND e.seq = d.seq
        WHERE d.dead_at IS NOT NULL ORDER BY d.dead_at LIMIT 1000`
    ).pipe(
      Effect.flatMap((rows) => Effect.forEach(rows, ({ row }): Effect.Effect<DeadDelivery> => dead(row)))
    ),
    redrive: (consumer) =>
      counted(
        "Events.redrive",
        sql<Counted>`WITH again AS (UPDATE cart.delivery SET dead_at = NULL, tries = 0, due_at = now()
            WHERE dead_at IS NOT NULL AND consumer = coalesce(${consumer}, consumer) RETURNING 1)
          SELECT count(*)::integer AS n FROM again`
      ),
    replay: (of) =>
      counted(
        "Events.replay",
        sql<Counted>`WITH again AS (INSERT INTO cart.delivery (consumer, stream, seq)
            SELECT c.name, e.stream, e.seq FROM cart.consumer c, cart.event e
            WHERE c.name = ${of.consumer} AND c.active AND ${during(of)}
            ON CONFLICT DO NOTHING RETURNING 1)
          SELECT count(*)::integer AS n FROM again`
      )
  }
}
