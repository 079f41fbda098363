import { Effect, HashMap, Layer, Redacted } from "effect"
import { Identities, type Presented, type Recognised } from "../identity/Identities.ts"
import { type Visitor, visitor } from "../identity/Identity.ts"
import { VisitorId } from "../text/Ids.ts"
import { digestOf } from "./digests.ts"
import type { State, VisitorKey } from "./State.ts"
import { at, World, wrote } from "./World.ts"

const nobody: Recognised["staff"] = { pages: [], treasurer: false }

/** A visitor that may still be written for: its key opens, and nobody adopted it. */
const living = (state: State, key: VisitorKey | undefined): Visitor | null =>
  key === undefined || key.retired || (at(state.visitors, key.visitorId) ?? null) !== null
    ? null
    : visitor(key.visitorId)

const digests = ({ session, token }: Presented) =>
  Effect.all([
    token === null ? Effect.succeed("") : digestOf(Redacted.value(token)),
    session === null ? Effect.succeed("") : digestOf(Redacted.value(session))
  ])

const recognised = (state: State, token: string, session: string): Recognised => {
  const key = at(state.visitorKeys, token)
  const browser = living(state, key?.kind === "cookie" ? key : undefined)
  const customerId = at(state.sessions, session)
  const person = customerId === undefined ? undefined : at(state.people, customerId)
  if (person === undefined) return { identity: browser, adoptable: null, unbound: false, staff: nobody }
  return { identity: person.customer, adoptable: browser, unbound: false, staff: person.staff }
}

/** Who is asking, in memory. */
export const layer = Layer.effect(
  Identities,
  Effect.map(World, (world) =>
    Identities.of({
      recognise: (presented) =>
        Effect.flatMap(digests(presented), ([token, session]) =>
          world.look("Identities.recognise", (state) => recognised(state, token, session))
        ),
      welcome: Effect.fnUntraced(function* (presented) {
        const token = world.mint()
        const [cookie, session] = yield* digests({ ...presented, token: Redacted.make(token) })
        return yield* world.step("Identities.welcome", (state) => {
          const visitorId = VisitorId.make(world.mint())
          const keys: Array<readonly [string, VisitorKey]> = [
            [cookie, { visitorId, kind: "cookie", retired: false }]
          ]
          if (session !== "") keys.push([session, { visitorId, kind: "session", retired: false }])
          return wrote(
            { visitor: visitor(visitorId), token: Redacted.make(token) },
            {
              ...state,
              visitors: HashMap.set(state.visitors, visitorId, null),
              visitorKeys: HashMap.setMany(state.visitorKeys, keys)
            }
          )
        })
      }),
      // Places in memory name their visitor, not a session: none is ever unbound.
      bind: (visitor, presented) =>
        Effect.flatMap(digests(presented), ([, session]) =>
          world.step("Identities.bind", (state) => {
            const key: VisitorKey = { visitorId: visitor.id, kind: "session", retired: false }
            const visitorKeys = HashMap.set(state.visitorKeys, session, key)
            return wrote(undefined, session === "" ? state : { ...state, visitorKeys })
          })
        ),
      visitorOfSession: (digest) =>
        world.look("Identities.visitorOfSession", (state) => {
          const key = at(state.visitorKeys, digest)
          return key?.kind === "session" ? visitor(key.visitorId) : null
        }),
      customer: (id) =>
        world.look(
          "Identities.customer",
          ({ people }) =>
            HashMap.toValues(people).find(({ customer }) => customer.id === id)?.customer ?? null
        )
    })
  )
)
