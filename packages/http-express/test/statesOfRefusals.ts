import { PageConfigs } from "@rose-ash/cart-domain/page/PageConfigs"
import type { PageId } from "@rose-ash/cart-domain/text/Ids"
import type { Stage } from "./Stage.ts"
import type { State } from "./State.ts"
import { bakery, ordered, orderOf, paidOrder, returnOf } from "./scenes.ts"

/** The form of the review as it was seen, sent after something else happened. */
const sendLate = async (stage: Stage, pageId: PageId, meanwhile: () => Promise<unknown>): Promise<void> => {
  const path = `/p/${pageId}/checkout`
  await stage.browser.open(path)
  const form = stage.browser.formOf(path)
  await meanwhile()
  await stage.browser.post(path, { ...form, email: "wren@example.org" })
}

/** What cannot be done now: told on the page where something can be done about it. */
export const refusalStates: ReadonlyArray<State> = [
  {
    name: "refused-item-gone",
    h1: "Ash Bakery: your cart",
    says: ["Sourdough loaf is no longer for sale. Remove it to check out."],
    stage: async (stage) => {
      const { page, sourdough } = await bakery(stage)
      await sendLate(stage, page.id, () => stage.seeds((seeds) => seeds.offer(sourdough, false)))
      return `/p/${page.id}`
    }
  },
  {
    name: "refused-place-lapsed",
    h1: "Ash Bakery: your cart",
    says: ["Your place is no longer held. You can ask for it again while there is room."],
    stage: async (stage) => {
      const { page } = await bakery(stage)
      const { id } = await stage.place(page.id, "Pottery taster", 1500, await stage.identity())
      await sendLate(stage, page.id, () => stage.seeds((seeds) => seeds.lapse(id)))
      return `/p/${page.id}`
    }
  },
  {
    name: "refused-cart-empty",
    h1: "Ash Bakery: your cart",
    says: ["Your cart for Ash Bakery is empty."],
    stage: async (stage) => {
      const { jam, page, rye, sourdough } = await bakery(stage)
      await sendLate(stage, page.id, async () => {
        for (const item of [jam, rye, sourdough])
          await stage.browser.post(`/p/${page.id}/lines/${item}`, { quantity: "0" })
      })
      return `/p/${page.id}`
    }
  },
  {
    name: "refused-too-little",
    h1: "Ash Bakery: your cart",
    says: ["The smallest total that can be paid online is £1.00. Please add something to your cart."],
    stage: async (stage) => {
      const page = await stage.page({ name: "Ash Bakery" })
      const bag = await stage.item(page.id, "Paper bag", 60)
      await stage.add(bag, 2)
      await sendLate(stage, page.id, () => stage.seeds((seeds) => seeds.reprice(bag, 45)))
      return `/p/${page.id}`
    }
  },
  {
    name: "refused-not-payable",
    h1: "Ash Bakery: your cart",
    says: ["Ash Bakery is not taking payments online yet. Contact: hello@ashbakery.example"],
    stage: async (stage) => {
      const { page } = await bakery(stage)
      const pausing = PageConfigs.use((pages) => pages.save({ ...page, paused: true }))
      await sendLate(stage, page.id, () => stage.service.run(pausing))
      return `/p/${page.id}`
    }
  },
  {
    name: "refused-order-paid",
    h1: "Order RA-",
    says: ["This order is already paid."],
    stage: async (stage) => {
      const order = await paidOrder(stage, (await bakery(stage)).page.id)
      await stage.browser.post(`${orderOf(order)}/pay`, {})
      return orderOf(order)
    }
  },
  {
    name: "refused-order-over",
    h1: "Order RA-",
    says: ["This order has ended. You can put its items back in your cart."],
    stage: async (stage) => {
      const order = await ordered(stage)
      await stage.browser.post(`${orderOf(order)}/cancel`, {})
      await stage.browser.open(orderOf(order))
      await stage.browser.post(`${orderOf(order)}/pay`, {})
      return orderOf(order)
    }
  },
  {
    name: "refused-first-payment-unread",
    h1: "",
    says: ["We are still checking your first payment. Please don’t pay again."],
    stage: async (stage) => {
      const order = await ordered(stage)
      await stage.scripted((provider) => provider.script({ trouble: { _tag: "Unreadable" }, times: 9999 }))
      stage.service.moveOn("31 minutes")
      await stage.browser.post(`${orderOf(order)}/pay`, {})
      return returnOf(order)
    }
  }
]
