import type { Scripts } from "./recording.ts"

/** What the floor is told, in the file that `FLOOR` names. */
export interface Told {
  readonly of: readonly [port: number, databaseUrl: string, connections: number, cooperative: string]
  readonly provider: { readonly url: string; readonly key: string; readonly merchant: string }
  /**
   * For each operation what its requests come to, by a person's number modulo their count, for they have
   * other carts; `last` is the last of its people.
   */
  readonly operations: ReadonlyArray<{ readonly last: number; readonly kinds: ReadonlyArray<Scripts> }>
}
/** What it looks at of rows. */
export interface Cart {
  readonly id: string
  readonly revision: number
  readonly lines: ReadonlyArray<{ readonly itemId: string; readonly quantity: number }>
}
export interface Sums {
  readonly count: number
  readonly pages: number
  readonly totals: ReadonlyArray<{ readonly currency: string; readonly minor: number }>
}
