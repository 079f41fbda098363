import { Currency } from "@rose-ash/cart-domain/money/Currency"
import type { Order } from "@rose-ash/cart-domain/order/Order"
import type { Instant } from "@rose-ash/cart-domain/time/Instant"
import { Schema } from "effect"
import type { SiteShape } from "../Site.ts"

/** An amount in whatever currency it came in; one we do not know is named with its minor units. */
export const amountOf = (site: SiteShape, minor: number, currency: string): string =>
  Schema.is(Currency)(currency) && minor >= 0 ? site.formats.money(minor, currency) : `${minor} ${currency}`

/** "Paid 22 Nov 2026, 14:02 — £12.40" for every movement of money. */
export const moneyOf = (
  site: SiteShape,
  order: Order
): ReadonlyArray<{ readonly label: string; readonly amount: string }> => {
  const words = site.words.views.order
  const payments = order.payments.map(({ currency, id, minor, receivedAt }) => ({
    label: (id === order.paidBy ? words.paidLine : words.uncredited)(site.formats.moment(receivedAt)),
    amount: amountOf(site, minor, currency)
  }))
  const refunds = order.refunds.flatMap(({ askedAt, endedAt, minor, state }) => {
    if (state === "failed") return []
    const label =
      state === "done"
        ? words.refundLine(site.formats.moment(endedAt ?? askedAt))
        : words.refundMoving(site.formats.moment(askedAt))
    return [{ label, amount: amountOf(site, minor, order.currency) }]
  })
  return [...payments, ...refunds]
}

/** What happened to an order, oldest first, in plain words. */
export const happenedTo = (site: SiteShape, order: Order) => {
  const words = site.words.views.order.happened
  const reasons = site.words.views.order.reason
  const happened: Array<readonly [Instant, string]> = [[order.placedAt, words.placed]]
  for (const { lastRead, lastReadAt } of order.attempts) {
    if (lastRead === "FAILED" && lastReadAt !== null) happened.push([lastReadAt, words.failed])
  }
  if (order.paidAt !== null) happened.push([order.paidAt, order.total === 0 ? words.free : words.paid])
  for (const { openedAt, reason } of order.cases) happened.push([openedAt, words.extra(reasons[reason])])
  for (const { askedAt, endedAt, state } of order.refunds) {
    if (state === "done") happened.push([endedAt ?? askedAt, words.refunded])
  }
  for (const { answer, at, entryId } of order.answers) {
    const place = order.lines.find((line) => line.entryId === entryId)?.name ?? ""
    happened.push([at, words[answer === "cancelled" ? "placeCancelled" : answer](place)])
  }
  if (order.closedAt !== null) {
    happened.push([order.closedAt, order.state === "expired" ? words.expired : words.cancelled])
  }
  return happened
    .toSorted(([a], [b]) => a - b)
    .map(([at, text]) => ({ at: { iso: site.formats.iso(at), text: site.formats.moment(at) }, text }))
}
