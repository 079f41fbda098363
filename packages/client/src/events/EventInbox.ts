/**
 * Where a service remembers which events it has handled. `work` and the memory of it are one: both happen or
 * neither.
 * `Tx` is what `work` writes with, of whatever store the service keeps.
 */
export interface EventInbox<Tx> {
  /** Runs `work` unless the event of this id was handled before; then it answers false. */
  readonly once: (id: string, work: (tx: Tx) => Promise<void>) => Promise<boolean>
}

const usualTable = "cart_event_inbox"

/** What makes the table of `sqlInbox`; its name may be qualified by the service's own schema. */
export const inboxTable = (table: string = usualTable): string => `CREATE TABLE IF NOT EXISTS ${table} (
  id text PRIMARY KEY,
  handled_at timestamptz NOT NULL DEFAULT now()
)`

/** How an SQL store is driven by `sqlInbox`. */
export interface SqlStore<Tx> {
  /** Commits when `body` resolves, rolls back when it rejects, and says which. */
  readonly transaction: <A>(body: (tx: Tx) => Promise<A>) => Promise<A>
  /** Runs one statement and resolves with its rows. */
  readonly query: (tx: Tx, text: string, values: ReadonlyArray<string>) => Promise<ReadonlyArray<unknown>>
}

/**
 * An inbox in PostgreSQL. The id goes in first: a second delivery that comes at the same time waits there
 * until the
 * first has committed, and then finds it.
 */
export const sqlInbox = <Tx>(
  { query, transaction }: SqlStore<Tx>,
  table: string = usualTable
): EventInbox<Tx> => ({
  once: (id, work) =>
    transaction((tx) =>
      query(tx, `INSERT INTO ${table} (id) VALUES ($1) ON CONFLICT DO NOTHING RETURNING id`, [id]).then(
        (rows) => (rows.length === 0 ? false : work(tx).then(() => true))
      )
    )
})

/** An inbox that forgets when the process ends: for tests, and for what may happen twice. */
export const memoryInbox = (): EventInbox<undefined> => {
  /** Whether each was handled, once everybody before is through with it. */
  const handled = new Map<string, Promise<boolean>>()
  return {
    once: (id, work) => {
      const turn = (handled.get(id) ?? Promise.resolve(false)).then((before) =>
        before ? false : work(undefined).then(() => true)
      )
      handled.set(
        id,
        turn.then(
          () => true,
          () => false
        )
      )
      return turn
    }
  }
}
