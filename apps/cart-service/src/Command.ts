import * as Postgres from "@rose-ash/cart-adapters-postgres"
import { Cause, Effect, References } from "effect"
import * as App from "./App.ts"
import { audit } from "./AuditCommand.ts"
import { CannotStart } from "./CannotStart.ts"
import { type Complete, complete } from "./Database.ts"
import { events } from "./EventsCommand.ts"
import { explain } from "./explain.ts"
import * as Logs from "./Logs.ts"
import { pages } from "./PagesCommand.ts"
import type { Environment } from "./Reader.ts"
import { differences, reconcile } from "./ReconcileCommand.ts"
import { rotateKeys } from "./RotateKeysCommand.ts"
import { reach } from "./reach.ts"
import { read } from "./Settings.ts"
import { requested } from "./stop.ts"

const migrate = Effect.fnUntraced(function* (settings: Complete) {
  const files = yield* Postgres.migrate({ url: settings.migrateUrl ?? settings.databaseUrl })
  if (files.length > 0) yield* Effect.log("tables are up to date", { files: files.length })
})

/** In production the tables are brought up to date by a step of its own, perhaps by a role of its own. */
const tables = (settings: Complete) => (settings.production ? Effect.void : migrate(settings))

/** Serves until it is asked to stop; then what was begun is finished, and everything closed in order. */
const serve = Effect.fnUntraced(function* (settings: Complete) {
  yield* tables(settings)
  const { publicUrl: url } = settings
  const service = Effect.andThen(Effect.log("listening", { url }), requested(settings.stopWithStdin))
  yield* Effect.provide(service, App.layer(settings))
  yield* Effect.log("stopped")
})

const configure = (settings: Complete) =>
  Effect.andThen(tables(settings), Effect.provide(pages(settings.live), App.ports(settings)))

/** The words after `events` say what is done to them. */
const operate = (settings: Complete, words: ReadonlyArray<string>) =>
  Effect.andThen(tables(settings), Effect.provide(events(words), App.storage(settings)))

/** Answers the exit code. */
type Run = (settings: Complete, words: ReadonlyArray<string>) => Effect.Effect<number, unknown>
const done =
  <E>(run: (settings: Complete, words: ReadonlyArray<string>) => Effect.Effect<void, E>): Run =>
  (settings, words) =>
    Effect.as(run(settings, words), 0)
const commands = new Map<string, Run>([
  ["serve", done(serve)],
  ["migrate", done(migrate)],
  ["pages", done(configure)],
  ["events", done(operate)],
  ["reconcile", (settings, words) => Effect.provide(reconcile(words), App.useCases(settings))],
  ["differences", done((settings, words) => Effect.provide(differences(words), App.storage(settings)))],
  ["rotate-keys", (settings) => Effect.provide(rotateKeys, App.storage(settings))],
  ["audit", (settings) => Effect.provide(audit, App.storage(settings))]
])

const named = (name: string) =>
  Effect.fromNullishOr(commands.get(name)).pipe(
    Effect.mapError(() => {
      const known = [...commands.keys()].join(", ")
      return new CannotStart({ sentences: [`There is no command "${name}": there are ${known}.`] })
    })
  )

const failed = (cause: Cause.Cause<unknown>): Effect.Effect<number> => {
  if (Cause.hasInterruptsOnly(cause)) return Effect.succeed(130)
  const sentences = explain(cause)
  if (sentences.length === 0) return Effect.as(Effect.logFatal("the service broke", cause), 1)
  return Effect.sync(() => {
    console.error(`The cart service cannot start:\n${sentences.map((one) => `  ${one}`).join("\n")}`)
    return 1
  })
}

/** Runs a command, with the words after it, to its end and answers the exit code. `built`: see Settings. */
export const run = (
  [name = "serve", ...words]: ReadonlyArray<string>,
  environment: Environment,
  built: boolean
): Effect.Effect<number> =>
  Effect.gen(function* () {
    const command = yield* named(name)
    const settings = yield* read(environment, built)
    const ready = yield* complete(settings)
    // In production everything may be starting at the same time; at home somebody is waiting for an answer.
    yield* reach(ready.databaseUrl, settings.production ? 20 : 4)
    return yield* command(ready, words).pipe(
      Effect.catchCause(failed),
      Effect.provide(Logs.layer(settings.logLevel)),
      // Nobody collects spans: making them for nobody is a good part of what a page costs.
      Effect.provideService(References.TracerEnabled, false)
    )
  }).pipe(Effect.scoped, Effect.catchCause(failed), Effect.provide(Logs.layer("Info")))
