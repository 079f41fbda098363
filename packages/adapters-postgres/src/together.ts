import { Effect } from "effect"

/** Questions of one kind that are under way at once; what is asked meanwhile goes into the next. */
const underWayMost = 4
const togetherMost = 100

interface Asked<A> {
  readonly key: string
  readonly answer: (effect: Effect.Effect<A>) => void
}

const found = <A>(value: A | undefined): Effect.Effect<A> =>
  value === undefined
    ? Effect.die(new Error("A question has fewer answers than keys"))
    : Effect.succeed(value)

/**
 * Puts what is asked in one turn of the event loop into one question, whose answers stand in the order of the
 * keys. Nothing is kept: each is answered by a question that began after it was asked. What one question ends
 * with, if it fails, all end with who were in it.
 */
export const together = <A>(ask: (keys: ReadonlyArray<string>) => Effect.Effect<ReadonlyArray<A>>) =>
  Effect.map(Effect.context<never>(), (context) => {
    const run = Effect.runForkWith(context)
    const waiting = new Set<Asked<A>>()
    let underWay = 0
    let planned = false

    const send = (some: ReadonlyArray<Asked<A>>): void => {
      underWay += 1
      run(ask(some.map(({ key }) => key))).addObserver((exit) => {
        underWay -= 1
        for (const [place, { answer }] of some.entries())
          answer(Effect.flatMap(exit, (values) => found(values[place])))
        flush()
      })
    }
    const flush = (): void => {
      planned = false
      while (waiting.size > 0 && underWay < underWayMost) {
        const some = [...waiting].slice(0, togetherMost)
        for (const one of some) waiting.delete(one)
        send(some)
      }
    }
    return (key: string): Effect.Effect<A> =>
      Effect.callback((answer) => {
        const one = { key, answer }
        waiting.add(one)
        if (!planned) setImmediate(flush)
        planned = true
        return Effect.sync(() => waiting.delete(one))
      })
  })
