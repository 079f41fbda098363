import type { Order } from "@rose-ash/cart-domain/order/Order"
import type { CaseReason, MoneyCase, Payment } from "@rose-ash/cart-domain/payment/Payment"
import { attemptOf, type Stage } from "./Stage.ts"
import { bakery, expiredOrder, farm, orderOf, paidOrder, pay, returnOf, workshop } from "./scenes.ts"
import type { State } from "./statesOfCarts.ts"

/** Money that came and could not be credited. */
const withCase = (stage: Stage, order: Order, reason: CaseReason): Promise<Order> => {
  const payment: Payment = {
    id: "sumup:transaction-9",
    attemptId: attemptOf(order).id,
    minor: reason === "mismatch" ? 100 : order.total,
    currency: order.currency,
    verdict: reason === "mismatch" ? "mismatch" : "paid",
    receivedAt: order.expiresAt
  }
  const opened: MoneyCase = {
    id: payment.id,
    paymentId: payment.id,
    attemptId: payment.attemptId,
    reason,
    openedAt: order.expiresAt,
    resolution: null
  }
  return stage.change(order, { payments: [...order.payments, payment], cases: [...order.cases, opened] })
}

const ordered = async (stage: Stage): Promise<Order> => stage.order((await bakery(stage)).page.id)
const paid = async (stage: Stage): Promise<Order> => paidOrder(stage, (await bakery(stage)).page.id)
const expired = async (stage: Stage): Promise<Order> => expiredOrder(stage, (await bakery(stage)).page.id)

export const returnStates: ReadonlyArray<State> = [
  {
    name: "return-checking",
    h1: "Checking your payment",
    says: ["This usually takes a few seconds.", "Check again"],
    stage: async (stage) => {
      const order = await ordered(stage)
      stage.service.moveOn("3 seconds")
      return returnOf(order)
    }
  },
  {
    name: "return-unconfirmed",
    h1: "Your payment is not confirmed yet",
    says: ["please don’t pay again", "Continue payment"],
    stage: async (stage) => {
      const order = await ordered(stage)
      stage.service.moveOn("1 minute")
      return returnOf(order)
    }
  },
  {
    name: "return-failed",
    h1: "Your payment did not go through",
    says: ["No money has been taken.", "Try again"],
    stage: async (stage) => {
      const order = await ordered(stage)
      await stage.scripted((buyer) => buyer.decline(attemptOf(order)))
      stage.service.moveOn("1 minute")
      return returnOf(order)
    }
  },
  {
    name: "return-closed",
    h1: "The payment page has closed",
    says: ["No money has been taken.", "Your order is kept until", "Try again"],
    stage: async (stage) => {
      const order = await ordered(stage)
      await stage.scripted((buyer) => buyer.expire(attemptOf(order)))
      stage.service.moveOn("1 minute")
      return returnOf(order)
    }
  },
  {
    name: "return-not-started",
    h1: "Your payment has not started",
    says: ["We could not reach the payment service. Your order is kept until", "Try again"],
    stage: async (stage) => {
      const { page } = await bakery(stage)
      await stage.scripted((buyer) =>
        buyer.script({ call: "open", trouble: { _tag: "Silent", done: false }, times: 9 })
      )
      return returnOf(await stage.order(page.id))
    }
  },
  {
    name: "return-silent",
    h1: "Checking your payment",
    says: ["This usually takes a few seconds."],
    never: ["No money has been taken"],
    stage: async (stage) => {
      const order = await ordered(stage)
      await stage.scripted((buyer) =>
        buyer.script({ call: "read", trouble: { _tag: "Unreadable" }, times: 99 })
      )
      stage.service.moveOn("5 minutes")
      return returnOf(order)
    }
  },
  {
    name: "return-ended",
    h1: "This order has ended",
    says: ["No money has been taken.", "Put the items back in my cart"],
    stage: async (stage) => returnOf(await expired(stage))
  },
  {
    name: "return-cancelled",
    h1: "Your order is cancelled",
    says: ["No money has been taken.", "Put the items back in my cart"],
    stage: async (stage) => {
      const order = await ordered(stage)
      await stage.browser.post(`/orders/${order.number}/cancel`, {})
      return returnOf(order)
    }
  },
  {
    name: "return-paid",
    h1: "Thank you – your order is paid",
    says: ["RA-", "£13.20", "We sent your receipt to w…@example.org.", "Create an account"],
    stage: async (stage) => returnOf(await paid(stage))
  },
  {
    name: "return-paid-next",
    h1: "Thank you – your order is paid",
    says: ["You still have 1 page to pay: Rose Farm £26.10", "Pay Rose Farm £26.10", "See all your carts"],
    stage: async (stage) => {
      const order = await ordered(stage)
      await farm(stage)
      await workshop(stage)
      await pay(stage, order)
      return returnOf(order)
    }
  },
  {
    name: "return-paid-place",
    h1: "Thank you – your order is paid",
    says: ["Your place is paid for; the organiser confirms it by e-mail."],
    stage: async (stage) => {
      const { page } = await bakery(stage)
      await stage.place(page.id, "Pottery taster", 1500, await stage.identity())
      return returnOf(await paidOrder(stage, page.id))
    }
  },
  {
    name: "return-paid-twice",
    h1: "Thank you – your order is paid",
    says: ["You seem to have paid twice. We have told Ash Bakery about the second payment of £13.20."],
    stage: async (stage) => returnOf(await withCase(stage, await paid(stage), "duplicate"))
  },
  {
    name: "return-late",
    h1: "We received your payment after this order had ended",
    says: ["We have told Ash Bakery.", "Please don’t pay again.", "hello@ashbakery.example"],
    never: ["No money has been taken"],
    stage: async (stage) => returnOf(await withCase(stage, await expired(stage), "late"))
  },
  {
    name: "return-mismatch",
    h1: "We need to check this payment",
    says: ["Please don’t pay again.", "Your reference is RA-"],
    never: ["No money has been taken", "Try again"],
    stage: async (stage) => returnOf(await withCase(stage, await ordered(stage), "mismatch"))
  },
  {
    name: "return-cancelled-by-seller",
    h1: "Your order is cancelled",
    says: ["Ash Bakery cancelled this order after it was paid."],
    never: ["No money has been taken"],
    stage: async (stage) => {
      const order = await paid(stage)
      return returnOf(await stage.change(order, { state: "cancelled", closedAt: order.paidAt }))
    }
  },
  {
    name: "return-nothing-to-pay",
    h1: "Thank you – your order is placed",
    says: ["£0.00"],
    stage: async (stage) => {
      const page = await stage.page({ name: "Seed Library" })
      await stage.add(await stage.item(page.id, "Runner beans, a handful", 0))
      return returnOf(await stage.order(page.id))
    }
  }
]

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
      "Paid; the organiser confirms it by e-mail",
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
    says: ["Please don’t pay again. We have told Ash Bakery."],
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
    says: ["Ash Bakery", "hello@ashbakery.example", "Paid, but no receipt?"],
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
    says: ["If you have just paid, your receipt comes by e-mail."],
    stage: async () => "/orders/RA-0000-0000"
  }
]
