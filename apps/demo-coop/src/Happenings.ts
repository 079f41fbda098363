import type { CartEvent } from "@rose-ash/cart-client/events/CartEvent"
import { inboxTable, sqlInbox } from "@rose-ash/cart-client/events/EventInbox"
import type { ReceiverOptions } from "@rose-ash/cart-client/events/receiver"
import type { Database, Transaction } from "./Database.ts"

/** Something the cart told, as it is shown. */
export interface Happening {
  readonly type: string
  readonly at: Date
  readonly page: string | null
  readonly subject: string
  readonly sequence: number
  /** Its data, as JSON. */
  readonly data: string
}

/** Where it is kept what the cart told: each event once, however often it was told. */
export interface Happenings {
  readonly newest: () => Promise<ReadonlyArray<Happening>>
  readonly receives: (key: string) => ReceiverOptions<Transaction>
}

const table = "blog.cart_event_inbox"

/** The blog's two tables for it, as whoever may make tables. */
export const seedHappenings = async ({ query }: Database): Promise<void> => {
  await query((sql) => sql.unsafe(inboxTable(table)))
  await query(
    (sql) => sql`CREATE TABLE IF NOT EXISTS blog.cart_event (id text PRIMARY KEY, type text NOT NULL,
      subject text NOT NULL, sequence integer NOT NULL, page text, at timestamptz NOT NULL,
      data jsonb NOT NULL,
      told_at timestamptz NOT NULL DEFAULT clock_timestamp())`
  )
}

const write = async (tx: Transaction, event: CartEvent): Promise<void> => {
  const { data, id, pageid = null, sequence, subject, time, type } = event
  await tx.query(
    (sql) => sql`INSERT INTO blog.cart_event (id, type, subject, sequence, page, at, data) VALUES
      (${id}, ${type}, ${subject}, ${sequence}, ${pageid}, ${time}::timestamptz, ${JSON.stringify(data)}::jsonb)`
  )
}

export const openHappenings = ({ query, transaction }: Database): Happenings => ({
  newest: () =>
    query(
      (sql) => sql<Happening>`SELECT type, at, page, subject, sequence, data::text AS data
        FROM blog.cart_event ORDER BY told_at DESC LIMIT 100`
    ),
  receives: (key) => ({
    keys: [key],
    inbox: sqlInbox<Transaction>(
      { transaction, query: (tx, text, values) => tx.query((sql) => sql.unsafe(text, [...values])) },
      table
    ),
    handle: (event, tx) => write(tx, event)
  })
})
