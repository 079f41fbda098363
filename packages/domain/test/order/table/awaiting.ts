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

/** Orders that wait for payment: what each input does to them. */
export const awaiting: Readonly<Record<string, Rows>> = {
  "awaiting, created": {
    "refused EntryNotOrdered": ["place declined, of another order"],
    "refused MoneyOpen": ["buyer forgotten"],
    "[open]": ["pending", "declined"],
    "[expired]": ["expired", "never made"],
    "[deactivated]": ["expired as we asked"],
    nothing: [...notOurs, "unreadable"],
    "→ paid · [paid] · credited · told order.paid · entries Confirm": [
      "paid",
      "paid, on a page that keeps no late money",
      "paid, another checkout"
    ],
    "[paid] · case mismatch · told payment.unmatched": [
      "paid, another reference",
      "paid, another merchant",
      "paid, another amount",
      "paid, another currency",
      "paid, a transaction of another amount",
      "paid, a transaction of another currency"
    ],
    read: [...unproven],
    "→ paid · [paid] · credited · case duplicate · told order.paid · told payment.unmatched · entries Confirm":
      ["paid twice"],
    "refused AttemptStillAlive": [...cancelling, "pay again", "deadline", "paid by hand"],
    "refused MoneyUnknown": [...refunding, ...seenGone, "case credited", "case written off"]
  },
  "awaiting, open": {
    "refused EntryNotOrdered": ["place declined, of another order"],
    "refused MoneyOpen": ["buyer forgotten"],
    read: [...unproven, "pending", "declined"],
    "[expired]": ["expired"],
    "[deactivated]": ["expired as we asked"],
    nothing: [...notOurs, "unreadable", "never made"],
    "→ paid · [paid] · credited · told order.paid · entries Confirm": [
      "paid",
      "paid, on a page that keeps no late money"
    ],
    "[paid] · case mismatch · told payment.unmatched": [...disagreeing],
    "→ paid · [paid] · credited · case duplicate · told order.paid · told payment.unmatched · entries Confirm":
      ["paid twice"],
    "refused AttemptStillAlive": [...cancelling, "pay again", "deadline", "paid by hand"],
    "refused MoneyUnknown": [...refunding, ...seenGone, "case credited", "case written off"]
  },
  "awaiting, declined": {
    "refused EntryNotOrdered": ["place declined, of another order"],
    "refused MoneyOpen": ["buyer forgotten"],
    read: [...unproven, "pending", "declined"],
    "[expired]": ["expired"],
    "[deactivated]": ["expired as we asked"],
    nothing: [...notOurs, "unreadable", "never made"],
    "→ paid · [paid] · credited · told order.paid · entries Confirm": [
      "paid",
      "paid, on a page that keeps no late money"
    ],
    "[paid] · case mismatch · told payment.unmatched": [...disagreeing],
    "→ paid · [paid] · credited · case duplicate · told order.paid · told payment.unmatched · entries Confirm":
      ["paid twice"],
    "refused AttemptStillAlive": [...cancelling, "pay again", "deadline", "paid by hand"],
    "refused MoneyUnknown": [...refunding, ...seenGone, "case credited", "case written off"]
  },
  "awaiting, unproven": {
    "refused EntryNotOrdered": ["place declined, of another order"],
    "refused MoneyOpen": ["buyer forgotten"],
    read: [...unproven, "pending", "declined"],
    "[expired]": ["expired"],
    "[deactivated]": ["expired as we asked"],
    nothing: [...notOurs, "unreadable", "never made"],
    "→ paid · [paid] · credited · told order.paid · entries Confirm": [
      "paid",
      "paid, on a page that keeps no late money"
    ],
    "[paid] · case mismatch · told payment.unmatched": [...disagreeing],
    "→ paid · [paid] · credited · case duplicate · told order.paid · told payment.unmatched · entries Confirm":
      ["paid twice"],
    "refused AttemptStillAlive": [...cancelling, "pay again", "deadline", "paid by hand"],
    "refused MoneyUnknown": [...refunding, ...seenGone, "case credited", "case written off"]
  },
  "awaiting, dead": {
    "refused EntryNotOrdered": ["place declined, of another order"],
    "refused MoneyOpen": ["buyer forgotten"],
    read: [...unpaid, ...unproven],
    nothing: [...notOurs, "unreadable", "never made"],
    "→ paid · [paid] · credited · told order.paid · entries Confirm": [
      "paid",
      "paid, on a page that keeps no late money"
    ],
    "[paid] · case mismatch · told payment.unmatched": [...disagreeing],
    "→ paid · [paid] · credited · case duplicate · told order.paid · told payment.unmatched · entries Confirm":
      ["paid twice"],
    "[expired, created] · entries Claim": ["pay again"],
    "→ expired · told order.expired · entries Release": ["deadline"],
    "→ cancelled · told order.cancelled · entries Release": ["cancelled by the buyer"],
    "→ cancelled · told order.cancelled · entries Release · noted order.cancel": [
      "cancelled by the seller",
      "cancelled by the seller who refunds"
    ],
    "→ paid · credited · told order.paid · entries Confirm · noted order.paid_by_hand": ["paid by hand"],
    "refused MoneyUnknown": [...refunding, ...seenGone, "case credited", "case written off"]
  },
  "awaiting, dead and again": {
    "refused EntryNotOrdered": ["place declined, of another order"],
    "refused MoneyOpen": ["buyer forgotten"],
    read: [...unpaid, ...unproven],
    nothing: [...notOurs, "unreadable", "never made"],
    "→ paid · [paid, created] · credited · told order.paid · entries Confirm": [
      "paid",
      "paid, on a page that keeps no late money"
    ],
    "[paid, created] · case mismatch · told payment.unmatched": [...disagreeing],
    "→ paid · [paid, created] · credited · case duplicate · told order.paid · told payment.unmatched · entries Confirm":
      ["paid twice"],
    "refused AttemptStillAlive": [...cancelling, "pay again", "deadline", "paid by hand"],
    "refused MoneyUnknown": [...refunding, ...seenGone, "case credited", "case written off"]
  },
  "awaiting, mismatch": {
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
      "never made"
    ],
    "case duplicate · told payment.unmatched": ["paid twice"],
    "refused PaymentInQuestion": ["pay again"],
    "→ expired · told order.expired · entries Release": ["deadline"],
    "→ cancelled · told order.cancelled · entries Release": ["cancelled by the buyer"],
    "→ cancelled · told order.cancelled · entries Release · noted order.cancel": [
      "cancelled by the seller",
      "cancelled by the seller who refunds"
    ],
    "→ paid · credited · told order.paid · entries Confirm · noted order.paid_by_hand": ["paid by hand"],
    "refused AmountDiffers": ["case credited"],
    "mismatch case written_off · noted case.resolve": ["case written off"],
    "refund 500 requested · noted refund.ask": ["refund asked"],
    "refused MoneyUnknown": ["refund sent", "refund failed"],
    "refund 400 done outside · told order.refunded": ["part seen paid back"],
    "mismatch case refunded · refund 1000 done outside · told order.refunded full": ["all seen paid back"],
    "case chargeback · told payment.unmatched": ["seen charged back"]
  }
}
