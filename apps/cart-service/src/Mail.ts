import * as Smtp from "@rose-ash/cart-adapters-smtp"
import { Letters } from "@rose-ash/cart-domain/event/Letters"
import { SubscriberFailed, Subscribers } from "@rose-ash/cart-domain/event/Subscribers"
import * as LettersExpress from "@rose-ash/cart-http-express/Letters"
import { Effect, Layer } from "effect"
import * as configs from "./configs.ts"
import type { Complete } from "./Database.ts"

/** The consumer of the outbox that writes letters. */
const consumer = "mail"

/** Letters by the mail server of the settings; without one, none are written. */
export const letters = (settings: Complete) => {
  if (settings.mail === null) return Letters.none
  const host = new URL(settings.publicUrl).hostname
  return LettersExpress.layer(configs.express(settings)).pipe(
    Layer.provide(Smtp.layer({ ...settings.mail, host }))
  )
}

/** Whoever is told of events, and the buyers by letter: from the same outbox, with the same tries. */
export const withLetters = (settings: Complete) =>
  Layer.effect(
    Subscribers,
    Effect.gen(function* () {
      const [others, letters] = [yield* Subscribers, yield* Letters]
      if (settings.mail === null) return others
      return Subscribers.of({
        names: [...others.names, consumer],
        deliver: (name, event) =>
          name === consumer
            ? Effect.mapError(letters.ofEvent(event), ({ reason }) => new SubscriberFailed({ reason }))
            : others.deliver(name, event)
      })
    })
  )
