import type { State } from "./State.ts"
import { cartStates } from "./statesOfCarts.ts"
import { listStates, orderStates, otherStates } from "./statesOfOrders.ts"
import { overviewStates } from "./statesOfOverview.ts"
import { refusalStates } from "./statesOfRefusals.ts"
import { returnStates } from "./statesOfReturns.ts"
import { reviewStates } from "./statesOfReviews.ts"
import { staffStates } from "./statesOfStaff.ts"
import { troubleStates } from "./statesOfTrouble.ts"

/** Every state of every page. */
export const states: ReadonlyArray<State> = [
  ...overviewStates,
  ...cartStates,
  ...reviewStates,
  ...returnStates,
  ...orderStates,
  ...listStates,
  ...staffStates,
  ...otherStates,
  ...refusalStates,
  ...troubleStates
]
