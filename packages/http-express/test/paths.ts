import type { RouteName } from "../src/Routes.ts"

/** An address for each route's pattern that its schema accepts and nothing answers to. */
export const examples: { readonly [N in RouteName]: string } = {
  overview: "/",
  add: "/cart/lines",
  undoAdoption: "/cart/adoption/undo",
  cart: "/p/nowhere",
  setQuantity: "/p/nowhere/lines/nothing",
  giveBack: "/p/nowhere/entries/nothing/release",
  review: "/p/nowhere/checkout",
  start: "/p/nowhere/checkout",
  orders: "/orders",
  order: "/orders/RA-0000-0000",
  returning: "/orders/RA-0000-0000/return",
  pay: "/orders/RA-0000-0000/pay",
  recheck: "/orders/RA-0000-0000/recheck",
  cancel: "/orders/RA-0000-0000/cancel",
  restore: "/orders/RA-0000-0000/restore",
  openLink: `/o/00000000-${"0".repeat(64)}`,
  attention: "/staff/attention",
  answerDifference: "/staff/attention",
  staffOrder: "/staff/orders/RA-0000-0000",
  attend: "/staff/orders/RA-0000-0000",
  webhook: "/webhooks/sumup/nothing",
  help: "/help",
  live: "/livez",
  ready: "/readyz",
  robots: "/robots.txt",
  asset: "/assets/nothing.css",
  schema: "/schemas/events/nothing.v1.json"
}
