import { StoreUnavailable } from "@rose-ash/cart-domain/health/StoreUnavailable"
import { Clock, Context, Effect, Exit, Layer, Option, Random, Semaphore } from "effect"
import { SqlClient, SqlError } from "effect/sql"
import { isAway, isLost, isRolledBack, isSlow, SqlRefused, sqlErrorIn, sqlState } from "./sqlErrors.ts"

/** How one call of the database is made. */
export interface Call {
  readonly name: string
  /**
   * How doing it again is doing it once: the key by which its first statement finds an earlier result, or
   * "read". Only then is it repeated when nobody knows whether it was done.
   */
  readonly idempotentBy: string
  /** Milliseconds for everything: waiting for a connection, statements, repeats. */
  readonly deadline?: number
}

/** Limits of one pool, in milliseconds and connections. */
export interface TxLimits {
  readonly maxConnections: number
  readonly wait: number
  readonly deadline: number
}
export const limits: TxLimits = { maxConnections: 10, wait: 1000, deadline: 2500 }

const repeatsMost = 3
/** Milliseconds before the first repeat: 5 to 50, then 5 to 200, then 5 to 800. */
const pauseLeast = 5
type Step = "begin" | "body" | "commit"

const unavailable = (why: StoreUnavailable["why"], operation: string, code = ""): Effect.Effect<never> =>
  Effect.suspend(() => Effect.die(new StoreUnavailable({ why, operation, code })))

/**
 * The only place that knows SQLSTATEs. Repeats what was rolled back for sure, and what may be repeated;
 * bounds every call; and what then remains of the database's troubles becomes a defect. Inside a transaction
 * `one` joins it.
 */
export class Tx extends Context.Service<
  Tx,
  {
    readonly sql: SqlClient.SqlClient
    /** One statement on its own, or as part of the transaction that is open. */
    one<A, E, R>(
      call: Call,
      statement: Effect.Effect<A, E, R>
    ): Effect.Effect<A, Exclude<E, SqlError.SqlError>, R>
    /** A transaction. It does not nest. */
    run<A, E, R>(call: Call, body: Effect.Effect<A, E, R>): Effect.Effect<A, Exclude<E, SqlError.SqlError>, R>
  }
>()("@rose-ash/cart-adapters-postgres/Tx") {
  static readonly layer = (of: Partial<TxLimits> = {}) => Layer.effect(Tx, make({ ...limits, ...of }))
}

const isRefusal = <E>(error: E): error is Exclude<E, SqlError.SqlError> => !SqlError.isSqlError(error)
/** A failure of SQL is nobody's business but this file's. */
const refusedOrDead = <E>(error: E): Effect.Effect<never, Exclude<E, SqlError.SqlError>> =>
  isRefusal(error) ? Effect.fail(error) : Effect.die(error)

/** What is left of a failure that is not repeated: the body's own refusal, or a defect. */
const surface = <A, E>(
  { name }: Call,
  exit: Exit.Failure<A, E>
): Effect.Effect<never, Exclude<E, SqlError.SqlError>> => {
  const error = sqlErrorIn(exit.cause)
  if (error === undefined) {
    return Effect.catch(Effect.failCause(exit.cause), refusedOrDead)
  }
  if (isSlow(error)) return unavailable("slow", name, sqlState(error))
  return isAway(error) ? unavailable("away", name, sqlState(error)) : Effect.die(new SqlRefused(name, error))
}

/** Whether it may be tried again: it was rolled back for sure, or nothing was sent yet, or twice is once. */
const mayRepeat = (call: Call, step: Step, error: SqlError.SqlError | undefined): boolean => {
  if (error === undefined) return false
  if (isRolledBack(error)) return true
  const unknown = isLost(error) || (step === "commit" && isSlow(error))
  return unknown && (step === "begin" || call.idempotentBy !== "")
}

const make = ({ deadline, maxConnections, wait }: TxLimits) =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const gate = yield* Semaphore.make(maxConnections)

    /**
     * One try within its time: at most `wait` for a connection, at most `left` in all. Who is given up is not
     * waited for: ending a statement on a line that fell silent takes seconds, and its connection is busy
     * until then. One fiber and one timer: a race of two more for each call costs as much as the statement.
     */
    const bounded = <A, E, R>(call: Call, left: number, work: Effect.Effect<A, E, R>) =>
      Effect.contextWith((context: Context.Context<R>) =>
        Effect.callback<A, E>((resume) => {
          let started = false
          const begun = Effect.suspend(() => {
            started = true
            return work
          })
          const fiber = Effect.runForkWith(context)(gate.withPermits(1)(begun))
          const giveUp = (why: StoreUnavailable["why"]): void => {
            resume(unavailable(why, call.name))
            fiber.interruptUnsafe()
          }
          const first = Math.min(wait, left)
          let bell = setTimeout(() => {
            if (!started) giveUp("busy")
            else bell = setTimeout(giveUp, left - first, "slow")
          }, first)
          fiber.addObserver((exit) => {
            clearTimeout(bell)
            resume(exit)
          })
          return Effect.sync(() => {
            clearTimeout(bell)
            fiber.interruptUnsafe()
          })
        })
      )

    const repeating = <A, E, R>(
      call: Call,
      work: (at: (step: Step) => void) => Effect.Effect<A, E, R>
    ): Effect.Effect<A, Exclude<E, SqlError.SqlError>, R> =>
      Effect.flatMap(Clock.currentTimeMillis, (start) => {
        const end = start + (call.deadline ?? deadline)
        const attempt = (
          repeats: number,
          now: number
        ): Effect.Effect<A, Exclude<E, SqlError.SqlError>, R> => {
          let step: Step = "begin"
          const tried = bounded(
            call,
            Math.max(1, end - now),
            work((at) => {
              step = at
            })
          )
          return Effect.flatMap(Effect.exit(tried), (exit) => {
            if (Exit.isSuccess(exit)) return Effect.succeed(exit.value)
            if (repeats >= repeatsMost || !mayRepeat(call, step, sqlErrorIn(exit.cause))) {
              return surface(call, exit)
            }
            return Random.nextIntBetween(pauseLeast, pauseLeast * 10 * 4 ** repeats).pipe(
              Effect.flatMap(Effect.sleep),
              Effect.andThen(Clock.currentTimeMillis),
              Effect.flatMap((later) => (later < end ? attempt(repeats + 1, later) : surface(call, exit)))
            )
          })
        }
        return attempt(0, start)
      })

    return Tx.of({
      sql,
      one: (call, statement) =>
        Effect.flatMap(Effect.serviceOption(sql.transactionService), (open) =>
          Option.isSome(open)
            ? Effect.catch(statement, refusedOrDead)
            : repeating(call, (at) =>
                Effect.suspend(() => {
                  at("body")
                  return statement
                })
              )
        ),
      run: (call, body) =>
        repeating(call, (at) =>
          sql.withTransaction(
            Effect.suspend(() => {
              at("body")
              return Effect.tap(body, () => Effect.sync(() => at("commit")))
            })
          )
        )
    })
  })
