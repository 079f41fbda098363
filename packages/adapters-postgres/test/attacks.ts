/** A statement that raw SQL could send, and the rule of the schema that has to refuse it. */
export type Attack = readonly [guard: string, sql: string]

/** `#a1` stands for the uuid of the world's row that ends so. */
export const named = (sql: string): string =>
  sql.replace(
    /#([0-9a-f]{1,4})\b/gu,
    (_, end: string) => `'00000000-0000-7000-8000-${end.padStart(12, "0")}'`
  )

const visitor = "INSERT INTO cart.visitor (id, adopted_by, adopted_at) VALUES"
const cart = "INSERT INTO cart.cart (id, page_id, visitor_id, customer_id, revision) VALUES"
const line = "INSERT INTO cart.cart_line (id, cart_id, item_id, quantity, seen_minor) VALUES"
const key = "INSERT INTO cart.visitor_key (key_hash, visitor_id, kind) VALUES"
const form = "INSERT INTO cart.cart_form (cart_id, key, at) VALUES"
const sealed = "INSERT INTO cart.seller_credential (id, page_id, merchant_code, kid, nonce, sealed) VALUES"
const audit = "INSERT INTO cart.audit (action, actor, reason, subject) VALUES"
const difference =
  "INSERT INTO cart.difference (id, page_id, kind, facts, found_at, answered_by, answer, answered_at) VALUES"
const told = "INSERT INTO cart.event (id, stream, seq, order_id, page_id, type, at, data) VALUES"
const inbox = "INSERT INTO cart.inbox (source, id, type, data) VALUES"
const page = "INSERT INTO cart.page_config (id, name, currency, accepts_late, refunds_alone) VALUES"
const n12 = "decode(repeat('00', 12), 'hex')"
const n40 = "decode(repeat('00', 40), 'hex')"

