import { attemptOf } from "./Stage.ts"
import type { State } from "./State.ts"
import {
  bakery,
  expired,
  farm,
  ordered,
  paid,
  paidOrder,
  pay,
  returnOf,
  withCase,
  workshop
} from "./scenes.ts"

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
