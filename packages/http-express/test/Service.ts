import * as Domain from "@rose-ash/cart-domain/Domain"
import * as Memory from "@rose-ash/cart-domain/testing/Memory"
import * as PaymentProviderScripted from "@rose-ash/cart-domain/testing/PaymentProviderScripted"
import { Layer, Logger, ManagedRuntime } from "effect"
import { afterAll } from "vitest"
import * as Express from "../src/Express.ts"
import { Browser } from "./Browser.ts"

export const publicUrl = "http://cart.test"

export const config: Express.ExpressConfig = {
  port: 0,
  host: "127.0.0.1",
  publicUrl,
  siblingOrigins: ["http://market.test", "http://blog.test"],
  paymentOrigins: ["https://pay.test"],
  mediaOrigins: ["http://pictures.test"],
  sessionCookie: "rose_session",
  trustProxy: 0,
  links: { blog: "http://blog.test", market: "http://market.test", events: "http://events.test" },
  practice: true,
  development: true,
  limits: {
    reads: 10_000,
    cart: 10_000,
    cartByAddress: 10_000,
    pay: 10_000,
    payByAddress: 10_000,
    follow: 10_000,
    misses: 10_000
  }
}

const ports = Layer.merge(Memory.layer, PaymentProviderScripted.layer)

/** The web side on ports in memory, listening on 127.0.0.1; stopped after the file's tests. */
export const start = async (more: Partial<Express.ExpressConfig> = {}) => {
  const lines: Array<string> = []
  const logger = Logger.make((options) => {
    lines.push(JSON.stringify(Logger.formatStructured.log(options)))
  })
  const layer = Express.layer({ ...config, ...more }).pipe(
    Layer.provideMerge(Domain.layer),
    Layer.provideMerge(ports),
    Layer.provide(Logger.layer([logger]))
  )
  const runtime = ManagedRuntime.make(layer)
  const { port } = await runtime.runPromise(Express.Listening)
  const stop = () => runtime.dispose()
  afterAll(stop)
  const origin = more.publicUrl ?? publicUrl
  return {
    port,
    lines,
    run: runtime.runPromise.bind(runtime),
    browser: () => new Browser(port, origin),
    stop
  }
}
