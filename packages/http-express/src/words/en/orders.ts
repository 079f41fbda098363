import { count } from "./carts.ts"

/** What return page, order, list, help and error pages say. */
export const orders = {
  returning: {
    title: (state: string, number: string) => `${state} – order ${number}`,
    number: "Order number",
    amount: "Amount",
    page: "Paid to",
    pageWaiting: "To be paid to",
    checking: "Checking your payment",
    checkingText: "This usually takes a few seconds. You can leave this page; your order is kept up to date.",
    checkingTold: "This usually takes a few seconds. You can leave this page; we will e-mail you.",
    noScript: "Press Check again in a few seconds.",
    again: "Check again",
    unconfirmed: "Your payment is not confirmed yet",
    unconfirmedText:
      "If you paid, this can take a few minutes: please don’t pay again. If you did not finish, you can continue.",
    goOn: "Continue payment",
    failed: "Your payment did not go through",
    noMoney: "No money has been taken.",
    failedText: "You can try again with the same or another card.",
    retry: "Try again",
    back: "Back to your order",
    closed: "The payment page has closed",
    closedText: (until: string) => `Your order is kept until ${until}.`,
    notStarted: "Your payment has not started",
    notStartedText: (until: string) =>
      `We could not reach the payment service. Your order is kept until ${until}.`,
    ended: "This order has ended",
    endedPlaces: "Places you had asked for are free again.",
    cancelled: "Your order is cancelled",
    cancelledPaid: (page: string) =>
      `${page} cancelled this order after it was paid. Your order shows what is refunded.`,
    restore: "Put the items back in my cart",
    paid: "Thank you – your order is paid",
    placed: "Thank you – your order is placed",
    sent: (address: string) => `We sent your receipt to ${address}.`,
    receipt: "Your receipt is on the page of your order: keep its address, or print it.",
    provisional: "Your place is paid for; the organiser’s answer shows on your order.",
    provisionalTold: "Your place is paid for; the organiser confirms it by e-mail.",
    twice: (page: string, amount: string) =>
      `You seem to have paid twice. We have told ${page} about the second payment of ${amount}.`,
    see: "See your order and receipt",
    next: (pages: number) => `You still have ${count(pages, "page", "pages")} to pay:`,
    nextOf: (page: string, total: string) => `${page} ${total}`,
    payNext: (page: string, total: string) => `Pay ${page} ${total}`,
    allCarts: "See all your carts",
    account: "Create an account to keep your orders together",
    late: "We received your payment after this order had ended",
    lateText: (page: string) =>
      `We have told ${page}. They will refund you or get in touch. Please don’t pay again.`,
    question: "We need to check this payment",
    questionText: (page: string, number: string) =>
      `Please don’t pay again. We have told ${page}. Your reference is ${number}.`,
    contact: "Contact:"
  },
  order: {
    title: (state: string, number: string) => `${state} – order ${number}`,
    heading: (number: string) => `Order ${number}`,
    back: "All your orders",
    state: {
      waiting: "Waiting for payment",
      paid: "Paid",
      ended: "Ended",
      cancelled: "Cancelled",
      partRefunded: "Part refunded",
      refunded: "Refunded",
      check: "Being checked"
    },
    placed: (at: string) => `Placed ${at}`,
    kept: (until: string) => `Kept for you until ${until}.`,
    from: "From",
    contact: "Contact:",
    lines: "What you ordered",
    item: "Item",
    unit: "Each",
    quantity: "Quantity",
    amount: "Amount",
    total: "Total",
    tax: "Tax included",
    payments: "Payments and refunds",
    paidLine: (at: string) => `Paid ${at}`,
    uncredited: (at: string) => `Received ${at}, being looked into`,
    refundLine: (at: string) => `Refunded ${at}`,
    refundMoving: (at: string) => `Refund under way since ${at}`,
    entry: {
      pending: "Asked for",
      ordered: "Held until the order is paid",
      provisional: "Paid; the organiser has still to confirm it",
      confirmed: "Confirmed",
      declined: "Declined by the organiser",
      released: "Given back",
      cancelled: "Cancelled"
    },
    due: (amount: string, page: string) =>
      `A refund of ${amount} is due for what does not take place. ${page} will send it; you need not do anything.`,
    history: "History",
    happened: {
      placed: "You placed this order",
      failed: "A payment did not go through",
      paid: "Your payment arrived",
      free: "Nothing was to pay",
      extra: (reason: string) => `A payment arrived that needs a person: ${reason}`,
      refunded: "Money was paid back",
      confirmed: (place: string) => `The organiser confirmed your place: ${place}`,
      declined: (place: string) => `The organiser could not confirm your place: ${place}`,
      placeCancelled: (place: string) => `The organiser called it off: ${place}`,
      expired: "The order ended unpaid",
      cancelled: "The order was cancelled"
    },
    reason: {
      late: "it came after the order had ended",
      duplicate: "it is a second payment",
      mismatch: "it does not agree with the order",
      entry_lost: "the place is taken by somebody else",
      orphan: "it names no payment of ours",
      unproven: "the payment service has not shown it yet",
      chargeback: "the bank took it back"
    },
    pay: (total: string) => `Pay ${total}`,
    again: "Check again",
    cancel: "Cancel this order",
    cancelAsk: (number: string) =>
      `Cancel order ${number}? Nothing is charged. You can put its items back into your cart afterwards.`,
    cancelYes: "Yes, cancel it",
    restore: "Put the items back in my cart",
    print: "To keep a receipt, print this page.",
    ask: (page: string) => `Ask ${page} a question`,
    askSubject: (number: string) => `Order ${number}`,
    reach: (email: string) => `We reach you at ${email}`
  },
  orders: {
    title: "Your orders",
    count: (shown: number, all: boolean) =>
      all ? count(shown, "order", "orders") : count(shown, "order on this page", "orders on this page"),
    filter: "Find an order",
    page: "Page",
    allPages: "All pages",
    year: "Year",
    allYears: "All years",
    apply: "Show",
    clear: "Clear filters",
    number: "Order",
    date: "Date",
    amount: "Amount",
    state: "State",
    newer: "Newer",
    older: "Older",
    pages: "More orders",
    empty: "No orders yet. When you order from a Rose Ash page it appears here.",
    none: "No orders match."
  },
  help: {
    title: "Get help with an order",
    text: "The page you ordered from answers questions about what you bought, payments and refunds. Give them your order number: it begins with RA-.",
    orders: "Find your order number",
    noReceipt: "Paid, but it does not say so?",
    noReceiptText:
      "Open your order and press Check again. Please don’t pay a second time: we keep asking the payment service about every payment until it has an answer.",
    contacts: "Contacts",
    noContact: "No address yet",
    none: "No page takes orders yet."
  },
  problem: {
    cart: "Your cart",
    orders: "Your orders",
    help: "Get help with an order",
    reference: (id: string) => `Reference ${id}`
  }
}
