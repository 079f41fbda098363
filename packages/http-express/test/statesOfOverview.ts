import type { State } from "./State.ts"
import { bakery, choir, farm, ordered, paidOrder, withCase, workshop } from "./scenes.ts"

export const overviewStates: ReadonlyArray<State> = [
  {
    name: "overview-empty",
    h1: "Your cart",
    says: ["Your cart is empty.", "Go to the market"],
    stage: async () => "/"
  },
  {
    name: "overview-one",
    h1: "Your cart",
    says: ["2 × Rye crackers £5.00", "Pay Ash Bakery £13.20"],
    never: ["in all"],
    stage: async (stage) => {
      await bakery(stage)
      return "/"
    }
  },
  {
    name: "overview-many",
    h1: "Your cart",
    says: [
      "4 pages, 4 payments, £63.30 and €24.00 in all.",
      "Each page is paid separately",
      "Not taking payments online yet",
      "Ask print@mill.example",
      "Pay Rose Farm £26.10"
    ],
    stage: async (stage) => {
      await bakery(stage)
      await farm(stage)
      await choir(stage)
      await workshop(stage)
      return "/"
    }
  },
  {
    name: "overview-attention",
    h1: "Your cart",
    says: ["Needs your attention", "Check this cart", "no longer for sale"],
    never: ["Pay Ash Bakery"],
    stage: async (stage) => {
      const { jam } = await bakery(stage)
      await stage.seeds((seeds) => seeds.offer(jam, false))
      await farm(stage)
      return "/"
    }
  },
  {
    name: "overview-payment-in-question",
    h1: "Your cart",
    says: ["We are checking a payment for your order RA-", "Please don’t pay again.", "See the order"],
    never: ["Continue payment", "waiting for payment"],
    stage: async (stage) => {
      await withCase(stage, await ordered(stage), "mismatch")
      return "/"
    }
  },
  {
    name: "overview-waiting-and-paid",
    h1: "Your cart",
    says: [
      "You have an order waiting for payment: RA-",
      "Continue payment",
      "Paid in this visit",
      "Ash Bakery £13.20"
    ],
    stage: async (stage) => {
      const first = await bakery(stage)
      await paidOrder(stage, first.page.id)
      const second = await farm(stage)
      await stage.order(second.page.id)
      await choir(stage)
      return "/"
    }
  },
  {
    name: "overview-held-place",
    h1: "Your cart",
    says: ["Pottery taster", "Place held for you until"],
    stage: async (stage) => {
      const { page } = await bakery(stage)
      await stage.place(page.id, "Pottery taster", 1500, await stage.identity())
      return "/"
    }
  }
]
