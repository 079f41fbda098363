import { Consuming } from "@rose-ash/cart-domain/event/Consuming"
import { type Consumer, Events } from "@rose-ash/cart-domain/event/Events"
import { Relay } from "@rose-ash/cart-domain/event/Relay"
import { Subscribers } from "@rose-ash/cart-domain/event/Subscribers"
import { Effect, Layer } from "effect"

/** The use cases that tell others and hear them. */
export const layer = Layer.mergeAll(Relay.layer, Consuming.layer)

/**
 * Whoever is to be told is told from before the first request on. What nobody brings any more goes on
 * waiting, and is
 * named: retiring it is a person's word.
 */
export const enlisted = (neighbours: ReadonlyArray<Consumer>) =>
  Layer.effectDiscard(
    Effect.gen(function* () {
      const [events, { names }] = [yield* Events, yield* Subscribers]
      const others = yield* events.enlist([
        ...names.map((name) => ({ name, neighbour: null })),
        ...neighbours
      ])
      yield* Effect.forEach(others, (consumer) =>
        Effect.logWarning("events wait for a consumer that is not in the settings", { consumer })
      )
    })
  )
