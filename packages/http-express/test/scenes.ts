import type { Order } from "@rose-ash/cart-domain/order/Order"
import type { CaseReason, MoneyCase, Payment } from "@rose-ash/cart-domain/payment/Payment"
import type { PageId } from "@rose-ash/cart-domain/text/Ids"
import { attemptOf, type Stage } from "./Stage.ts"

/** What states are made of: pages with a cart, orders at every point of their life. */

export const bakery = async (stage: Stage) => {
  const page = await stage.page({ name: "Ash Bakery" })
  const sourdough = await stage.item(page.id, "Sourdough loaf", 400, { most: 10 })
  const rye = await stage.item(page.id, "Rye crackers", 250)
  const jam = await stage.item(page.id, "Plum jam, small jar", 420)
  await stage.add(sourdough)
  await stage.add(rye, 2)
  await stage.add(jam)
  return { page, sourdough, rye, jam }
}

export const farm = async (stage: Stage) => {
  const page = await stage.page({ name: "Rose Farm", contact: "farm@rose.example" })
  const box = await stage.item(page.id, "Vegetable box, weekly", 1850)
  const eggs = await stage.item(page.id, "A dozen eggs", 380)
  await stage.add(box)
  await stage.add(eggs, 2)
  return { page, box, eggs }
}

export const choir = async (stage: Stage) => {
  const page = await stage.page({ name: "Mill Choir", currency: "EUR", contact: "sing@mill.example" })
  await stage.add(await stage.item(page.id, "Winter concert, one ticket", 1200), 2)
  return page
}

export const workshop = async (stage: Stage) => {
  const page = await stage.page({ name: "Print Workshop", payable: false, contact: "print@mill.example" })
  await stage.add(await stage.item(page.id, "Linocut of the old mill", 2400))
  return page
}

const seconds = 3

/** Pays at the provider; the service learns of it when somebody looks. */
export const pay = async (stage: Stage, order: Order): Promise<void> => {
  await stage.scripted((buyer) => buyer.pay(attemptOf(order)))
  stage.service.moveOn(`${seconds} seconds`)
}

export const paidOrder = async (stage: Stage, pageId: PageId): Promise<Order> => {
  const order = await stage.order(pageId)
  await pay(stage, order)
  await stage.browser.open(`/orders/${order.number}/return`)
  return stage.newest()
}

const expiredOrder = async (stage: Stage, pageId: PageId): Promise<Order> => {
  const order = await stage.order(pageId)
  return stage.change(order, {
    state: "expired",
    closedAt: order.expiresAt,
    attempts: order.attempts.map((attempt) => ({ ...attempt, state: "expired", closedAt: order.expiresAt }))
  })
}

export const returnOf = ({ number }: Order): string => `/orders/${number}/return`
export const orderOf = ({ number }: Order): string => `/orders/${number}`

/** Money that came and could not be credited. */
export const withCase = (stage: Stage, order: Order, reason: CaseReason): Promise<Order> => {
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

export const ordered = async (stage: Stage): Promise<Order> => stage.order((await bakery(stage)).page.id)
export const paid = async (stage: Stage): Promise<Order> => paidOrder(stage, (await bakery(stage)).page.id)
export const expired = async (stage: Stage): Promise<Order> =>
  expiredOrder(stage, (await bakery(stage)).page.id)
