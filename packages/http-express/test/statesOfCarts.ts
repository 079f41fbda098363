import { Effect } from "effect"
import type { State } from "./State.ts"
import { bakery, workshop } from "./scenes.ts"

export const cartStates: ReadonlyArray<State> = [
  {
    name: "cart",
    h1: "Ash Bakery: your cart",
    says: [
      "Items £13.20",
      "Total for Ash Bakery £13.20",
      "Tax included £0.63",
      "Keep shopping at Ash Bakery"
    ],
    stage: async (stage) => {
      const { page } = await bakery(stage)
      stage.browser.jar.delete("notice")
      return `/p/${page.id}`
    }
  },
  {
    name: "cart-added",
    h1: "Ash Bakery: your cart",
    says: ["Added 1 × Plum jam, small jar."],
    stage: async (stage) => `/p/${(await bakery(stage)).page.id}`
  },
  {
    name: "cart-removed",
    h1: "Ash Bakery: your cart",
    says: ["Removed Rye crackers.", "Undo", "Total for Ash Bakery £8.20"],
    stage: async (stage) => {
      const { page, rye } = await bakery(stage)
      await stage.browser.post(`/p/${page.id}/lines/${rye}`, { quantity: "0", had: "2" })
      return `/p/${page.id}`
    }
  },
  {
    name: "cart-too-many",
    h1: "Ash Bakery: your cart",
    says: ["There is a problem", "Sourdough loaf: At most 10 per person. Your cart still has 1."],
    stage: async (stage) => {
      const { page, sourdough } = await bakery(stage)
      await stage.browser.post(`/p/${page.id}/lines/${sourdough}`, { quantity: "50", had: "1" })
      return `/p/${page.id}`
    }
  },
  {
    name: "cart-prices-moved-and-gone",
    h1: "Ash Bakery: your cart",
    says: [
      "Now £4.50 (was £4.00)",
      "Now £2.00 (was £2.50)",
      "No longer for sale. Remove it to check out.",
      "Sort out the lines marked “Problem” to go on."
    ],
    never: ["Pay Ash Bakery"],
    stage: async (stage) => {
      const { jam, page, rye, sourdough } = await bakery(stage)
      await stage.seeds((seeds) =>
        Effect.all([seeds.reprice(sourdough, 450), seeds.reprice(rye, 200), seeds.offer(jam, false)])
      )
      return `/p/${page.id}`
    }
  },
  {
    name: "cart-places",
    h1: "Ash Bakery: your cart",
    says: [
      "Pottery taster",
      "Held for you until",
      "Give this place back",
      "No longer held for you.",
      "Places £15.00"
    ],
    stage: async (stage) => {
      const { page } = await bakery(stage)
      const identity = await stage.identity()
      await stage.place(page.id, "Pottery taster", 1500, identity)
      const lapsed = await stage.place(page.id, "Bread for beginners", 2000, identity)
      await stage.seeds((seeds) => seeds.lapse(lapsed.id))
      return `/p/${page.id}`
    }
  },
  {
    name: "cart-not-payable",
    h1: "Print Workshop: your cart",
    says: ["Print Workshop is not taking payments online yet.", "print@mill.example"],
    stage: async (stage) => `/p/${(await workshop(stage)).id}`
  },
  {
    name: "cart-too-little",
    h1: "Ash Bakery: your cart",
    says: [
      "The smallest total that can be paid online is £1.00. Please add something to your cart.",
      "£0.60"
    ],
    stage: async (stage) => {
      const page = await stage.page({ name: "Ash Bakery" })
      await stage.add(await stage.item(page.id, "Paper bag", 30), 2)
      return `/p/${page.id}`
    }
  },
  {
    name: "cart-empty",
    h1: "Ash Bakery: your cart",
    says: ["Your cart for Ash Bakery is empty.", "Go to Ash Bakery"],
    stage: async (stage) => `/p/${(await stage.page({ name: "Ash Bakery" })).id}`
  },
  {
    name: "cart-empty-order-waits",
    h1: "Ash Bakery: your cart",
    says: ["You have an order waiting for payment: RA-", "Continue payment"],
    stage: async (stage) => {
      const { page } = await bakery(stage)
      await stage.order(page.id)
      return `/p/${page.id}/checkout`
    }
  }
]
