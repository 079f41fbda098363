import { CartModel } from "./CartView.ts"
import { HelpModel } from "./HelpView.ts"
import { OrdersModel } from "./OrdersView.ts"
import { OrderModel } from "./OrderView.ts"
import { OverviewModel } from "./OverviewView.ts"
import { ProblemModel } from "./ProblemView.ts"
import { ReturnModel } from "./ReturnView.ts"
import { ReviewModel } from "./ReviewView.ts"
import { StaffModel } from "./StaffView.ts"

/** Every view and the model it is rendered from. The name is the template's. */
export const models = {
  overview: OverviewModel,
  cart: CartModel,
  review: ReviewModel,
  return: ReturnModel,
  order: OrderModel,
  orders: OrdersModel,
  staff: StaffModel,
  help: HelpModel,
  problem: ProblemModel
} as const

export type ViewName = keyof typeof models
export type Models = { readonly [V in ViewName]: (typeof models)[V]["Type"] }
