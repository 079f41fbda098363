import type { State } from "./State.ts"
import { bakery } from "./scenes.ts"

export const reviewStates: ReadonlyArray<State> = [
  {
    name: "review",
    h1: "Check your order",
    says: [
      "Rye crackers £2.50 each × 2 £5.00",
      "Order and pay £13.20",
      "You pay on SumUp’s secure page",
      "We send the receipt and a link to your order here, nothing else."
    ],
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
