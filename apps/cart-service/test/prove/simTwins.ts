import { forgetful, unleased, unmatched, untold } from "@rose-ash/cart-domain/testing/guards"
import type { SimTwin } from "@rose-ash/cart-domain/testing/simPorts"
import type { Guard } from "./guards.ts"

/** What the simulated ports can be without. */
const twins: { readonly [guard in Guard]?: SimTwin } = {
  match: { provider: unmatched },
  outbox: { orders: untold },
  lease: { orders: unleased },
  lock: { orders: forgetful }
}

export const twinOf = (guard: Guard | null): SimTwin => {
  const twin = guard === null ? {} : twins[guard]
  if (twin === undefined) throw new Error(`The simulation has no guard "${guard}" to take away`)
  return twin
}
export const simGuards: ReadonlyArray<string> = Object.keys(twins)
