import { disagreeing, notOurs, type Rows, refunding, seenGone, unpaid, unproven } from "./inputs.ts"

/** Orders that are paid: what each input does to them. */
export const paid: Readonly<Record<string, Rows>> = {
  paid: {
    "refused EntryNotOrdered": ["place declined, of another order"],
    "told order.erased": ["buyer forgotten"],
    nothing: [
      ...unpaid,
      ...disagreeing,
      ...unproven,
      ...notOurs,
      "paid",
      "paid, on a page that keeps no late money",
      "unreadable",
      "never made",
      "deadline"
    ],
    "case duplicate · told payment.unmatched": ["paid twice"],
    "refused OrderPaid": ["pay again", "cancelled by the buyer", "paid by hand", "case credited"],
    "→ cancelled · told order.cancelled · entries Cancel · noted order.cancel": ["cancelled by the seller"],
    "→ cancelled · refund 1000 requested · told order.cancelled · entries Cancel · noted order.cancel": [
      "cancelled by the seller who refunds"
    ],
    "refused MoneyUnknown": ["case written off", "refund sent", "refund failed"],
    "refund 500 requested · noted refund.ask": ["refund asked"],
    "refund 400 done outside · told order.refunded": ["part seen paid back"],
    "refund 1000 done outside · told order.refunded full · entries Cancel": ["all seen paid back"],
    "case chargeback · told payment.unmatched": ["seen charged back"]
  },
  "paid by the second": {
    "refused EntryNotOrdered": ["place declined, of another order"],
    "told order.erased": ["buyer forgotten"],
    read: [...unpaid, ...unproven],
    nothing: [...notOurs, "unreadable", "never made", "deadline"],
    "[paid, paid] · case duplicate · told payment.unmatched": [
      "paid",
      "paid, on a page that keeps no late money"
    ],
    "[paid, paid] · case mismatch · told payment.unmatched": [...disagreeing],
    "[paid, paid] · case duplicate · case duplicate · told payment.unmatched · told payment.unmatched": [
      "paid twice"
    ],
    "refused OrderPaid": ["pay again", "cancelled by the buyer", "paid by hand", "case credited"],
    "→ cancelled · told order.cancelled · entries Cancel · noted order.cancel": ["cancelled by the seller"],
    "→ cancelled · refund 1000 requested · told order.cancelled · entries Cancel · noted order.cancel": [
      "cancelled by the seller who refunds"
    ],
    "refused MoneyUnknown": [...refunding, ...seenGone, "case written off"]
  },
  "paid, nothing to pay": {
    "refused EntryNotOrdered": ["place declined, of another order"],
    "told order.erased": ["buyer forgotten"],
    nothing: [
      ...unpaid,
      ...disagreeing,
      ...unproven,
      ...notOurs,
      "paid",
      "paid, on a page that keeps no late money",
      "paid twice",
      "unreadable",
      "never made",
      "deadline"
    ],
    "refused OrderPaid": ["pay again", "cancelled by the buyer", "paid by hand", "case credited"],
    "→ cancelled · told order.cancelled · entries Cancel · noted order.cancel": [
      "cancelled by the seller",
      "cancelled by the seller who refunds"
    ],
    "refused MoneyUnknown": [...refunding, ...seenGone, "case written off"]
  },
  "paid by hand": {
    "refused EntryNotOrdered": ["place declined, of another order"],
    "told order.erased": ["buyer forgotten"],
    read: [...unpaid, ...unproven],
    nothing: [...notOurs, "unreadable", "never made", "deadline", "paid by hand"],
    "[paid] · case duplicate · told payment.unmatched": ["paid", "paid, on a page that keeps no late money"],
    "[paid] · case mismatch · told payment.unmatched": [...disagreeing],
    "[paid] · case duplicate · case duplicate · told payment.unmatched · told payment.unmatched": [
      "paid twice"
    ],
    "refused OrderPaid": ["pay again", "cancelled by the buyer", "case credited"],
    "→ cancelled · told order.cancelled · entries Cancel · noted order.cancel": [
      "cancelled by the seller",
      "cancelled by the seller who refunds"
    ],
    "refused MoneyUnknown": [...refunding, ...seenGone, "case written off"]
  },
  "paid, refund asked": {
    "refused EntryNotOrdered": ["place declined, of another order"],
    "refused MoneyOpen": ["buyer forgotten"],
    nothing: [
      ...unpaid,
      ...disagreeing,
      ...unproven,
      ...notOurs,
      "paid",
      "paid, on a page that keeps no late money",
      "unreadable",
      "never made",
      "deadline"
    ],
    "case duplicate · told payment.unmatched": ["paid twice"],
    "refused OrderPaid": ["pay again", "cancelled by the buyer", "paid by hand", "case credited"],
    "→ cancelled · told order.cancelled · entries Cancel · noted order.cancel": ["cancelled by the seller"],
    "refused RefundMoving": ["cancelled by the seller who refunds", "refund asked"],
    "refused MoneyUnknown": ["case written off"],
    "refund 400 sent": ["refund sent"],
    "refund 400 failed": ["refund failed"],
    "refund 400 done outside · told order.refunded": ["part seen paid back"],
    "refund 400 failed · refund 1000 done outside · told order.refunded full · entries Cancel": [
      "all seen paid back"
    ],
    "case chargeback · told payment.unmatched": ["seen charged back"]
  },
  "paid, refund sent": {
    "refused EntryNotOrdered": ["place declined, of another order"],
    "refused MoneyOpen": ["buyer forgotten"],
    nothing: [
      ...unpaid,
      ...disagreeing,
      ...unproven,
      ...notOurs,
      "paid",
      "paid, on a page that keeps no late money",
      "unreadable",
      "never made",
      "deadline"
    ],
    "case duplicate · told payment.unmatched": ["paid twice"],
    "refused OrderPaid": ["pay again", "cancelled by the buyer", "paid by hand", "case credited"],
    "→ cancelled · told order.cancelled · entries Cancel · noted order.cancel": ["cancelled by the seller"],
    "refused RefundMoving": ["cancelled by the seller who refunds", "refund asked", "refund sent"],
    "refused MoneyUnknown": ["case written off"],
    "refund 400 failed": ["refund failed"],
    "refund 400 done · told order.refunded": ["part seen paid back"],
    "refund 400 done · refund 600 done outside · told order.refunded · told order.refunded full · entries Cancel":
      ["all seen paid back"],
    "case chargeback · told payment.unmatched": ["seen charged back"]
  }
}
