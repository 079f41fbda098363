import { Effect, HashMap, Redacted } from "effect"
import type { Customer } from "../identity/Identity.ts"
import { CustomerId } from "../text/Ids.ts"
import { digestOf } from "./digests.ts"
import type { Seeds } from "./Seeds.ts"
import { type World, wrote } from "./World.ts"

/** What the auth service does, in memory. */
export const seedPeople = (
  world: World["Service"]
): Pick<Seeds["Service"], "person" | "logOut" | "adopt"> => ({
  person: Effect.fnUntraced(function* (of = {}) {
    const session = `session-${world.mint()}`
    const digest = yield* digestOf(session)
    const id = CustomerId.make(world.mint())
    const { email = "wren@example.org", name = "Wren", staff = { pages: [], treasurer: false } } = of
    const customer: Customer = { _tag: "Customer", id, name, email }
    return yield* world.step("Seeds.person", (state) =>
      wrote(
        { customer, session: Redacted.make(session) },
        {
          ...state,
          people: HashMap.set(state.people, id, { customer, staff }),
          sessions: HashMap.set(state.sessions, digest, id)
        }
      )
    )
  }),
  logOut: (session) =>
    Effect.flatMap(digestOf(Redacted.value(session)), (digest) =>
      world.step("Seeds.logOut", (state) =>
        wrote(undefined, { ...state, sessions: HashMap.remove(state.sessions, digest) })
      )
    ),
  adopt: (visitor, customer) =>
    world.step("Seeds.adopt", (state) =>
      wrote(undefined, {
        ...state,
        visitors: HashMap.set(state.visitors, visitor.id, customer.id),
        visitorKeys: HashMap.map(state.visitorKeys, (key) =>
          key.visitorId === visitor.id ? { ...key, retired: true } : key
        ),
        orders: HashMap.map(state.orders, (row) => {
          const { owner } = row.order
          const theirs = owner.visitorId === visitor.id && owner.customerId === null
          return theirs
            ? { ...row, order: { ...row.order, owner: { ...owner, customerId: customer.id } } }
            : row
        })
      })
    )
})
