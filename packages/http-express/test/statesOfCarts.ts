import { Effect } from "effect"
import type { Stage } from "./Stage.ts"
import { bakery, choir, farm, paidOrder, workshop } from "./scenes.ts"

/** A page in a state that people can be in, and what it says then. */
export interface State {
  readonly name: string
  readonly h1: string
  /** Words that must stand on it. */
  readonly says: ReadonlyArray<string>
  /** Words that must not. */
  readonly never?: ReadonlyArray<string>
  /** Brings it about; returns where to look. */
  readonly stage: (stage: Stage) => Promise<string>
}

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
    never: ["payments"],
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

export const reviewStates: ReadonlyArray<State> = [
  {
    name: "review",
    h1: "Check your order",
    says: ["Rye crackers £2.50 each × 2 £5.00", "Order and pay £13.20", "You pay on SumUp’s secure page"],
    stage: async (stage) => `/p/${(await bakery(stage)).page.id}/checkout`
  },
  {
    name: "review-customer-with-place",
    h1: "Check your order",
    says: ["Pottery taster", "Items £13.20", "Places £15.00", "Total £28.20"],
    stage: async (stage) => {
      const customer = await stage.logIn()
      const { page } = await bakery(stage)
      await stage.place(page.id, "Pottery taster", 1500, customer)
      return `/p/${page.id}/checkout`
    }
  },
  {
    name: "review-email-malformed",
    h1: "Check your order",
    says: ["There is a problem", "Enter an e-mail address like name@example.org."],
    stage: async (stage) => {
      const { page } = await bakery(stage)
      const path = `/p/${page.id}/checkout`
      await stage.browser.open(path)
      await stage.browser.post(path, { ...stage.browser.formOf(path), email: "wren at example" })
      return path
    }
  },
  {
    name: "review-price-rose",
    h1: "Check your order",
    says: [
      "Sourdough loaf is now £4.50 (it was £4.00).",
      "Nothing has been ordered yet.",
      "Order and pay £13.70"
    ],
    stage: async (stage) => {
      const { page, sourdough } = await bakery(stage)
      const path = `/p/${page.id}/checkout`
      await stage.browser.open(path)
      const form = stage.browser.formOf(path)
      await stage.seeds((seeds) => seeds.reprice(sourdough, 450))
      await stage.browser.post(path, { ...form, email: "wren@example.org" })
      return path
    }
  },
  {
    name: "review-cart-changed",
    h1: "Check your order",
    says: ["Your cart changed while you were looking. Please check it once more."],
    stage: async (stage) => {
      const { page, rye } = await bakery(stage)
      const path = `/p/${page.id}/checkout`
      await stage.browser.open(path)
      const form = stage.browser.formOf(path)
      await stage.add(rye)
      stage.browser.jar.delete("notice")
      await stage.browser.post(path, { ...form, email: "wren@example.org" })
      return path
    }
  },
  {
    name: "review-nothing-to-pay",
    h1: "Check your order",
    says: ["Place order – nothing to pay", "There is nothing to pay."],
    stage: async (stage) => {
      const page = await stage.page({ name: "Seed Library" })
      await stage.add(await stage.item(page.id, "Runner beans, a handful", 0))
      return `/p/${page.id}/checkout`
    }
  }
]
