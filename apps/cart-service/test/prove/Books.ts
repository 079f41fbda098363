import type { Break } from "@rose-ash/cart-domain/health/Audits"
import { Context, Effect } from "effect"
import type { Ledger, Rules } from "./FakeProcess.ts"

/** Money by what moved it: a payment's id, that id and `back`, that id and `lost`; in minor units. */
export type Book = ReadonlyMap<string, number>

export const added = (entries: ReadonlyArray<readonly [string, number]>): Book => {
  const book = new Map<string, number>()
  for (const [key, minor] of entries) book.set(key, (book.get(key) ?? 0) + minor)
  return book
}

const theirs = ({ refunds, transactions }: Ledger): Book =>
  added([
    ...transactions
      .filter(({ status }) => status === "SUCCESSFUL")
      .map(({ amount_minor, id }) => [`sumup:${id}`, amount_minor] as const),
    ...refunds
      .filter(({ status, type }) => type === "REFUND" && status === "REFUNDED")
      .map(({ amount_minor, transaction_id }) => [`sumup:${transaction_id} back`, amount_minor] as const),
    // A case says that it was taken back, not how much.
    ...refunds
      .filter(({ type }) => type === "CHARGE_BACK")
      .map(({ transaction_id }) => [`sumup:${transaction_id} lost`, 1] as const)
  ])

/** By how many minor units the two books differ, payment by payment and refund by refund. */
export const difference = (ledger: Ledger, ours: Book) => {
  const other = theirs(ledger)
  const ids = new Set([...other.keys(), ...ours.keys()])
  const wrong = [...ids].filter((id) => other.get(id) !== ours.get(id))
  const minor = wrong.reduce((sum, id) => sum + Math.abs((other.get(id) ?? 0) - (ours.get(id) ?? 0)), 0)
  return { wrong, minor }
}

/** Orders by state; how many are not at an end, or due within three seconds; refunds that are done. */
export interface Standing {
  readonly states: ReadonlyMap<string, number>
  readonly stuck: number
  readonly refunds: number
  readonly due: number
}

/** What is kept, read past the service, wherever it is kept. */
export class Books extends Context.Service<
  Books,
  {
    /** Every payment that came by the provider, and what went back of it. */
    readonly ours: Effect.Effect<Book>
    /** What must always be true, and is not. */
    readonly breaks: Effect.Effect<ReadonlyArray<Break>>
    readonly standing: Effect.Effect<Standing>
    /** Orders that are not at an end, and what is known of them. */
    readonly stuckOrders: Effect.Effect<ReadonlyArray<string>>
    /** What is known of the order that this reference was made for. */
    known(reference: string): Effect.Effect<string>
    /** So many seconds go by for what is kept: a sleep cannot tell the difference. */
    age(seconds: number): Effect.Effect<void>
    /** Takes fences of the database away, by statements; nothing where there is no database. */
    unfence(statements: ReadonlyArray<string>): Effect.Effect<void>
  }
>()("@rose-ash/cart-service/prove/Books") {}

/** What both sides know of a payment that differs, in words for whoever looks for the cause. */
export const told = Effect.fnUntraced(function* (ledger: Ledger, rules: Rules, id: string) {
  const transaction = ledger.transactions.find((one) => `sumup:${one.id}` === id.split(" ")[0])
  const reference = transaction?.checkout_reference ?? ""
  const struck = rules.rules.filter((one) => one.match.reference === reference && one.fired > 0)
  const checkouts = ledger.checkouts.filter((one) => one.checkout_reference === reference)
  const faults = struck.map(({ fault, fired }) => `${fault} × ${fired}`)
  const here = yield* (yield* Books).known(reference)
  return `${id} of ${JSON.stringify(transaction)} ${JSON.stringify(checkouts)}; struck by ${faults.join(", ")}; here ${here}`
})
