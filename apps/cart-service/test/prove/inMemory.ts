import * as SumUp from "@rose-ash/cart-adapters-sumup"
import * as Domain from "@rose-ash/cart-domain/Domain"
import { Audits } from "@rose-ash/cart-domain/health/Audits"
import { check } from "@rose-ash/cart-domain/testing/Invariants"
import * as Memory from "@rose-ash/cart-domain/testing/Memory"
import { movableClock } from "@rose-ash/cart-domain/testing/MovableClock"
import { World } from "@rose-ash/cart-domain/testing/World"
import { Clock, Effect, Layer } from "effect"
import * as App from "../../src/App.ts"
import * as configs from "../../src/configs.ts"
import { complete } from "../../src/Database.ts"
import { read } from "../../src/Settings.ts"
import { booksMemory } from "./booksMemory.ts"
import { type Around, environmentOf } from "./service.ts"

const audits = Layer.effect(
  Audits,
  Effect.map(World, (world) =>
    Audits.of({ breaks: () => Effect.zipWith(world.peek, world.now, (state, now) => check(state, now)) })
  )
)

/** The service as it is composed, listening and working, on ports in memory and a clock that is moved on. */
export const inMemory = (providerUrl: string, port: number, around: Around) =>
  Layer.unwrap(
    Effect.gen(function* () {
      const { clock, moveOn } = movableClock()
      // Nothing connects to it: every port that would is in memory.
      const nowhere = { DATABASE_URL: "postgres://nowhere.invalid/cart" }
      const settings = yield* complete(yield* read(environmentOf(providerUrl, port, nowhere), false))
      const kept = Layer.provideMerge(audits, Memory.layer)
      const ports = around(SumUp.layer(configs.sumUp(settings)).pipe(Layer.provideMerge(kept)))
      return App.layer(settings, ports).pipe(
        Layer.provideMerge(booksMemory((seconds) => moveOn(seconds * 1000))),
        Layer.provideMerge(Domain.layer.pipe(Layer.provideMerge(ports))),
        Layer.provideMerge(kept),
        Layer.provideMerge(Layer.succeed(Clock.Clock, clock))
      )
    })
  )