/** On pages, keys, visitors, carts, and what is told. */
export const attacks: ReadonlyArray<Attack> = [
  ["minor_range", "UPDATE cart.cart_line SET seen_minor = -1"],
  ["minor_range", "UPDATE cart.cart_line SET seen_minor = 10000000000"],
  ["currency_shape", "UPDATE cart.page_config SET currency = 'gbp'"],
  ["digest_length", `${key} ('\\x00', #1, 'session')`],
  ["audit_action", `${audit} ('no action', 'robin', 'why', 'o')`],
  ["audit_frozen", "UPDATE cart.audit SET actor = 'nobody'"],
  ["audit_frozen", "DELETE FROM cart.audit"],
  ["audit_frozen", "TRUNCATE cart.audit"],
  ["page_config_pk", `${page} ('ash', 'Ash', 'GBP', true, true)`],
  ["page_config_own_credential", "UPDATE cart.page_config SET credential_id = #ce02 WHERE id = 'ash'"],
  ["page_config_kept", "DELETE FROM cart.page_config WHERE id = 'elm'"],
  ["page_config_kept", "TRUNCATE cart.page_config CASCADE"],
  ["seller_credential_pk", `${sealed} (#ce01, 'ash', 'M', 'k', ${n12}, ${n40})`],
  ["seller_credential_page_fk", `${sealed} (#ce09, 'oak', 'M', 'k', ${n12}, ${n40})`],
  ["seller_credential_nonce", `${sealed} (#ce09, 'ash', 'M', 'k', '\\x00', ${n40})`],
  ["seller_credential_sealed", `${sealed} (#ce09, 'ash', 'M', 'k', ${n12}, '\\x00')`],
  ["seller_credential_frozen", "UPDATE cart.seller_credential SET merchant_code = 'M-OTHER'"],
  ["seller_credential_frozen", `UPDATE cart.seller_credential SET sealed = ${n40} || '\\x00'`],
  ["seller_credential_kept", "DELETE FROM cart.seller_credential WHERE id = #ce02"],
  ["seller_credential_kept", "TRUNCATE cart.seller_credential CASCADE"],
  ["visitor_pk", `${visitor} (#1, NULL, NULL)`],
  ["visitor_adopted", `${visitor} (#9, 'robin', NULL)`],
  ["visitor_adopted_once", "UPDATE cart.visitor SET adopted_by = 'wren' WHERE id = #2"],
  ["visitor_adopted_once", "UPDATE cart.visitor SET adopted_by = NULL, adopted_at = NULL WHERE id = #2"],
  ["visitor_key_pk", `${key} (sha256('cookie'), #2, 'cookie')`],
  ["visitor_key_visitor_fk", `${key} (sha256('new'), #9, 'cookie')`],
  ["visitor_key_kind", `${key} (sha256('new'), #1, 'link')`],
  ["visitor_key_frozen", "UPDATE cart.visitor_key SET visitor_id = #2 WHERE key_hash = sha256('cookie')"],
  ["visitor_key_frozen", "UPDATE cart.visitor_key SET retired_at = NULL WHERE key_hash = sha256('retired')"],
  ["visitor_key_frozen", "UPDATE cart.visitor_key SET key_hash = sha256('mine') WHERE visitor_id = #1"],
  ["cart_pk", `${cart} (#c1, 'elm', NULL, 'robin', 0)`],
  ["cart_visitor_fk", `${cart} (#c9, 'elm', #9, NULL, 0)`],
  ["cart_revision", `${cart} (#c9, 'elm', #1, NULL, -1)`],
  ["cart_one_identity", `${cart} (#c9, 'elm', NULL, NULL, 0)`],
  ["cart_one_identity", `${cart} (#c9, 'elm', #1, 'robin', 0)`],
  ["cart_one_per_visitor", `${cart} (#c9, 'ash', #1, NULL, 0)`],
  ["cart_one_per_customer", `${cart} (#c9, 'ash', NULL, 'robin', 0)`],
  ["cart_frozen", "UPDATE cart.cart SET visitor_id = NULL, customer_id = 'wren' WHERE id = #c1"],
  ["cart_frozen", "UPDATE cart.cart SET revision = 4 WHERE id = #c1"],
  ["cart_visitor_open", `${cart} (#c9, 'elm', #2, NULL, 0)`],
  ["cart_line_pk", `${line} (#c11, #c1, 'bun', 1, 1)`],
  ["cart_line_cart_fk", `${line} (#c19, #c9, 'bun', 1, 1)`],
  ["cart_line_quantity", `${line} (#c19, #c1, 'bun', 0, 1)`],
  ["cart_line_quantity", "UPDATE cart.cart_line SET quantity = 100"],
  ["cart_line_one_per_item", `${line} (#c19, #c1, 'loaf', 1, 1)`],
  ["cart_form_cart_fk", `${form} (#c9, 'form', now())`],
  ["cart_form_key", `${form} (#c1, '', now())`],
  ["cart_form_pk", `${form} (#c1, 'form-1', now())`],
  ["adoption_pk", "INSERT INTO cart.adoption SELECT * FROM cart.adoption"],
  ["adoption_visitor_fk", "UPDATE cart.adoption SET visitor_id = #9"],
  ["difference_once", `${difference} ('d1', 'ash', 'x', '{}', now(), NULL, NULL, NULL)`],
  ["difference_kind", `${difference} ('d2', 'ash', 'Not A Word', '{}', now(), NULL, NULL, NULL)`],
  ["difference_answered", `${difference} ('d2', 'ash', 'x', '{}', now(), NULL, 'ours', now())`],
  ["difference_kept", "DELETE FROM cart.difference"],
  ["difference_kept", "TRUNCATE cart.difference"],
  ["consumer_pk", "INSERT INTO cart.consumer (name) VALUES ('blog')"],
  ["consumer_name", "INSERT INTO cart.consumer (name) VALUES ('The Blog')"],
  ["event_pk", `${told} ('a2.2', #a1, 2, #a1, 'ash', 'payment.unmatched', now(), '{}')`],
  ["event_seq", `${told} ('x', #1, 0, NULL, 'ash', 'cart.adopted', now(), '{}')`],
  ["event_order_fk", `${told} ('x', #a9, 1, #a9, 'ash', 'order.created', now(), '{}')`],
  ["event_type", `${told} ('x', #a1, 2, #a1, 'ash', 'order.lost', now(), '{}')`],
  ["event_seq_once", `${told} ('x', #a2, 2, #a2, 'ash', 'payment.unmatched', now(), '{}')`],
  ["event_seq_gapless", `${told} ('x', #a1, 3, #a1, 'ash', 'order.paid', now(), '{}')`],
  ["event_stream", `${told} ('x', #a1, 2, #a2, 'ash', 'payment.unmatched', now(), '{}')`],
  ["event_stream", `${told} ('x', #a1, 2, NULL, 'ash', 'payment.unmatched', now(), '{}')`],
  ["event_created_first", `${told} ('x', #a1, 2, #a1, 'ash', 'order.created', now(), '{}')`],
  ["event_once_per_order", `${told} ('x', #a2, 3, #a2, 'ash', 'order.paid', now(), '{}')`],
  ["event_frozen", "UPDATE cart.event SET data = '{\"total\": 1}'"],
  ["event_frozen", "DELETE FROM cart.event WHERE type = 'order.paid'"],
  ["event_frozen", "TRUNCATE cart.event CASCADE"],
  ["delivery_consumer_fk", "UPDATE cart.delivery SET consumer = 'nobody'"],
  ["delivery_event_fk", "INSERT INTO cart.delivery (consumer, stream, seq) VALUES ('blog', #a1, 9)"],
  [
    "delivery_pk",
    "INSERT INTO cart.delivery (consumer, stream, seq) SELECT consumer, stream, seq FROM cart.delivery"
  ],
  ["delivery_last_error", "UPDATE cart.delivery SET last_error = repeat('x', 501)"],
  ["inbox_source", `${inbox} ('stranger', 'm2', 'user.logged_in', '{}')`],
  ["inbox_id", `${inbox} ('blog', '', 'user.logged_in', '{}')`],
  ["inbox_type", `${inbox} ('blog', 'm2', 'logged in', '{}')`],
  ["inbox_data", `${inbox} ('blog', 'm2', 'user.logged_in', to_jsonb(repeat('x', 17000)))`],
  ["inbox_once", `${inbox} ('blog', 'm1', 'user.logged_in', '{}')`],
  ["inbox_handled", "UPDATE cart.inbox SET due_at = NULL"]
]
