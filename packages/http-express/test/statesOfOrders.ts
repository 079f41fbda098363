import { Orders } from "@rose-ash/cart-domain/order/Orders"
import { decide } from "@rose-ash/cart-domain/order/Transitions"
import { Effect } from "effect"
import type { State } from "./State.ts"
import { bakery, expired, farm, ordered, orderOf, paid, paidOrder, withCase } from "./scenes.ts"

export const orderStates: ReadonlyArray<State> = [
  {
    name: "order-saved-while-provider-is-silent",
    h1: "Order RA-",
    says: [
      "We can’t reach the payment service, so no payment was started. Your order is saved as RA-",
      "Pay £13.20"
    ],
    stage: async (stage) => {
      const { page } = await bakery(stage)
      const path = `/p/${page.id}/checkout`
      await stage.scripted((buyer) =>
        buyer.script({ call: "open", trouble: { _tag: "Silent", done: false }, times: 9 })
      )
      await stage.browser.open(path)
      const form = stage.browser.formOf(path)
      const sent = await stage.browser.post(path, { ...form, email: "wren@example.org" })
      return sent.location ?? ""
    }
  },
  {
    name: "order-waiting",
    h1: "Order RA-",
    says: ["Waiting for payment", "Pay £13.20", "Check again", "Cancel this order", "Kept for you until"],
    stage: async (stage) => orderOf(await ordered(stage))
  },
  {
    name: "order-paid-with-place",
    h1: "Order RA-",
    says: [
      "Paid",
      "Pottery taster",
      "Paid; the organiser has still to confirm it",
      "To keep a receipt, print this page."
    ],
    never: ["Cancel this order"],
    stage: async (stage) => {
      const { page } = await bakery(stage)
      await stage.place(page.id, "Pottery taster", 1500, await stage.identity())
      return orderOf(await paidOrder(stage, page.id))
    }
  },
  {
    name: "order-place-declined",
    h1: "Order RA-",
    says: [
      "Declined by the organiser",
      "A refund of £15.00 is due for what does not take place. Ash Bakery will send it",
      "The organiser could not confirm your place: Pottery taster"
    ],
    stage: async (stage) => {
      const { page } = await bakery(stage)
      const { id } = await stage.place(page.id, "Pottery taster", 1500, await stage.identity())
      const order = await paidOrder(stage, page.id)
      await stage.seeds((seeds) => seeds.organise(id, "declined"))
      const told = decide({ _tag: "EntryAnswered", entryId: id, answer: "declined" })
      await stage.service.run(Effect.flatMap(Orders, (orders) => orders.modify(order.id, told)))
      return orderOf(order)
    }
  },
  {
    name: "order-ended",
    h1: "Order RA-",
    says: ["Ended", "Put the items back in my cart", "The order ended unpaid"],
    stage: async (stage) => orderOf(await expired(stage))
  },
  {
    name: "order-cancelled",
    h1: "Order RA-",
    says: ["Cancelled", "Your order is cancelled. No money has been taken."],
    stage: async (stage) => {
      const order = await ordered(stage)
      await stage.browser.post(`/orders/${order.number}/cancel`, {})
      return orderOf(order)
    }
  },
  {
    name: "order-part-refunded",
    h1: "Order RA-",
    says: ["Part refunded", "Refunded", "£4.00", "Money was paid back"],
    stage: async (stage) => {
      const order = await paid(stage)
      const { paidAt } = order
      if (paidAt === null) throw new Error("not paid")
      const refund = {
        id: "refund-1",
        paymentId: order.paidBy ?? "",
        minor: order.lines[0]?.total ?? order.total,
        state: "done",
        external: false,
        by: "Ash Bakery",
        reason: "One loaf was burnt",
        askedAt: paidAt,
        before: 0,
        endedAt: paidAt
      } as const
      return orderOf(await stage.change(order, { refunds: [refund] }))
    }
  },
  {
    name: "order-question",
    h1: "Order RA-",
    says: ["Being checked", "Please don’t pay again. We have told Ash Bakery."],
    never: ["Cancel this order"],
    stage: async (stage) => orderOf(await withCase(stage, await ordered(stage), "mismatch"))
  }
]

export const listStates: ReadonlyArray<State> = [
  { name: "orders-empty", h1: "Your orders", says: ["No orders yet."], stage: async () => "/orders" },
  {
    name: "orders",
    h1: "Your orders",
    says: ["3 orders ", "Paid", "Waiting for payment", "Ended"],
    stage: async (stage) => {
      await paid(stage)
      await expired(stage)
      const { page } = await farm(stage)
      await stage.order(page.id)
      return "/orders"
    }
  },
  {
    name: "orders-none-match",
    h1: "Your orders",
    says: ["No orders match.", "Clear filters"],
    stage: async (stage) => {
      await paid(stage)
      return "/orders?year=2025"
    }
  }
]

export const otherStates: ReadonlyArray<State> = [
  {
    name: "help",
    h1: "Get help with an order",
    says: ["Ash Bakery", "hello@ashbakery.example", "Paid, but it does not say so?"],
    stage: async (stage) => {
      await bakery(stage)
      await farm(stage)
      return "/help"
    }
  },
  { name: "not-found", h1: "Page not found", says: ["Check the address"], stage: async () => "/nowhere" },
  {
    name: "order-not-found",
    h1: "We can’t show this order here",
    says: ["If you have just paid, your receipt comes by e-mail. You can also go back to the browser"],
    stage: async () => "/orders/RA-0000-0000"
  }
]
