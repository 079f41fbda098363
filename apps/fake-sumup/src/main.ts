import { startFakeSumUp } from "./FakeSumUp.ts"
import { readSettings } from "./Settings.ts"

/** A sentence a newcomer can act on. */
const sentence = (error: unknown): string => {
  if (!(error instanceof Error)) return "The practice provider could not start."
  const isTaken = "code" in error && error.code === "EADDRINUSE" && "port" in error
  return isTaken
    ? `FAKE_SUMUP_PORT: port ${error.port} is already taken; set FAKE_SUMUP_PORT to a free one.`
    : error.message
}

/** Ends on a signal, and, when asked to, with whoever holds the other end of standard input. */
const start = async (): Promise<void> => {
  const { options, wrong } = readSettings(process.env)
  if (wrong !== undefined) throw new Error(wrong.join("\n"))
  const { close, url } = await startFakeSumUp(options)
  console.log(`Practice payment provider listening on ${url}`)
  const stop = () => void close().then(() => process.exit(0))
  for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, stop)
  if (process.env["STOP_WITH_STDIN"] !== "1") return
  for (const event of ["end", "close", "error"]) process.stdin.on(event, stop)
  process.stdin.resume()
}

await start().catch((error: unknown) => {
  console.error(sentence(error))
  process.exitCode = 1
})
