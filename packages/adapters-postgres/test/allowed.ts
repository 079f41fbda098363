import { attempt, dead, moneyCase, payment, refund } from "./moneyAttacks.ts"

const tell = (id: string, type: string) =>
  `INSERT INTO cart.event (id, stream, seq, order_id, page_id, type, at, data) VALUES ('x', ${id}, 2, ${id}, 'ash', '${type}', now(), '{}')`

/** What is right: rules must not refuse more than they are for. */
export const allowed: ReadonlyArray<string> = [
  `${refund} ('r9', #a2, 'sumup:p2', 400, 'done', false, 'x', 'x', now())`,
  `${refund} ('r9', #a2, 'sumup:p2', 9999, 'done', true, 'x', 'x', now())`,
  `${dead}; ${attempt} (#b9, #a1, 2, 'ash', 'GBP', 500, 'M-ASH', #ce01, 'created', now(), now())`,
  `${dead}; ${tell("#a1", "order.expired")}; UPDATE cart.orders SET state = 'expired', told = 2 WHERE id = #a1`,
  `${payment} ('sumup:p9', #a1, #b1, 1, 'XXX', 'mismatch', now()); ${moneyCase} ('sumup:p9', #a1, 'sumup:p9', #b1, 'ash', 'mismatch', now())`,
  "UPDATE cart.orders SET customer_id = 'robin', email = NULL WHERE id = #a1",
  "UPDATE cart.seller_credential SET kid = 'k2', nonce = decode(repeat('02', 12), 'hex') WHERE id = #ce01",
  "UPDATE cart.visitor_key SET retired_at = now() WHERE visitor_id = #1"
]
