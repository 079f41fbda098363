/** What letters say. Amounts, dates and names come ready to read; the page that sells is named first. */
export const letters = {
  greeting: "Hello,",
  see: "See or print your order",
  restore: "See your order, or put its items back into your cart",
  contact: (page: string, contact: string) => `Questions? Ask ${page}: ${contact}`,
  total: "Total",
  tax: "Tax included",
  foot: "Rose Ash is run by its members. This letter belongs to an order at this address; nothing else is sent to it.",
  receipt: {
    subject: (page: string, number: string) => `${page}: your receipt for order ${number}`,
    text: (page: string, amount: string, date: string) =>
      `Thank you. You paid ${amount} to ${page} on ${date}.`,
    free: (page: string) => `Thank you. Your order with ${page} is placed; nothing was to pay.`
  },
  refunded: {
    subject: (page: string, amount: string, number: string) =>
      `${page}: refund of ${amount} for order ${number}`,
    text: (page: string, amount: string) =>
      `${page} has paid back ${amount}. Banks take some days until it shows on your account.`,
    remaining: (amount: string) => `${amount} of your payment remain.`
  },
  unmatched: {
    subject: (page: string, number: string) =>
      `${page}: we received a payment for order ${number} that needs a look`,
    late: (page: string) =>
      `We received your payment after this order had ended. We are sorry. ${page} will refund you or get in touch.`,
    other: (page: string) =>
      `We received a payment that does not fit your order. ${page} looks at it and will refund you or get in touch.`,
    wait: "Please don’t pay again."
  },
  expired: {
    subject: (page: string, number: string) => `${page}: order ${number} has ended`,
    text: "Your order was not paid in time and has ended. No money has been taken."
  },
  cancelled: {
    subject: (page: string, number: string) => `${page}: order ${number} is cancelled`,
    text: "Your order is cancelled. No money has been taken.",
    paid: (page: string) =>
      `${page} has cancelled your order after it was paid. Your order shows what is refunded.`
  },
  confirmed: {
    subject: (page: string) => `${page}: your place is confirmed`,
    text: (place: string, when: string) => `Your place is confirmed: ${place}, ${when}.`
  },
  declined: {
    subject: (page: string) => `${page}: we could not confirm your place`,
    text: (place: string, when: string) =>
      `We are sorry, your place could not be confirmed: ${place}, ${when}.`,
    due: (page: string, amount: string) =>
      `${page} owes you a refund of ${amount}. If it does not come, please ask.`
  }
}
