import { Differences } from "@rose-ash/cart-domain/checkout/Differences"
import { type Reconciled, Reconciling } from "@rose-ash/cart-domain/checkout/Reconciling"
import { Instant } from "@rose-ash/cart-domain/time/Instant"
import { Clock, Effect, Schema } from "effect"
import { CannotStart } from "./CannotStart.ts"

const day = 86_400_000
const usualDays = 3
const daysMost = 400
const reasonMost = 500

const usage = new CannotStart({
  sentences: [
    "reconcile [DAYS]                            compares SumUp's books with ours, of so many days (3)",
    "differences                                 what nobody has answered, one JSON object a line",
    "differences answer ID BY REASON             what became of it, said by whom"
  ]
})
const say = (line: string) => Effect.sync(() => console.log(line))

const row = ({ differences, failure, pageId, payments, received, refunded }: Reconciled): string =>
  failure === null
    ? [pageId.padEnd(24), payments, received, refunded, differences].join("\t")
    : `${pageId.padEnd(24)}\tnot read: ${failure}`

/**
 * Compares every page's books and prints a table: payments, minor units received and paid back by SumUp's
 * books, differences. Answers 1 while a page could not be read or a difference is open.
 */
export const reconcile = Effect.fnUntraced(function* ([days = String(usualDays)]: ReadonlyArray<string>) {
  const back = Number(days)
  if (!Number.isInteger(back) || back < 1 || back > daysMost) return yield* usage
  const [differences, reconciling] = [yield* Differences, yield* Reconciling]
  const since = Instant.make((yield* Clock.currentTimeMillis) - back * day)
  const all = yield* reconciling.all(since)
  yield* say(["page".padEnd(24), "payments", "received", "refunded", "differences"].join("\t"))
  for (const one of all) yield* say(row(one))
  const open = yield* differences.open("all")
  if (open.length > 0)
    yield* say(`${open.length} differences wait for an answer: see the command differences`)
  return open.length > 0 || all.some(({ failure }) => failure !== null) ? 1 : 0
})

const Words = Schema.String.check(Schema.isBetweenLength(1, reasonMost))
const isWords = Schema.is(Words)

/** Lists what waits for an answer, or answers one. */
export const differences = Effect.fnUntraced(function* ([
  what,
  id,
  by,
  reason,
  ...more
]: ReadonlyArray<string>) {
  const kept = yield* Differences
  if (what === undefined) {
    for (const one of yield* kept.open("all")) yield* say(JSON.stringify(one))
    return
  }
  if (what !== "answer" || id === undefined || !isWords(by) || !isWords(reason) || more.length > 0)
    return yield* usage
  yield* Effect.mapError(
    kept.answer("all", id, { by, answer: reason }),
    () =>
      new CannotStart({ sentences: [`There is no open difference "${id}": see the command differences.`] })
  )
  yield* say("answered")
})
