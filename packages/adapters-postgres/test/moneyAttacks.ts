import type { Attack } from "./attacks.ts"

const order = `INSERT INTO cart.orders (id, number, cart_id, cart_revision, page_id, page_name, visitor_id, currency, tax_minor,
  total_minor, line_count, state, placed_at, expires_at, told, due_at, paid_at)
  SELECT #a9, 'RA-0000-0009', #c1, 9, 'ash', 'Ash', #1, 'GBP', 0, 0, 1, 'awaiting_payment', now(), now(), 1, now(), NULL::timestamptz`
const place = (change: string): string => order.replace(/#a9.*NULL::timestamptz/u, change)
const lineOf = `INSERT INTO cart.order_line (order_id, place, cart_line_id, item_id, entry_id, name, unit_minor, quantity, total_minor,
  tax_minor) VALUES`
export const attempt = `INSERT INTO cart.payment_attempt (id, order_id, number, page_id, currency, amount_minor, merchant_code, credential_id,
  state, created_at, valid_until) VALUES`
export const dead = "UPDATE cart.payment_attempt SET state = 'expired' WHERE id = #b1"
const observation = `INSERT INTO cart.observation (attempt_id, digest, seen_at, via, status, reference, provider_id, merchant_code, minor,
  currency, captured) VALUES`
export const payment =
  "INSERT INTO cart.payment (id, order_id, attempt_id, minor, currency, verdict, received_at) VALUES"
export const moneyCase = `INSERT INTO cart.money_case (id, order_id, payment_id, attempt_id, page_id, reason, opened_at) VALUES`
export const refund =
  "INSERT INTO cart.refund (id, order_id, payment_id, minor, state, external, asked_by, reason, asked_at) VALUES"

const values = (change: Record<string, string>): string => {
  const row = {
    id: "#a9",
    number: "'RA-0000-0009'",
    cart: "#c1",
    revision: "9",
    visitor: "#1",
    total: "0",
    lines: "1",
    state: "'paid'",
    told: "1",
    due: "now()",
    paid: "now()",
    ...change
  }
  return `${row.id}, ${row.number}, ${row.cart}, ${row.revision}, 'ash', 'Ash', ${row.visitor}, 'GBP', 0, ${row.total}, ${row.lines},
    ${row.state}, now(), now(), ${row.told}, ${row.due}, ${row.paid}::timestamptz`
}
const placed = (change: Record<string, string>): string => place(values(change))

const created = `INSERT INTO cart.event (id, stream, seq, order_id, page_id, type, at, data)
  VALUES ('x', #a9, 1, #a9, 'ash', 'order.created', now(), '{}')`

const openCase = `${moneyCase} ('x', #a1, NULL, NULL, 'ash', 'late', now())`
const answer =
  "UPDATE cart.money_case SET answer = 'lost', answered_by = 'x', answered_why = 'x', answered_at = now() WHERE id = 'x'"

/** On orders, their lines, and money. */
export const moneyAttacks: ReadonlyArray<Attack> = [
  ["orders_pk", placed({ id: "#a1" })],
  ["orders_number", placed({ number: "'RA-0000-00a1'" })],
  ["orders_cart_fk", placed({ cart: "#c9" })],
  ["orders_visitor_fk", placed({ visitor: "#9" })],
  ["orders_line_count", placed({ lines: "0" })],
  ["orders_state", placed({ state: "'lost'", paid: "NULL" })],
  ["orders_once_per_revision", placed({ revision: "1" })],
  ["orders_has_owner", placed({ visitor: "NULL" })],
  ["orders_told_fk", placed({})],
  ["orders_told_fk", "UPDATE cart.orders SET told = 2 WHERE id = #a1"],
  ["orders_paid_at", placed({ paid: "NULL" })],
  ["orders_paid_at", "UPDATE cart.orders SET paid_at = now(), paid_by = 'sumup:p2' WHERE id = #a1"],
  ["orders_paid_by", "UPDATE cart.orders SET state = 'paid', paid_at = now() WHERE id = #a1"],
  ["orders_paid_by", placed({ total: "500" })],
  [
    "orders_paid_fk",
    "UPDATE cart.orders SET state = 'paid', paid_at = now(), paid_by = 'sumup:p2' WHERE id = #a1"
  ],
  [
    "orders_paid_fk",
    "UPDATE cart.orders SET state = 'paid', paid_at = now(), paid_by = 'sumup:none' WHERE id = #a1"
  ],
  ["orders_due", "UPDATE cart.orders SET due_at = NULL WHERE id = #a1"],
  ["orders_due", "UPDATE cart.orders SET due_at = NULL, hinted = true WHERE id = #a2"],
  ["orders_frozen", "UPDATE cart.orders SET total_minor = 1 WHERE id = #a2"],
  ["orders_frozen", "UPDATE cart.orders SET page_id = 'elm' WHERE id = #a4"],
  ["orders_frozen", "UPDATE cart.orders SET paid_by = 'sumup:p3' WHERE id = #a2"],
  [
    "orders_frozen",
    "UPDATE cart.orders SET paid_at = NULL, paid_by = NULL, state = 'cancelled' WHERE id = #a2"
  ],
  ["orders_frozen", "UPDATE cart.orders SET visitor_id = NULL, customer_id = 'wren' WHERE id = #a1"],
  ["orders_frozen", "UPDATE cart.orders SET told = 1 WHERE id = #a2"],
  ["orders_kept", "DELETE FROM cart.orders WHERE id = #a4"],
  ["orders_kept", "TRUNCATE cart.orders CASCADE"],
  ["orders_move", "UPDATE cart.orders SET state = 'awaiting_payment', due_at = now() WHERE id = #a3"],
  ["orders_first_move", `WITH e AS (${created}) ${placed({ state: "'expired'", paid: "NULL" })}`],
  ["orders_closed_when_dead", "UPDATE cart.orders SET state = 'expired' WHERE id = #a1"],
  ["order_line_order_fk", `${lineOf} (#a9, 0, #d009, 'x', NULL, 'X', 1, 1, 1, 0)`],
  ["order_line_cart_line_once", `${lineOf} (#a1, 1, #d001, 'x', NULL, 'X', 0, 1, 0, 0)`],
  [
    "order_line_entry_once",
    `${lineOf} (#a1, 1, NULL, NULL, 'e1', 'X', 0, 1, 0, 0), (#a2, 1, NULL, NULL, 'e1', 'X', 0, 1, 0, 0)`
  ],
  ["order_line_quantity", `${lineOf} (#a1, 1, #d009, 'x', NULL, 'X', 0, 0, 0, 0)`],
  ["order_line_total", `${lineOf} (#a1, 1, #d009, 'x', NULL, 'X', 5, 2, 5, 0)`],
  ["order_line_pk", `${lineOf} (#a1, 0, #d009, 'x', NULL, 'X', 0, 1, 0, 0)`],
  ["order_line_subject", `${lineOf} (#a1, 1, #d009, 'x', 'e1', 'X', 0, 1, 0, 0)`],
  ["order_line_subject", `${lineOf} (#a1, 1, NULL, 'x', NULL, 'X', 0, 1, 0, 0)`],
  ["order_line_frozen", "UPDATE cart.order_line SET name = 'Bun'"],
  ["order_line_frozen", "DELETE FROM cart.order_line"],
  ["order_line_frozen", "TRUNCATE cart.order_line"],
  ["order_line_sum", `${lineOf} (#a1, 1, #d009, 'x', NULL, 'X', 0, 1, 0, 0)`],
  ["order_grant_order_fk", "INSERT INTO cart.order_grant VALUES (#a9, sha256('x'), now())"],
  ["order_grant_pk", "INSERT INTO cart.order_grant VALUES (#a1, sha256('link'), now())"],
  [
    "payment_attempt_pk",
    `${dead}; ${attempt} (#b1, #a1, 2, 'ash', 'GBP', 500, 'M-ASH', #ce01, 'created', now(), now())`
  ],
  ["payment_attempt_state", "UPDATE cart.payment_attempt SET state = 'lost' WHERE id = #b1"],
  ["payment_attempt_last_read", "UPDATE cart.payment_attempt SET last_read = 'OK' WHERE id = #b1"],
  [
    "payment_attempt_numbered",
    `${dead}; ${attempt} (#b9, #a1, 1, 'ash', 'GBP', 500, 'M-ASH', #ce01, 'created', now(), now())`
  ],
  [
    "payment_attempt_amount_fk",
    `${dead}; ${attempt} (#b9, #a1, 2, 'ash', 'GBP', 499, 'M-ASH', #ce01, 'created', now(), now())`
  ],
  [
    "payment_attempt_amount_fk",
    `${dead}; ${attempt} (#b9, #a1, 2, 'elm', 'GBP', 500, 'M-ELM', #ce02, 'created', now(), now())`
  ],
  [
    "payment_attempt_one_live",
    `${attempt} (#b9, #a1, 2, 'ash', 'GBP', 500, 'M-ASH', #ce01, 'created', now(), now())`
  ],
  ["payment_attempt_frozen", "UPDATE cart.payment_attempt SET credential_id = #ce02 WHERE id = #b1"],
  ["payment_attempt_frozen", "UPDATE cart.payment_attempt SET provider_id = 'another' WHERE id = #b1"],
  ["payment_attempt_frozen", "UPDATE cart.payment_attempt SET state = 'expired' WHERE id = #b2"],
  ["payment_attempt_kept", "DELETE FROM cart.payment_attempt WHERE id = #b1"],
  ["payment_attempt_kept", "TRUNCATE cart.payment_attempt CASCADE"],
  [
    "payment_attempt_order_waits",
    `${attempt} (#b9, #a3, 2, 'ash', 'GBP', 500, 'M-ASH', #ce01, 'created', now(), now())`
  ],
  [
    "payment_attempt_credential",
    `${dead}; ${attempt} (#b9, #a1, 2, 'ash', 'GBP', 500, 'M-ASH', #ce02, 'created', now(), now())`
  ],
  [
    "payment_attempt_credential",
    `${dead}; ${attempt} (#b9, #a1, 2, 'ash', 'GBP', 500, 'M-ELM', #ce01, 'created', now(), now())`
  ],
  [
    "observation_attempt_fk",
    `${observation} (#b9, sha256('x'), now(), 'read', 'PAID', 'r', 'p', 'M', 1, 'GBP', '[]')`
  ],
  [
    "observation_via",
    `${observation} (#b2, sha256('x'), now(), 'guess', 'PAID', 'r', 'p', 'M', 1, 'GBP', '[]')`
  ],
  [
    "observation_status",
    `${observation} (#b2, sha256('x'), now(), 'read', 'MAYBE', 'r', 'p', 'M', 1, 'GBP', '[]')`
  ],
  [
    "observation_once",
    `${observation} (#b2, sha256('seen'), now(), 'read', 'PAID', 'r', 'p', 'M', 1, 'GBP', '[]')`
  ],
  ["observation_frozen", "UPDATE cart.observation SET status = 'PENDING'"],
  ["observation_frozen", "DELETE FROM cart.observation"],
  ["observation_frozen", "TRUNCATE cart.observation"],
  ["payment_once", `${payment} ('sumup:p2', #a1, #b1, 500, 'GBP', 'paid', now())`],
  ["payment_order_fk", `${payment} ('sumup:p9', #a9, NULL, 500, 'GBP', 'by_hand', now())`],
  ["payment_verdict", `${payment} ('sumup:p9', #a1, #b1, 500, 'GBP', 'surely', now())`],
  ["payment_attempt_fk", `${payment} ('sumup:p9', #a1, #b2, 500, 'GBP', 'paid', now())`],
  ["payment_orphan", `${payment} ('sumup:p9', NULL, NULL, 500, 'GBP', 'paid', now())`],
  ["payment_frozen", "UPDATE cart.payment SET minor = 5 WHERE id = 'sumup:p3'"],
  ["payment_frozen", "DELETE FROM cart.payment WHERE id = 'sumup:p3'"],
  ["payment_frozen", "TRUNCATE cart.payment CASCADE"],
  ["payment_accounted", `${payment} ('sumup:p9', #a1, #b1, 500, 'GBP', 'paid', now())`],
  [
    "payment_accounted",
    `${payment} ('sumup:p9', #a1, #b1, 500, 'GBP', 'paid', now());
    ${moneyCase} ('chargeback', #a1, 'sumup:p9', NULL, 'ash', 'chargeback', now())`
  ],
  ["money_case_once", `${moneyCase} ('sumup:p3', #a1, NULL, NULL, 'ash', 'late', now())`],
  ["money_case_order_fk", `${moneyCase} ('x', #a9, NULL, NULL, 'ash', 'late', now())`],
  ["money_case_payment_fk", `${moneyCase} ('x', #a1, 'sumup:p9', NULL, 'ash', 'late', now())`],
  ["money_case_attempt_fk", `${moneyCase} ('x', #a1, NULL, #b9, 'ash', 'late', now())`],
  ["money_case_reason", `${moneyCase} ('x', #a1, NULL, NULL, 'ash', 'bad luck', now())`],
  ["money_case_answer", `${openCase}; ${answer}`],
  ["money_case_answered", `${openCase}; UPDATE cart.money_case SET answer = 'credited' WHERE id = 'x'`],
  ["money_case_frozen", "UPDATE cart.money_case SET answer = 'written_off'"],
  ["money_case_frozen", "UPDATE cart.money_case SET reason = 'late'"],
  ["money_case_kept", "DELETE FROM cart.money_case"],
  ["money_case_kept", "TRUNCATE cart.money_case"],
  ["refund_once", `${refund} ('r2', #a2, 'sumup:p2', 1, 'done', true, 'x', 'x', now())`],
  ["refund_order_fk", `${refund} ('r9', #a9, 'sumup:p2', 1, 'done', true, 'x', 'x', now())`],
  ["refund_payment_fk", `${refund} ('r9', #a2, 'sumup:p9', 1, 'done', true, 'x', 'x', now())`],
  ["refund_amount", `${refund} ('r9', #a2, 'sumup:p2', 0, 'done', true, 'x', 'x', now())`],
  ["refund_state", `${refund} ('r9', #a2, 'sumup:p2', 1, 'maybe', true, 'x', 'x', now())`],
  ["refund_one_moving", `${refund} ('r9', #a2, 'sumup:p2', 1, 'requested', false, 'x', 'x', now())`],
  ["refund_frozen", "UPDATE cart.refund SET minor = 1 WHERE id = 'r1'"],
  ["refund_frozen", "UPDATE cart.refund SET state = 'requested' WHERE id = 'r1'"],
  ["refund_frozen", "UPDATE cart.refund SET state = 'failed' WHERE id = 'r2'"],
  ["refund_kept", "DELETE FROM cart.refund"],
  ["refund_kept", "TRUNCATE cart.refund"],
  ["refund_sum", `${refund} ('r9', #a2, 'sumup:p2', 401, 'done', false, 'x', 'x', now())`]
]
