import {
  cancelling,
  disagreeing,
  notOurs,
  type Rows,
  refunding,
  seenGone,
  unpaid,
  unproven
} from "./inputs.ts"

/** Orders that ended unpaid, or were called off: what each input does to them. */
export const over: Readonly<Record<string, Rows>> = {
  expired: {
    "refused EntryNotOrdered": ["place declined, of another order"],
    "told order.erased": ["buyer forgotten"],
    read: [...unpaid, ...unproven],
    nothing: [...notOurs, "unreadable", "never made", "deadline"],
    "→ paid · [paid] · credited · told order.paid late · entries Reclaim | else [paid] · case entry_lost · told payment.unmatched":
      ["paid"],
    "[paid] · case late · told payment.unmatched": ["paid, on a page that keeps no late money"],
    "[paid] · case mismatch · told payment.unmatched": [...disagreeing],
    "→ paid · [paid] · credited · case duplicate · told order.paid late · told payment.unmatched · entries Reclaim | else [paid] · case entry_lost · case duplicate · told payment.unmatched · told payment.unmatched":
      ["paid twice"],
    "refused OrderOver": [...cancelling, "pay again", "paid by hand"],
    "refused MoneyUnknown": [...refunding, ...seenGone, "case credited", "case written off"]
  },
  "expired, late": {
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
    "refused OrderOver": [...cancelling, "pay again", "paid by hand"],
    "→ paid · credited · late case credited · told order.paid late · entries Reclaim · noted case.credit | else noted case.credit_refused":
      ["case credited"],
    "late case written_off · noted case.resolve": ["case written off"],
    "refund 500 requested · noted refund.ask": ["refund asked"],
    "refused MoneyUnknown": ["refund sent", "refund failed"],
    "refund 400 done outside · told order.refunded": ["part seen paid back"],
    "late case refunded · refund 1000 done outside · told order.refunded full": ["all seen paid back"],
    "case chargeback · told payment.unmatched": ["seen charged back"]
  },
  cancelled: {
    "refused EntryNotOrdered": ["place declined, of another order"],
    "told order.erased": ["buyer forgotten"],
    read: [...unpaid, ...unproven],
    nothing: [...notOurs, ...cancelling, "unreadable", "never made", "deadline"],
    "[paid] · case late · told payment.unmatched": ["paid", "paid, on a page that keeps no late money"],
    "[paid] · case mismatch · told payment.unmatched": [...disagreeing],
    "[paid] · case late · case duplicate · told payment.unmatched · told payment.unmatched": ["paid twice"],
    "refused OrderOver": ["pay again", "paid by hand", "case credited"],
    "refused MoneyUnknown": [...refunding, ...seenGone, "case written off"]
  },
  "cancelled, late": {
    "refused EntryNotOrdered": ["place declined, of another order"],
    "refused MoneyOpen": ["buyer forgotten"],
    nothing: [
      ...unpaid,
      ...disagreeing,
      ...unproven,
      ...notOurs,
      ...cancelling,
      "paid",
      "paid, on a page that keeps no late money",
      "unreadable",
      "never made",
      "deadline"
    ],
    "case duplicate · told payment.unmatched": ["paid twice"],
    "refused OrderOver": ["pay again", "paid by hand", "case credited"],
    "late case written_off · noted case.resolve": ["case written off"],
    "refund 500 requested · noted refund.ask": ["refund asked"],
    "refused MoneyUnknown": ["refund sent", "refund failed"],
    "refund 400 done outside · told order.refunded": ["part seen paid back"],
    "late case refunded · refund 1000 done outside · told order.refunded full": ["all seen paid back"],
    "case chargeback · told payment.unmatched": ["seen charged back"]
  },
  "called off": {
    "refused EntryNotOrdered": ["place declined, of another order"],
    "refused MoneyOpen": ["buyer forgotten"],
    nothing: [
      ...unpaid,
      ...disagreeing,
      ...unproven,
      ...notOurs,
      ...cancelling,
      "paid",
      "paid, on a page that keeps no late money",
      "unreadable",
      "never made",
      "deadline"
    ],
    "case duplicate · told payment.unmatched": ["paid twice"],
    "refused OrderOver": ["pay again", "paid by hand", "case credited"],
    "refused MoneyUnknown": ["case written off"],
    "refused RefundTooHigh": ["refund asked"],
    "refund 1000 sent": ["refund sent"],
    "refund 1000 failed": ["refund failed"],
    "refund 1000 failed · refund 400 done outside · told order.refunded": ["part seen paid back"],
    "refund 1000 failed · refund 1000 done outside · told order.refunded full · entries Cancel": [
      "all seen paid back"
    ],
    "case chargeback · told payment.unmatched": ["seen charged back"]
  }
}
