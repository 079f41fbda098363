import { count } from "./carts.ts"

/** What is known about a refusal when it is told; null where it does not matter. */
export interface Facts {
  /** Name of the item. */
  readonly item: string | null
  /** Name of the page. */
  readonly page: string | null
  readonly contact: string | null
  /** The smallest total that is asked for online, as people write it. */
  readonly least: string | null
  readonly most: number | null
  readonly kept: number | null
  readonly number: string | null
  readonly seconds: number | null
  /** Whether people get letters about their orders. */
  readonly letters: boolean
  /** "Sourdough loaf is now £4.50 (it was £4.00)." */
  readonly changes: ReadonlyArray<string>
  /** Names of places in time. */
  readonly places: string | null
}

const thePage = ({ page }: Facts) => page ?? "This page"
const theItem = ({ item }: Facts) => item ?? "This item"
const saved = ({ number }: Facts) => (number === null ? "" : ` Your order is saved as ${number}.`)
const tooLow = (least: string | null) =>
  least === null
    ? "This total is too small to be paid online."
    : `The smallest total that can be paid online is ${least}.`
const impossible = () => "That cannot be done with this order. Nothing was changed."

/** What each refusal says: what happened to the money first, then what to do. */
export const problems = {
  QuantityTooHigh: (f: Facts) =>
    `At most ${f.most ?? 99} per person.${f.kept === null ? "" : ` Your cart still has ${f.kept}.`}`,
  LineLimit: (f: Facts) => `A cart holds at most ${count(f.most ?? 300, "line", "lines")}.`,
  CartLimit: (f: Facts) =>
    `You have carts on ${f.most ?? 50} pages, and more are not kept. Order or empty one of them first.`,
  ItemGone: (f: Facts) => `${theItem(f)} is no longer for sale. Remove it to check out.`,
  ItemNotFound: () => "We cannot find this item. It may no longer be for sale.",
  CartEmpty: (f: Facts) => (f.page === null ? "Your cart is empty." : `Your cart for ${f.page} is empty.`),
  CartChanged: () => "Your cart changed while you were looking. Please check it once more.",
  PriceRose: (f: Facts) =>
    [...(f.changes.length === 0 ? ["A price went up."] : f.changes), "Nothing has been ordered yet."].join(
      " "
    ),
  EntryTaken: (f: Facts) =>
    `${f.places === null ? "A place you had asked for" : `The place for ${f.places}`} has just gone. The rest of your cart is kept.`,
  EntryLapsed: () => "Your place is no longer held. You can ask for it again while there is room.",
  CurrencyDiffers: () =>
    "This item is priced in another currency than its page is paid in, so it cannot be ordered here.",
  TotalTooHigh: () => "One order can be 100,000.00 at most. Please order in two parts.",
  TotalTooLow: ({ least }: Pick<Facts, "least">) => `${tooLow(least)} Please add something to your cart.`,
  AmountNotPayable: () => "In this currency only whole amounts can be paid. Please change the quantities.",
  PageNotPayable: (f: Facts) =>
    `${thePage(f)} is not taking payments online yet.${f.contact === null ? "" : ` Contact: ${f.contact}`}`,
  OrderPaid: () => "This order is already paid.",
  OrderOver: () => "This order has ended. You can put its items back in your cart.",
  OrderWaiting: () => "This order still waits for payment, so its items stay with it.",
  AttemptStillAlive: () => "We are still checking your first payment. Please don’t pay again.",
  PaymentInQuestion: (f: Facts) =>
    `We need to check a payment first. Please don’t pay again. Your reference is ${f.number ?? "your order number"}.`,
  AttemptLimit: (f: Facts) =>
    `This order was tried ${f.most ?? 50} times. Please ask ${f.page ?? "the page you ordered from"} for help.`,
  EmailMalformed: () => "Enter an e-mail address like name@example.org.",
  PaymentProviderUnavailable: (f: Facts) =>
    `We can’t reach the payment service, so no payment was started.${saved(f)} Please try again in a minute.`,
  PaymentProviderRefused: (f: Facts) =>
    `${thePage(f)} cannot take payments right now, so no payment was started.${saved(f)} Please try again later or ask them.`,
  NotRead: () =>
    "SumUp does not say what became of this money, so nothing was changed. Please try again in a minute, or look at the page’s key.",
  NotCancelled: () =>
    "We can’t reach the payment service, so your order is not cancelled yet. Please try again in a minute.",
  VisitorAdopted: () => "You have just logged in. Please look at your cart and try again.",
  PageNotFound: () => "Check the address, or go to your cart or your orders.",
  OrderNotFound: (f: Facts) =>
    f.letters
      ? "If you have just paid, your receipt comes by e-mail. You can also go back to the browser you started in."
      : "If you have just paid, go back to the browser you started in: your order is there.",
  NotFound: () => "Check the address, or go to your cart or your orders.",
  BadRequest: () => "Nothing was changed. Go back and try again.",
  TooLarge: () => "Nothing was changed. That was more than we can take at once.",
  ForeignForm: () => "Nothing was changed. Open your cart and try again.",
  TooMany: (f: Facts) => `Please wait ${count(f.seconds ?? 60, "second", "seconds")}.`,
  Defect: () => "This page has charged nothing. Please try again in a moment.",
  RefundTooHigh: () => "That is more than is left of this payment. Nothing was sent back.",
  RefundMoving: () => "A refund of this payment is on its way already. Nothing more was sent.",
  MoneyUnknown: impossible,
  AmountDiffers: () =>
    "This payment does not agree with the order, or part of it went back, so it cannot pay it. Nothing was changed.",
  EntryNotOrdered: impossible,
  MoneyOpen: impossible
}

/** Headings of error pages. */
export const headings = {
  missing: "Page not found",
  order: "We can’t show this order here",
  item: "This item is not for sale",
  bad: "We could not read that",
  foreign: "This form came from somewhere else",
  many: "Too many tries",
  sorry: "Sorry, there is a problem",
  refused: "That did not work"
}
