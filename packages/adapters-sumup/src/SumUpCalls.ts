import { Clock, Effect, Random, type Redacted, type Schema } from "effect"
import type { Exchange, Question } from "./Exchange.ts"
import type { Sellers } from "./Sellers.ts"
import { failure, isPassing, type SumUpFailure } from "./SumUpFailure.ts"

/** Whose call it is, with which key, and until when an answer is of use (milliseconds since 1970). */
export interface Caller {
  readonly merchantCode: string
  readonly key: Redacted.Redacted
  readonly until: number
}

const triesMost = 4
const pauseLeast = 100
/** No try is begun with less time than this. */
const tryLeast = 150

/** Asks SumUp, through the seller's turnstile and within the caller's time. */
export interface SumUpCalls {
  /** Once: for what must not be done twice unawares. `within`: milliseconds, if not less is left. */
  once<A>(
    by: Caller,
    question: Question,
    answer: Schema.Codec<A, string>,
    within?: number
  ): Effect.Effect<A, SumUpFailure>
  /** Again after passing failures, as long as there is time: for reading. */
  again<A>(by: Caller, question: Question, answer: Schema.Codec<A, string>): Effect.Effect<A, SumUpFailure>
}

export const makeSumUpCalls = (exchange: Exchange, sellers: Sellers): SumUpCalls => {
  const left = ({ until }: Caller) => Effect.map(Clock.currentTimeMillis, (now) => until - now)

  const once = Effect.fnUntraced(function* <A>(
    by: Caller,
    question: Question,
    answer: Schema.Codec<A, string>,
    within = Number.POSITIVE_INFINITY
  ) {
    const patience = yield* left(by)
    if (patience < tryLeast) return yield* failure("silent")
    const call = Effect.flatMap(left(by), (time) =>
      exchange(question, answer, { key: by.key, within: Math.min(time, within) })
    )
    return yield* sellers.through(by.merchantCode, call, patience)
  })

  const again = <A>(
    by: Caller,
    question: Question,
    answer: Schema.Codec<A, string>,
    tried = 1
  ): Effect.Effect<A, SumUpFailure> =>
    Effect.catch(once(by, question, answer), (error) =>
      Effect.gen(function* () {
        if (!isPassing(error) || tried >= triesMost) return yield* error
        const pause = yield* Random.nextBetween(0, pauseLeast * 2 ** tried)
        const wait = Math.ceil((error.retryAfter ?? 0) + pause)
        if ((yield* left(by)) < wait + tryLeast) return yield* error
        yield* Effect.sleep(wait)
        return yield* again(by, question, answer, tried + 1)
      })
    )

  return { once, again: (by, question, answer) => again(by, question, answer) }
}
