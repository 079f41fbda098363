/** What people who answer for a page's money read. */
export const staff = {
  staff: {
    title: "Money that needs you",
    lead: "Nothing here goes away by itself. Decide what becomes of each.",
    none: "Nothing needs you: all money is where it belongs.",
    back: "All that needs you",
    filter: "Show one page",
    page: "Page",
    allPages: "All pages",
    apply: "Show",
    order: (number: string) => `Order ${number}`,
    oneTitle: (number: string) => `Money of order ${number}`,
    from: (page: string, when: string) => `${page}, placed ${when}`,
    total: "Total of the order",
    since: (when: string) => `Since ${when}.`,
    quiet: "Nothing about this order’s money is open.",
    books: {
      heading: (page: string, transaction: string) => `${page}: payment ${transaction}`,
      what: {
        orphan: (amount: string, reference: string) =>
          `SumUp shows ${amount} under ${reference}, an order that we do not know.`,
        unseen: (amount: string, reference: string) =>
          `SumUp shows ${amount} under ${reference}, which its payment page does not tell of.`,
        amount: (amount: string, reference: string) =>
          `SumUp shows ${amount} under ${reference}, and we have another amount.`,
        missing: (amount: string, reference: string) =>
          `We have ${amount} under ${reference}, which SumUp does not show.`
      },
      means: {
        orphan: "Somebody has paid, and there is no order. Find out whose it is, and send it back at SumUp.",
        unseen: "The order may be paid. Look into your SumUp account, then decide about the order.",
        amount: "Look into your SumUp account: what it shows is what you have.",
        missing: "You may not have this money. Ask SumUp."
      },
      answer: "Say what became of it",
      yes: "It is settled"
    },
    reason: "Why (kept with the order)",
    amount: (currency: string) => `Amount in ${currency}`,
    name: "What tells this payment from others, such as a receipt number",
    what: {
      late: (amount: string) => `${amount} came after the order had ended.`,
      duplicate: (amount: string) => `${amount} came although the order was paid already.`,
      mismatch: (amount: string) => `${amount} came, and it does not agree with what was asked for.`,
      entry_lost: (amount: string) => `${amount} came late, and a place of the order is taken by now.`,
      orphan: (amount: string) => `${amount} came that no order of ours asked for.`,
      unproven: () => "The payment service says that it is paid, and shows no payment.",
      chargeback: (amount: string) => `The buyer’s bank has taken ${amount} back.`
    },
    means: {
      late: "The buyer has paid and has no order. Accept the payment, or send it back.",
      duplicate: "The buyer has paid twice. Send one payment back.",
      mismatch: "The buyer’s order is not paid by it. Find out whose it is before you send it back.",
      entry_lost: "The buyer has paid and cannot have the place. Send the payment back.",
      orphan: "Somebody has paid for nothing. Find out whose it is before you send it back.",
      unproven: "The buyer is told not to pay again. Look into your SumUp account, then decide.",
      chargeback: "You have lost the money. Answer the bank in your SumUp account."
    },
    refund: {
      requested: (amount: string) => `A refund of ${amount} waits to be sent.`,
      sent: (amount: string) =>
        `A refund of ${amount} was sent, and the payment service does not show it yet.`,
      failed: (amount: string) => `A refund of ${amount} was not made.`
    },
    refundMeans: {
      requested: "It is sent as soon as the payment service answers.",
      sent: "It is looked for again and again, and never sent twice. After a day it can be given up.",
      failed: "The buyer does not have the money. Ask for the refund again."
    },
    owed: {
      refused: (amount: string) => `${amount} is due back for places that do not take place.`,
      called_off: (amount: string) => `The order was called off, and ${amount} of it is still with you.`
    },
    owedMeans: "The buyer waits for this money. Send it back.",
    unread: "The payment service has not answered about a payment page for long.",
    unreadMeans: "The buyer may have paid or not. Check your SumUp key and its account.",
    check: "Check with SumUp now",
    actions: {
      refund: "Send money back",
      credit: "Accept the payment",
      writeOff: "Close it without a refund",
      giveUp: "Give this refund up",
      cash: "Record cash or a bank transfer",
      cancel: "Call the order off"
    },
    asks: {
      refund: "The buyer gets this amount back by the way it was paid. It cannot be undone.",
      credit: "The order becomes paid by this payment, and its places are confirmed.",
      writeOff: "The money stays where it is. Say why.",
      giveUp: "Only when your SumUp account does not show it: it can then be asked for again.",
      cash: "The order becomes paid, and its payment page is closed.",
      cancel: "The order ends and its places are free again. Money is sent back as your page has decided."
    },
    yes: {
      refund: "Yes, send it back",
      credit: "Yes, accept it",
      writeOff: "Yes, close it",
      giveUp: "Yes, give it up",
      cash: "Yes, it is paid",
      cancel: "Yes, call it off"
    }
  }
}
