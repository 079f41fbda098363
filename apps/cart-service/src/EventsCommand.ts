import { Events } from "@rose-ash/cart-domain/event/Events"
import { Inbox } from "@rose-ash/cart-domain/event/Inbox"
import { OrderId } from "@rose-ash/cart-domain/text/Ids"
import { Instant } from "@rose-ash/cart-domain/time/Instant"
import { Effect, Option, Schema } from "effect"
import { CannotStart } from "./CannotStart.ts"

const usage = new CannotStart({
  sentences: [
    "events dead                                        what was given up, one JSON object a line",
    "events redrive [CONSUMER]                          it is due again; without a name also what siblings told",
    "events replay CONSUMER SINCE [UNTIL]               everything of a time is told again: 2026-11-23T10:00:00Z",
    "events replay CONSUMER ORDER-ID                    everything about one order is told again",
    "events retire CONSUMER                             it is told nothing more; what waits for it is dropped"
  ]
})

const always = { since: Instant.make(0), until: Instant.make(8_640_000_000_000_000) }
const isOrderId = Schema.is(OrderId)
const instant = Schema.decodeUnknownOption(Instant)

/** A moment with its date and its zone; anything less could be meant otherwise. */
const momentIn = (text: string): Option.Option<Instant> =>
  /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(text) ? instant(Date.parse(text)) : Option.none()

const say = (line: string) => Effect.sync(() => console.log(line))

const dead = Effect.gen(function* () {
  const [events, inbox] = [yield* Events, yield* Inbox]
  for (const one of [...(yield* events.dead), ...(yield* inbox.dead)]) yield* say(JSON.stringify(one))
})

const redrive = Effect.fnUntraced(function* (consumer: string | undefined) {
  const [events, inbox] = [yield* Events, yield* Inbox]
  const again = yield* events.redrive(consumer ?? null)
  const messages = consumer === undefined ? yield* inbox.redrive : 0
  yield* say(`${again} deliveries and ${messages} messages are due again`)
})

const replay = Effect.fnUntraced(function* (consumer: string, from: string, until: string | undefined) {
  const events = yield* Events
  if (isOrderId(from) && until === undefined) {
    return yield* say(`${yield* events.replay({ ...always, consumer, stream: from })} events are told again`)
  }
  const [since, end] = [momentIn(from), until === undefined ? Option.some(always.until) : momentIn(until)]
  if (since._tag === "None" || end._tag === "None") return yield* usage
  const of = { consumer, stream: null, since: since.value, until: end.value }
  return yield* say(`${yield* events.replay(of)} events are told again`)
})

const retire = Effect.fnUntraced(function* (consumer: string) {
  const events = yield* Events
  yield* say(`${yield* events.retire(consumer)} deliveries are dropped`)
})

/** What an operator does to events, by the words after `events`. */
export const events = ([what, first, second, third]: ReadonlyArray<string>): Effect.Effect<
  void,
  CannotStart,
  Events | Inbox
> => {
  if (what === "dead" && first === undefined) return dead
  if (what === "redrive" && second === undefined) return redrive(first)
  if (what === "retire" && first !== undefined && second === undefined) return retire(first)
  if (what === "replay" && first !== undefined && second !== undefined) return replay(first, second, third)
  return Effect.fail(usage)
}
