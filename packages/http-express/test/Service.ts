import * as Domain from "@rose-ash/cart-domain/Domain"
import * as Memory from "@rose-ash/cart-domain/testing/Memory"
import { movableClock } from "@rose-ash/cart-domain/testing/MovableClock"
import * as PaymentProviderScripted from "@rose-ash/cart-domain/testing/PaymentProviderScripted"
import { Pause } from "@rose-ash/cart-domain/testing/World"
import { Clock, Effect, Layer, Logger, ManagedRuntime } from "effect"
import * as Express from "../src/Express.ts"
import { Browser } from "./Browser.ts"

export const publicUrl = "http://cart.test"
const plenty = 100_000

export const config: Express.ExpressConfig = {
  port: 0,
  host: "127.0.0.1",
  publicUrl,
  siblingOrigins: ["http://market.test", "http://blog.test"],
  paymentOrigins: ["https://pay.example"],
  mediaOrigins: ["http://pictures.test"],
  sessionCookie: "rose_session",
  trustProxy: 0,
  links: { blog: "http://blog.test", market: "http://market.test", events: "http://events.test" },
  practice: true,
  letters: true,
  development: true,
  limits: {
    reads: plenty,
    cart: plenty,
    cartByAddress: plenty,
    pay: plenty,
    payByAddress: plenty,
    follow: plenty,
    misses: plenty
  }
}

const memory = Layer.merge(Memory.layer, PaymentProviderScripted.layer)

/** The web side on ports in memory, listening on 127.0.0.1. */
export const serve = async (more: Partial<Express.ExpressConfig> = {}) => {
  const { clock, moveOn } = movableClock()
  const lines: Array<string> = []
  let pause: Pause = () => Effect.void
  const logger = Logger.make((options) => {
    lines.push(JSON.stringify(Logger.formatStructured.log(options)))
  })
  const layer = Express.layer({ ...config, ...more }).pipe(
    Layer.provideMerge(Domain.layer),
    Layer.provideMerge(memory),
    Layer.provide(
      Layer.mergeAll(
        Logger.layer([logger]),
        Layer.succeed(Clock.Clock, clock),
        Layer.succeed(Pause, (at) => pause(at))
      )
    )
  )
  const runtime = ManagedRuntime.make(layer)
  const { internalPort, port } = await runtime.runPromise(Express.Listening)
  const origin = more.publicUrl ?? publicUrl
  return {
    port,
    internalPort,
    origin,
    lines,
    moveOn,
    /** Around every port call from now on: waits, fails or counts. */
    meanwhile: (then: Pause) => {
      pause = then
    },
    run: runtime.runPromise.bind(runtime),
    browser: () => new Browser([port], origin),
    stop: () => runtime.dispose()
  }
}
export type Service = Awaited<ReturnType<typeof serve>>
