import { startFakeSumUp } from "./FakeSumUp.ts"
import { readSettings } from "./Settings.ts"

const refuse = (sentences: ReadonlyArray<string>): void => {
  for (const sentence of sentences) console.error(sentence)
  process.exitCode = 1
}

/** A sentence a newcomer can act on. */
const sentence = (error: unknown, port: number): string => {
  if (!(error instanceof Error)) return "The practice provider could not start."
  if ("code" in error && error.code === "EADDRINUSE") {
    return `FAKE_SUMUP_PORT: port ${port} is already taken; set FAKE_SUMUP_PORT to a free one.`
  }
  return error.message
}

const start = async (): Promise<void> => {
  const settings = readSettings(process.env)
  if ("wrong" in settings) return refuse(settings.wrong)
  try {
    const { url, close } = await startFakeSumUp(settings.options)
    console.log(`Practice payment provider listening on ${url}`)
    stopWith(close)
  } catch (error) {
    refuse([sentence(error, settings.options.port ?? 0)])
  }
}

/** Ends on a signal, and with whoever holds the other end of standard input. */
const stopWith = (close: () => Promise<void>): void => {
  const stop = (): void => {
    void close().then(() => process.exit(0))
  }
  for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, stop)
  if (process.env["STOP_WITH_STDIN"] !== "1") return
  for (const event of ["end", "close", "error"]) process.stdin.on(event, stop)
  process.stdin.resume()
}

await start()
