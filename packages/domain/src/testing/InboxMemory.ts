import { Effect, HashMap, Layer, Result } from "effect"
import {
  type DeadMessage,
  dataMost,
  Inbox,
  type Message,
  MessageTooLarge,
  type Received
} from "../event/Inbox.ts"
import { type Instant, plus } from "../time/Instant.ts"
import type { MessageRow, State } from "./State.ts"
import { at, World, wrote } from "./World.ts"

const claimMost = 100
const deadMost = 1000
const keyOf = ({ id, source }: Pick<Message, "id" | "source">): string => `${source}|${id}`

/** As if every letter were one byte. */
const isTooLarge = ({ data }: Message): boolean => (JSON.stringify(data) ?? "").length > dataMost

const put = (state: State, rows: ReadonlyArray<MessageRow>): State => ({
  ...state,
  inbox: HashMap.setMany(
    state.inbox,
    rows.map((row) => [keyOf(row.message), row] as const)
  )
})

const settled = (state: State, { lease, message }: Received, next: Partial<MessageRow>): State => {
  const row = at(state.inbox, keyOf(message))
  return row === undefined || row.lease !== lease ? state : put(state, [{ ...row, ...next, lease: null }])
}

const buried = (state: State): ReadonlyArray<MessageRow> =>
  HashMap.toValues(state.inbox)
    .filter(({ dueAt, outcome }) => dueAt === null && outcome === null)
    .sort((a, b) => (a.failed?.at ?? 0) - (b.failed?.at ?? 0))

const deadOf = ({ failed, message, receivedAt, tries }: MessageRow): DeadMessage => {
  const { id, source, type } = message
  return { source, id, type, tries, reason: failed?.reason ?? "", since: failed?.at ?? receivedAt }
}

/** What siblings told, in memory. */
export const layer = Layer.effect(
  Inbox,
  Effect.map(World, (world) => {
    const handOut = (row: MessageRow, now: Instant, lease: number): MessageRow => ({
      ...row,
      tries: row.tries + 1,
      lease: world.mint(),
      dueAt: plus(now, lease)
    })
    return Inbox.of({
      tell: (message) =>
        world.step("Inbox.tell", (state, now) => {
          if (HashMap.has(state.inbox, keyOf(message))) return wrote(false, state)
          if (isTooLarge(message)) return Result.fail(new MessageTooLarge())
          const fresh = {
            message,
            receivedAt: now,
            tries: 0,
            lease: null,
            dueAt: now,
            outcome: null,
            failed: null
          }
          return wrote(true, put(state, [fresh]))
        }),
      claim: (limit, lease) =>
        world.step("Inbox.claim", (state, now) => {
          const rows = HashMap.toValues(state.inbox)
            .filter(({ dueAt }) => dueAt !== null && dueAt <= now)
            .sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0))
            .slice(0, Math.min(limit, claimMost))
            .map((row) => handOut(row, now, lease))
          return wrote(
            rows.map(({ lease: token, message, tries }) => ({ message, lease: token ?? "", tries })),
            put(state, rows)
          )
        }),
      handled: (received, outcome) =>
        world.step("Inbox.handled", (state) =>
          wrote(undefined, settled(state, received, { dueAt: null, outcome }))
        ),
      later: (received, after) =>
        world.step("Inbox.later", (state, now) =>
          wrote(undefined, settled(state, received, { tries: 0, dueAt: plus(now, after), failed: null }))
        ),
      failed: (received, reason, after) =>
        world.step("Inbox.failed", (state, now) => {
          const next = { dueAt: after === null ? null : plus(now, after), failed: { reason, at: now } }
          return wrote(undefined, settled(state, received, next))
        }),
      dead: world.look("Inbox.dead", (state) => buried(state).slice(0, deadMost).map(deadOf)),
      redrive: world.step("Inbox.redrive", (state, now) => {
        const rows = buried(state)
        return wrote(
          rows.length,
          put(
            state,
            rows.map((row) => ({ ...row, tries: 0, dueAt: now }))
          )
        )
      })
    })
  })
)
