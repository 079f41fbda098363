import { Forbidden, Malformed, TooLarge, Unauthorized } from "@rose-ash/cart-client/contract/refusals"
import { SiblingMessage, type SiblingName } from "@rose-ash/cart-client/events/SiblingMessage"
import { type Doubt, verify } from "@rose-ash/cart-client/events/Signature"
import { Inbox } from "@rose-ash/cart-domain/event/Inbox"
import { Clock, Effect, Metric, Option, Schema } from "effect"
import { answer, type Called, type InternalHandler } from "./InternalAnswer.ts"
import { Site } from "./Site.ts"
import type { Teller } from "./services.ts"

const told = Metric.counter("cart_messages_told_total", {
  description: "Messages that somebody told over HTTP, by sibling and by what became of them",
  incremental: true
})
type Outcome = Doubt | "foreign" | "unreadable" | "too_large" | "now" | "before"
const counted = (source: SiblingName | "unknown", outcome: Outcome) =>
  Metric.update(Metric.withAttributes(told, { source, outcome }), 1)

/** Whose keys signed it; else the most that is known of what is wrong. */
const tellerOf = (tellers: ReadonlyArray<Teller>, { body, header }: Called, now: number) => {
  const doubts = new Set<Doubt>(["unsigned"])
  for (const { keys, name } of tellers) {
    const verdict = verify(keys, { body, header, now })
    if ("id" in verdict) return { name, id: verdict.id }
    doubts.add(verdict.doubt)
  }
  const doubt: Doubt = doubts.has("stale") ? "stale" : doubts.has("forged") ? "forged" : "unsigned"
  return { doubt }
}

const decode = Schema.decodeUnknownOption(Schema.fromJsonString(SiblingMessage))
/** Deeper than any message is: what is nested by the thousand cannot be written down again. */
const levelsMost = 64
/**
 * Whether a store takes all of it: JSON may write a NUL, one half of a pair, or lists within lists for ever.
 */
const isStorable = (message: SiblingMessage): boolean => {
  const left: Array<readonly [value: unknown, level: number]> = [[message, 0]]
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [one, level] = next
    if (typeof one === "string" && (one.includes("\u0000") || !one.isWellFormed())) return false
    if (typeof one !== "object" || one === null) continue
    if (level > levelsMost) return false
    for (const [name, value] of Object.entries(one)) left.push([name, 0], [value, level + 1])
  }
  return true
}

const messageIn = ({ body }: Called): SiblingMessage | null =>
  Option.getOrNull(Option.filter(decode(Buffer.from(body).toString("utf8")), isStorable))

/** A sibling tells what happened: kept, answered, and handled by a worker. */
export const tell: InternalHandler = Effect.fnUntraced(function* (called) {
  const { config } = yield* Site
  const now = yield* Clock.currentTimeMillis
  const teller = tellerOf(config.internal?.tellers ?? [], called, now)
  if ("doubt" in teller) {
    yield* counted("unknown", teller.doubt)
    return yield* new Unauthorized()
  }
  const { id, name } = teller
  const message = messageIn(called)
  if (message === null || message.id !== id) {
    yield* counted(name, "unreadable")
    return yield* new Malformed()
  }
  if (message.source !== `/${name}`) {
    yield* counted(name, "foreign")
    return yield* new Forbidden()
  }
  const inbox = yield* Inbox
  const { data, type } = message
  const heard = yield* inbox.tell({ source: name, id, type, data }).pipe(
    Effect.map((first) => (first ? ("now" as const) : ("before" as const))),
    Effect.tapError(() => counted(name, "too_large")),
    Effect.catchTag("MessageTooLarge", () => Effect.fail(new TooLarge()))
  )
  yield* counted(name, heard)
  return answer(202, { heard })
})
