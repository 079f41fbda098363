import { connect } from "node:net"
import { Effect, Redacted, Schedule } from "effect"
import { CannotStart } from "./CannotStart.ts"

const usualPort = 5432
const pause = "500 millis"
const patience = "3 seconds"

const knock = (host: string, port: number) =>
  Effect.callback<void, string>((resume) => {
    const socket = connect({ host, port })
    const answer = (found: Effect.Effect<void, string>) => {
      socket.destroy()
      resume(found)
    }
    socket
      .once("connect", () => answer(Effect.void))
      .once("error", (error) => {
        const code: unknown = Reflect.get(error, "code")
        answer(Effect.fail(typeof code === "string" ? code : error.name))
      })
    return Effect.sync(() => void socket.destroy())
  }).pipe(Effect.timeoutOrElse({ duration: patience, orElse: () => Effect.fail("silent") }))

/**
 * Waits half a second for each of `times` until somebody listens where the database should be. A socket in
 * the file system is not asked.
 */
export const reach = (databaseUrl: Redacted.Redacted, times: number): Effect.Effect<void, CannotStart> => {
  const url = new URL(Redacted.value(databaseUrl))
  if (url.hostname === "") return Effect.void
  const host = url.hostname.replace(/^\[|\]$/g, "")
  const port = Number(url.port || usualPort)
  return knock(host, port).pipe(
    Effect.retry(Schedule.spaced(pause).pipe(Schedule.upTo({ times }))),
    Effect.mapError(
      (code) =>
        new CannotStart({
          sentences: [
            `The database at ${url.hostname}:${port} cannot be reached (${code}): start it, or correct DATABASE_URL.`
          ]
        })
    )
  )
}
