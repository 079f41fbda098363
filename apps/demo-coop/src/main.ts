import { startDemoCoop } from "./DemoCoop.ts"
import { readSettings } from "./Settings.ts"

const read = readSettings(process.env)
if ("wrong" in read) {
  for (const sentence of read.wrong) console.error(sentence)
  process.exit(1)
}
const { settings } = read
const { close } = await startDemoCoop(settings)
console.log("The practice cooperative listens.", settings.links)

/** Ends on a signal, and with whoever holds the other end of standard input. */
const stop = (): void => void close().then(() => process.exit(0))
for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, stop)
if (settings.stopWithStdin) {
  for (const event of ["end", "close", "error"]) process.stdin.on(event, stop)
  process.stdin.resume()
}
