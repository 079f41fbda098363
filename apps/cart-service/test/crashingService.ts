// The cart service as it is, with one layer more between the use cases and the ports: it dies at CRASH_AT.
import { Effect, Layer } from "effect"
import * as App from "../src/App.ts"
import { complete } from "../src/Database.ts"
import * as Logs from "../src/Logs.ts"
import { read } from "../src/Settings.ts"
import { requested } from "../src/stop.ts"
import { crashingAt } from "./crashing.ts"
import { failingAt } from "./prove/failing.ts"

const service = Effect.gen(function* () {
  const settings = yield* complete(yield* read(process.env, false))
  const point = process.env["CRASH_AT"] ?? ""
  const failing = failingAt(point, process.env["CRASH_POINTS"] || undefined)
  const ports = crashingAt(point).pipe(Layer.provideMerge(failing), Layer.provideMerge(App.ports(settings)))
  yield* Effect.provide(requested(settings.stopWithStdin), App.layer(settings, ports))
})

Effect.runPromise(Effect.scoped(service).pipe(Effect.provide(Logs.layer("Info")))).then(() => process.exit(0))
