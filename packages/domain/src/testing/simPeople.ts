import { HashMap } from "effect"
import { type Customer, type Visitor, visitor } from "../identity/Identity.ts"
import { CustomerId, VisitorId } from "../text/Ids.ts"
import type { SimHouse } from "./simHouse.ts"
import { wrote } from "./World.ts"

/** A browser that comes for the first time. */
export const newVisitor = (house: SimHouse): Visitor => {
  const id = VisitorId.make(house.world.mint())
  house.outside(
    house.world.step("Sim.visitor", (state) =>
      wrote(undefined, { ...state, visitors: HashMap.set(state.visitors, id, null) })
    )
  )
  return visitor(id)
}

/** Somebody the auth service knows. */
export const newCustomer = (house: SimHouse): Customer => {
  const id = CustomerId.make(house.world.mint())
  const customer: Customer = { _tag: "Customer", id, name: "Wren", email: "wren@example.org" }
  const staff = { pages: [], treasurer: false }
  house.outside(
    house.world.step("Sim.customer", (state) =>
      wrote(undefined, { ...state, people: HashMap.set(state.people, id, { customer, staff }) })
    )
  )
  return customer
}
