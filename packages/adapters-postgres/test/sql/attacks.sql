--- What raw SQL could send, each below the name of the rule that has to refuse it. #a1 is the uuid that ends so (world.sql).

-- minor_range
UPDATE cart.cart_line SET seen_minor = -1;

-- minor_range
UPDATE cart.cart_line SET seen_minor = 10000000000;

-- currency_shape
UPDATE cart.page_config SET currency = 'gbp';

-- digest_length
INSERT INTO cart.visitor_key (key_hash, visitor_id, kind) VALUES ('\x00', #1, 'session');

-- audit_action
INSERT INTO cart.audit (action, actor, reason, subject) VALUES ('no action', 'robin', 'why', 'o');

-- audit_frozen
UPDATE cart.audit SET actor = 'nobody';

-- audit_frozen
DELETE FROM cart.audit;

-- audit_frozen
TRUNCATE cart.audit;

-- page_config_pk
INSERT INTO cart.page_config (id, name, currency, accepts_late, refunds_alone) VALUES ('ash', 'Ash', 'GBP', true, true);

-- page_config_own_credential
UPDATE cart.page_config SET credential_id = #ce02 WHERE id = 'ash';

-- page_config_kept
DELETE FROM cart.page_config WHERE id = 'elm';

-- page_config_kept
TRUNCATE cart.page_config CASCADE;

-- seller_credential_pk
INSERT INTO cart.seller_credential (id, page_id, merchant_code, kid, nonce, sealed) VALUES (#ce01, 'ash', 'M', 'k', decode(repeat('00', 12),
  'hex'), decode(repeat('00', 40), 'hex'));

-- seller_credential_page_fk
INSERT INTO cart.seller_credential (id, page_id, merchant_code, kid, nonce, sealed) VALUES (#ce09, 'oak', 'M', 'k', decode(repeat('00', 12),
  'hex'), decode(repeat('00', 40), 'hex'));

-- seller_credential_nonce
INSERT INTO cart.seller_credential (id, page_id, merchant_code, kid, nonce, sealed) VALUES (#ce09, 'ash', 'M', 'k', '\x00',
  decode(repeat('00', 40), 'hex'));

-- seller_credential_sealed
INSERT INTO cart.seller_credential (id, page_id, merchant_code, kid, nonce, sealed) VALUES (#ce09, 'ash', 'M', 'k', decode(repeat('00', 12),
  'hex'), '\x00');

-- seller_credential_frozen
UPDATE cart.seller_credential SET merchant_code = 'M-OTHER';

-- seller_credential_frozen
UPDATE cart.seller_credential SET sealed = decode(repeat('00', 40), 'hex') || '\x00';

-- seller_credential_kept
DELETE FROM cart.seller_credential WHERE id = #ce02;

-- seller_credential_kept
TRUNCATE cart.seller_credential CASCADE;

-- visitor_pk
INSERT INTO cart.visitor (id, adopted_by, adopted_at) VALUES (#1, NULL, NULL);

-- visitor_adopted
INSERT INTO cart.visitor (id, adopted_by, adopted_at) VALUES (#9, 'robin', NULL);

-- visitor_adopted_once
UPDATE cart.visitor SET adopted_by = 'wren' WHERE id = #2;

-- visitor_adopted_once
UPDATE cart.visitor SET adopted_by = NULL, adopted_at = NULL WHERE id = #2;

-- visitor_key_pk
INSERT INTO cart.visitor_key (key_hash, visitor_id, kind) VALUES (sha256('cookie'), #2, 'cookie');

-- visitor_key_visitor_fk
INSERT INTO cart.visitor_key (key_hash, visitor_id, kind) VALUES (sha256('new'), #9, 'cookie');

-- visitor_key_kind
INSERT INTO cart.visitor_key (key_hash, visitor_id, kind) VALUES (sha256('new'), #1, 'link');

-- visitor_key_frozen
UPDATE cart.visitor_key SET visitor_id = #2 WHERE key_hash = sha256('cookie');

-- visitor_key_frozen
UPDATE cart.visitor_key SET retired_at = NULL WHERE key_hash = sha256('retired');

-- visitor_key_frozen
UPDATE cart.visitor_key SET key_hash = sha256('mine') WHERE visitor_id = #1;

-- cart_pk
INSERT INTO cart.cart (id, page_id, visitor_id, customer_id, revision) VALUES (#c1, 'elm', NULL, 'robin', 0);

-- cart_visitor_fk
INSERT INTO cart.cart (id, page_id, visitor_id, customer_id, revision) VALUES (#c9, 'elm', #9, NULL, 0);

-- cart_revision
INSERT INTO cart.cart (id, page_id, visitor_id, customer_id, revision) VALUES (#c9, 'elm', #1, NULL, -1);

-- cart_one_identity
INSERT INTO cart.cart (id, page_id, visitor_id, customer_id, revision) VALUES (#c9, 'elm', NULL, NULL, 0);

-- cart_one_identity
INSERT INTO cart.cart (id, page_id, visitor_id, customer_id, revision) VALUES (#c9, 'elm', #1, 'robin', 0);

-- cart_one_per_visitor
INSERT INTO cart.cart (id, page_id, visitor_id, customer_id, revision) VALUES (#c9, 'ash', #1, NULL, 0);

-- cart_one_per_customer
INSERT INTO cart.cart (id, page_id, visitor_id, customer_id, revision) VALUES (#c9, 'ash', NULL, 'robin', 0);

-- cart_frozen
UPDATE cart.cart SET visitor_id = NULL, customer_id = 'wren' WHERE id = #c1;

-- cart_frozen
UPDATE cart.cart SET revision = 4 WHERE id = #c1;

-- cart_visitor_open
INSERT INTO cart.cart (id, page_id, visitor_id, customer_id, revision) VALUES (#c9, 'elm', #2, NULL, 0);

-- cart_line_pk
INSERT INTO cart.cart_line (id, cart_id, item_id, quantity, seen_minor) VALUES (#c11, #c1, 'bun', 1, 1);

-- cart_line_cart_fk
INSERT INTO cart.cart_line (id, cart_id, item_id, quantity, seen_minor) VALUES (#c19, #c9, 'bun', 1, 1);

-- cart_line_quantity
INSERT INTO cart.cart_line (id, cart_id, item_id, quantity, seen_minor) VALUES (#c19, #c1, 'bun', 0, 1);

-- cart_line_quantity
UPDATE cart.cart_line SET quantity = 100;

-- cart_line_one_per_item
INSERT INTO cart.cart_line (id, cart_id, item_id, quantity, seen_minor) VALUES (#c19, #c1, 'loaf', 1, 1);

-- cart_form_cart_fk
INSERT INTO cart.cart_form (cart_id, key, at) VALUES (#c9, 'form', now());

-- cart_form_key
INSERT INTO cart.cart_form (cart_id, key, at) VALUES (#c1, '', now());

-- cart_form_pk
INSERT INTO cart.cart_form (cart_id, key, at) VALUES (#c1, 'form-1', now());

-- adoption_pk
INSERT INTO cart.adoption SELECT * FROM cart.adoption;

-- adoption_visitor_fk
UPDATE cart.adoption SET visitor_id = #9;

-- night_once
INSERT INTO cart.night (id) VALUES (20784), (20784);
-- difference_once
INSERT INTO cart.difference (id, page_id, kind, facts, found_at, answered_by, answer, answered_at) VALUES ('d1', 'ash', 'x', '{}', now(),
  NULL, NULL, NULL);

-- difference_kind
INSERT INTO cart.difference (id, page_id, kind, facts, found_at, answered_by, answer, answered_at) VALUES ('d2', 'ash', 'Not A Word', '{}',
  now(), NULL, NULL, NULL);

-- difference_answered
INSERT INTO cart.difference (id, page_id, kind, facts, found_at, answered_by, answer, answered_at) VALUES ('d2', 'ash', 'x', '{}', now(),
  NULL, 'ours', now());

-- difference_kept
DELETE FROM cart.difference;

-- difference_kept
TRUNCATE cart.difference;

-- consumer_pk
INSERT INTO cart.consumer (name) VALUES ('blog');

-- consumer_name
INSERT INTO cart.consumer (name) VALUES ('The Blog');

-- event_pk
INSERT INTO cart.event (id, stream, seq, order_id, page_id, type, at, data) VALUES ('a2.2', #a1, 2, #a1, 'ash', 'payment.unmatched', now(),
  '{}');

-- event_seq
INSERT INTO cart.event (id, stream, seq, order_id, page_id, type, at, data) VALUES ('x', #1, 0, NULL, 'ash', 'cart.adopted', now(), '{}');

-- event_order_fk
INSERT INTO cart.event (id, stream, seq, order_id, page_id, type, at, data) VALUES ('x', #a9, 1, #a9, 'ash', 'order.created', now(), '{}');

-- event_type
INSERT INTO cart.event (id, stream, seq, order_id, page_id, type, at, data) VALUES ('x', #a1, 2, #a1, 'ash', 'order.lost', now(), '{}');

-- event_seq_once
INSERT INTO cart.event (id, stream, seq, order_id, page_id, type, at, data) VALUES ('x', #a2, 2, #a2, 'ash', 'payment.unmatched', now(),
  '{}');

-- event_seq_gapless
INSERT INTO cart.event (id, stream, seq, order_id, page_id, type, at, data) VALUES ('x', #a1, 3, #a1, 'ash', 'order.paid', now(), '{}');

-- event_stream
INSERT INTO cart.event (id, stream, seq, order_id, page_id, type, at, data) VALUES ('x', #a1, 2, #a2, 'ash', 'payment.unmatched', now(),
  '{}');

-- event_stream
INSERT INTO cart.event (id, stream, seq, order_id, page_id, type, at, data) VALUES ('x', #a1, 2, NULL, 'ash', 'payment.unmatched', now(),
  '{}');

-- event_created_first
INSERT INTO cart.event (id, stream, seq, order_id, page_id, type, at, data) VALUES ('x', #a1, 2, #a1, 'ash', 'order.created', now(), '{}');

-- event_once_per_order
INSERT INTO cart.event (id, stream, seq, order_id, page_id, type, at, data) VALUES ('x', #a2, 3, #a2, 'ash', 'order.paid', now(), '{}');

-- event_frozen
UPDATE cart.event SET data = '{"total": 1}';

-- event_frozen
DELETE FROM cart.event WHERE type = 'order.paid';

-- event_frozen
TRUNCATE cart.event CASCADE;

-- delivery_consumer_fk
UPDATE cart.delivery SET consumer = 'nobody';

-- delivery_event_fk
INSERT INTO cart.delivery (consumer, stream, seq) VALUES ('blog', #a1, 9);

-- delivery_pk
INSERT INTO cart.delivery (consumer, stream, seq) SELECT consumer, stream, seq FROM cart.delivery;

-- delivery_last_error
UPDATE cart.delivery SET last_error = repeat('x', 501);

-- inbox_source
INSERT INTO cart.inbox (source, id, type, data) VALUES ('stranger', 'm2', 'user.logged_in', '{}');

-- inbox_id
INSERT INTO cart.inbox (source, id, type, data) VALUES ('blog', '', 'user.logged_in', '{}');

-- inbox_type
INSERT INTO cart.inbox (source, id, type, data) VALUES ('blog', 'm2', 'logged in', '{}');

-- inbox_data
INSERT INTO cart.inbox (source, id, type, data) VALUES ('blog', 'm2', 'user.logged_in', to_jsonb(repeat('x', 17000)));

-- inbox_once
INSERT INTO cart.inbox (source, id, type, data) VALUES ('blog', 'm1', 'user.logged_in', '{}');

-- inbox_handled
UPDATE cart.inbox SET due_at = NULL;

-- orders_pk
INSERT INTO cart.orders (id, number, cart_id, cart_revision, page_id, page_name, visitor_id, currency, tax_minor, total_minor, line_count,
  state, placed_at, expires_at, told, due_at, paid_at) SELECT #a1, 'RA-0000-0009', #c1, 9, 'ash', 'Ash', #1, 'GBP', 0, 0, 1, 'paid', now(),
  now(), 1, now(), now()::timestamptz;

-- orders_number
INSERT INTO cart.orders (id, number, cart_id, cart_revision, page_id, page_name, visitor_id, currency, tax_minor, total_minor, line_count,
  state, placed_at, expires_at, told, due_at, paid_at) SELECT #a9, 'RA-0000-00a1', #c1, 9, 'ash', 'Ash', #1, 'GBP', 0, 0, 1, 'paid', now(),
  now(), 1, now(), now()::timestamptz;

-- orders_cart_fk
INSERT INTO cart.orders (id, number, cart_id, cart_revision, page_id, page_name, visitor_id, currency, tax_minor, total_minor, line_count,
  state, placed_at, expires_at, told, due_at, paid_at) SELECT #a9, 'RA-0000-0009', #c9, 9, 'ash', 'Ash', #1, 'GBP', 0, 0, 1, 'paid', now(),
  now(), 1, now(), now()::timestamptz;

-- orders_visitor_fk
INSERT INTO cart.orders (id, number, cart_id, cart_revision, page_id, page_name, visitor_id, currency, tax_minor, total_minor, line_count,
  state, placed_at, expires_at, told, due_at, paid_at) SELECT #a9, 'RA-0000-0009', #c1, 9, 'ash', 'Ash', #9, 'GBP', 0, 0, 1, 'paid', now(),
  now(), 1, now(), now()::timestamptz;

-- orders_line_count
INSERT INTO cart.orders (id, number, cart_id, cart_revision, page_id, page_name, visitor_id, currency, tax_minor, total_minor, line_count,
  state, placed_at, expires_at, told, due_at, paid_at) SELECT #a9, 'RA-0000-0009', #c1, 9, 'ash', 'Ash', #1, 'GBP', 0, 0, 0, 'paid', now(),
  now(), 1, now(), now()::timestamptz;

-- orders_state
INSERT INTO cart.orders (id, number, cart_id, cart_revision, page_id, page_name, visitor_id, currency, tax_minor, total_minor, line_count,
  state, placed_at, expires_at, told, due_at, paid_at) SELECT #a9, 'RA-0000-0009', #c1, 9, 'ash', 'Ash', #1, 'GBP', 0, 0, 1, 'lost', now(),
  now(), 1, now(), NULL::timestamptz;

-- orders_once_per_revision
INSERT INTO cart.orders (id, number, cart_id, cart_revision, page_id, page_name, visitor_id, currency, tax_minor, total_minor, line_count,
  state, placed_at, expires_at, told, due_at, paid_at) SELECT #a9, 'RA-0000-0009', #c1, 1, 'ash', 'Ash', #1, 'GBP', 0, 0, 1, 'paid', now(),
  now(), 1, now(), now()::timestamptz;

-- orders_has_owner
INSERT INTO cart.orders (id, number, cart_id, cart_revision, page_id, page_name, visitor_id, currency, tax_minor, total_minor, line_count,
  state, placed_at, expires_at, told, due_at, paid_at) SELECT #a9, 'RA-0000-0009', #c1, 9, 'ash', 'Ash', NULL, 'GBP', 0, 0, 1, 'paid',
  now(), now(), 1, now(), now()::timestamptz;

-- orders_told_fk
INSERT INTO cart.orders (id, number, cart_id, cart_revision, page_id, page_name, visitor_id, currency, tax_minor, total_minor, line_count,
  state, placed_at, expires_at, told, due_at, paid_at) SELECT #a9, 'RA-0000-0009', #c1, 9, 'ash', 'Ash', #1, 'GBP', 0, 0, 1, 'paid', now(),
  now(), 1, now(), now()::timestamptz;

-- orders_told_fk
UPDATE cart.orders SET told = 2 WHERE id = #a1;

-- orders_paid_at
INSERT INTO cart.orders (id, number, cart_id, cart_revision, page_id, page_name, visitor_id, currency, tax_minor, total_minor, line_count,
  state, placed_at, expires_at, told, due_at, paid_at) SELECT #a9, 'RA-0000-0009', #c1, 9, 'ash', 'Ash', #1, 'GBP', 0, 0, 1, 'paid', now(),
  now(), 1, now(), NULL::timestamptz;

-- orders_paid_at
UPDATE cart.orders SET paid_at = now(), paid_by = 'sumup:p2' WHERE id = #a1;

-- orders_paid_by
UPDATE cart.orders SET state = 'paid', paid_at = now() WHERE id = #a1;

-- orders_paid_by
INSERT INTO cart.orders (id, number, cart_id, cart_revision, page_id, page_name, visitor_id, currency, tax_minor, total_minor, line_count,
  state, placed_at, expires_at, told, due_at, paid_at) SELECT #a9, 'RA-0000-0009', #c1, 9, 'ash', 'Ash', #1, 'GBP', 0, 500, 1, 'paid',
  now(), now(), 1, now(), now()::timestamptz;

-- orders_paid_fk
UPDATE cart.orders SET state = 'paid', paid_at = now(), paid_by = 'sumup:p2' WHERE id = #a1;

-- orders_paid_fk
UPDATE cart.orders SET state = 'paid', paid_at = now(), paid_by = 'sumup:none' WHERE id = #a1;

-- orders_due
UPDATE cart.orders SET due_at = NULL WHERE id = #a1;

-- orders_due
UPDATE cart.orders SET due_at = NULL, hinted = true WHERE id = #a2;

-- orders_frozen
UPDATE cart.orders SET total_minor = 1 WHERE id = #a2;

-- orders_frozen
UPDATE cart.orders SET page_id = 'elm' WHERE id = #a4;

-- orders_frozen
UPDATE cart.orders SET paid_by = 'sumup:p3' WHERE id = #a2;

-- orders_frozen
UPDATE cart.orders SET paid_at = NULL, paid_by = NULL, state = 'cancelled' WHERE id = #a2;

-- orders_frozen
UPDATE cart.orders SET visitor_id = NULL, customer_id = 'wren' WHERE id = #a1;

-- orders_frozen
UPDATE cart.orders SET told = 1 WHERE id = #a2;

-- orders_kept
DELETE FROM cart.orders WHERE id = #a4;

-- orders_kept
TRUNCATE cart.orders CASCADE;

-- orders_move
UPDATE cart.orders SET state = 'awaiting_payment', due_at = now() WHERE id = #a3;

-- orders_first_move
WITH e AS (INSERT INTO cart.event (id, stream, seq, order_id, page_id, type, at, data) VALUES ('x', #a9, 1, #a9, 'ash', 'order.created',
  now(), '{}')) INSERT INTO cart.orders (id, number, cart_id, cart_revision, page_id, page_name, visitor_id, currency, tax_minor,
  total_minor, line_count, state, placed_at, expires_at, told, due_at, paid_at) SELECT #a9, 'RA-0000-0009', #c1, 9, 'ash', 'Ash', #1, 'GBP',
  0, 0, 1, 'expired', now(), now(), 1, now(), NULL::timestamptz;

-- orders_closed_when_dead
UPDATE cart.orders SET state = 'expired' WHERE id = #a1;

-- order_line_order_fk
INSERT INTO cart.order_line (order_id, place, cart_line_id, item_id, entry_id, name, unit_minor, quantity, total_minor, tax_minor) VALUES
  (#a9, 0, #d009, 'x', NULL, 'X', 1, 1, 1, 0);

-- order_line_cart_line_once
INSERT INTO cart.order_line (order_id, place, cart_line_id, item_id, entry_id, name, unit_minor, quantity, total_minor, tax_minor) VALUES
  (#a1, 1, #d001, 'x', NULL, 'X', 0, 1, 0, 0);

-- order_line_entry_once
INSERT INTO cart.order_line (order_id, place, cart_line_id, item_id, entry_id, name, unit_minor, quantity, total_minor, tax_minor) VALUES
  (#a1, 1, NULL, NULL, 'e1', 'X', 0, 1, 0, 0), (#a2, 1, NULL, NULL, 'e1', 'X', 0, 1, 0, 0);

-- order_line_quantity
INSERT INTO cart.order_line (order_id, place, cart_line_id, item_id, entry_id, name, unit_minor, quantity, total_minor, tax_minor) VALUES
  (#a1, 1, #d009, 'x', NULL, 'X', 0, 0, 0, 0);

-- order_line_total
INSERT INTO cart.order_line (order_id, place, cart_line_id, item_id, entry_id, name, unit_minor, quantity, total_minor, tax_minor) VALUES
  (#a1, 1, #d009, 'x', NULL, 'X', 5, 2, 5, 0);

-- order_line_pk
INSERT INTO cart.order_line (order_id, place, cart_line_id, item_id, entry_id, name, unit_minor, quantity, total_minor, tax_minor) VALUES
  (#a1, 0, #d009, 'x', NULL, 'X', 0, 1, 0, 0);

-- order_line_subject
INSERT INTO cart.order_line (order_id, place, cart_line_id, item_id, entry_id, name, unit_minor, quantity, total_minor, tax_minor) VALUES
  (#a1, 1, #d009, 'x', 'e1', 'X', 0, 1, 0, 0);

-- order_line_subject
INSERT INTO cart.order_line (order_id, place, cart_line_id, item_id, entry_id, name, unit_minor, quantity, total_minor, tax_minor) VALUES
  (#a1, 1, NULL, 'x', NULL, 'X', 0, 1, 0, 0);

-- order_line_frozen
UPDATE cart.order_line SET name = 'Bun';

-- order_line_frozen
DELETE FROM cart.order_line;

-- order_line_frozen
TRUNCATE cart.order_line;

-- order_line_sum
INSERT INTO cart.order_line (order_id, place, cart_line_id, item_id, entry_id, name, unit_minor, quantity, total_minor, tax_minor) VALUES
  (#a1, 1, #d009, 'x', NULL, 'X', 0, 1, 0, 0);

-- order_grant_order_fk
INSERT INTO cart.order_grant VALUES (#a9, sha256('x'), now());

-- order_grant_pk
INSERT INTO cart.order_grant VALUES (#a1, sha256('link'), now());

-- payment_attempt_pk
UPDATE cart.payment_attempt SET state = 'expired' WHERE id = #b1;
INSERT INTO cart.payment_attempt (id, order_id, number, page_id, currency, amount_minor, merchant_code, credential_id, state, created_at,
  valid_until) VALUES (#b1, #a1, 2, 'ash', 'GBP', 500, 'M-ASH', #ce01, 'created', now(), now());

-- payment_attempt_state
UPDATE cart.payment_attempt SET state = 'lost' WHERE id = #b1;

-- payment_attempt_last_read
UPDATE cart.payment_attempt SET last_read = 'OK' WHERE id = #b1;

-- payment_attempt_numbered
UPDATE cart.payment_attempt SET state = 'expired' WHERE id = #b1;
INSERT INTO cart.payment_attempt (id, order_id, number, page_id, currency, amount_minor, merchant_code, credential_id, state, created_at,
  valid_until) VALUES (#b9, #a1, 1, 'ash', 'GBP', 500, 'M-ASH', #ce01, 'created', now(), now());

-- payment_attempt_amount_fk
UPDATE cart.payment_attempt SET state = 'expired' WHERE id = #b1;
INSERT INTO cart.payment_attempt (id, order_id, number, page_id, currency, amount_minor, merchant_code, credential_id, state, created_at,
  valid_until) VALUES (#b9, #a1, 2, 'ash', 'GBP', 499, 'M-ASH', #ce01, 'created', now(), now());

-- payment_attempt_amount_fk
UPDATE cart.payment_attempt SET state = 'expired' WHERE id = #b1;
INSERT INTO cart.payment_attempt (id, order_id, number, page_id, currency, amount_minor, merchant_code, credential_id, state, created_at,
  valid_until) VALUES (#b9, #a1, 2, 'elm', 'GBP', 500, 'M-ELM', #ce02, 'created', now(), now());

-- payment_attempt_one_live
INSERT INTO cart.payment_attempt (id, order_id, number, page_id, currency, amount_minor, merchant_code, credential_id, state, created_at,
  valid_until) VALUES (#b9, #a1, 2, 'ash', 'GBP', 500, 'M-ASH', #ce01, 'created', now(), now());

-- payment_attempt_frozen
UPDATE cart.payment_attempt SET credential_id = #ce02 WHERE id = #b1;

-- payment_attempt_frozen
UPDATE cart.payment_attempt SET provider_id = 'another' WHERE id = #b1;

-- payment_attempt_frozen
UPDATE cart.payment_attempt SET state = 'expired' WHERE id = #b2;

-- payment_attempt_kept
DELETE FROM cart.payment_attempt WHERE id = #b1;

-- payment_attempt_kept
TRUNCATE cart.payment_attempt CASCADE;

-- payment_attempt_order_waits
INSERT INTO cart.payment_attempt (id, order_id, number, page_id, currency, amount_minor, merchant_code, credential_id, state, created_at,
  valid_until) VALUES (#b9, #a3, 2, 'ash', 'GBP', 500, 'M-ASH', #ce01, 'created', now(), now());

-- payment_attempt_credential
UPDATE cart.payment_attempt SET state = 'expired' WHERE id = #b1;
INSERT INTO cart.payment_attempt (id, order_id, number, page_id, currency, amount_minor, merchant_code, credential_id, state, created_at,
  valid_until) VALUES (#b9, #a1, 2, 'ash', 'GBP', 500, 'M-ASH', #ce02, 'created', now(), now());

-- payment_attempt_credential
UPDATE cart.payment_attempt SET state = 'expired' WHERE id = #b1;
INSERT INTO cart.payment_attempt (id, order_id, number, page_id, currency, amount_minor, merchant_code, credential_id, state, created_at,
  valid_until) VALUES (#b9, #a1, 2, 'ash', 'GBP', 500, 'M-ELM', #ce01, 'created', now(), now());

-- observation_attempt_fk
INSERT INTO cart.observation (attempt_id, digest, seen_at, via, status, reference, provider_id, merchant_code, minor, currency, captured)
  VALUES (#b9, sha256('x'), now(), 'read', 'PAID', 'r', 'p', 'M', 1, 'GBP', '[]');

-- observation_via
INSERT INTO cart.observation (attempt_id, digest, seen_at, via, status, reference, provider_id, merchant_code, minor, currency, captured)
  VALUES (#b2, sha256('x'), now(), 'guess', 'PAID', 'r', 'p', 'M', 1, 'GBP', '[]');

-- observation_status
INSERT INTO cart.observation (attempt_id, digest, seen_at, via, status, reference, provider_id, merchant_code, minor, currency, captured)
  VALUES (#b2, sha256('x'), now(), 'read', 'MAYBE', 'r', 'p', 'M', 1, 'GBP', '[]');

-- observation_once
INSERT INTO cart.observation (attempt_id, digest, seen_at, via, status, reference, provider_id, merchant_code, minor, currency, captured)
  VALUES (#b2, sha256('seen'), now(), 'read', 'PAID', 'r', 'p', 'M', 1, 'GBP', '[]');

-- observation_frozen
UPDATE cart.observation SET status = 'PENDING';

-- observation_frozen
DELETE FROM cart.observation;

-- observation_frozen
TRUNCATE cart.observation;

-- payment_once
INSERT INTO cart.payment (id, order_id, attempt_id, minor, currency, verdict, received_at) VALUES ('sumup:p2', #a1, #b1, 500, 'GBP', 'paid',
  now());

-- payment_order_fk
INSERT INTO cart.payment (id, order_id, attempt_id, minor, currency, verdict, received_at) VALUES ('sumup:p9', #a9, NULL, 500, 'GBP',
  'by_hand', now());

-- payment_verdict
INSERT INTO cart.payment (id, order_id, attempt_id, minor, currency, verdict, received_at) VALUES ('sumup:p9', #a1, #b1, 500, 'GBP',
  'surely', now());

-- payment_attempt_fk
INSERT INTO cart.payment (id, order_id, attempt_id, minor, currency, verdict, received_at) VALUES ('sumup:p9', #a1, #b2, 500, 'GBP', 'paid',
  now());

-- payment_orphan
INSERT INTO cart.payment (id, order_id, attempt_id, minor, currency, verdict, received_at) VALUES ('sumup:p9', NULL, NULL, 500, 'GBP',
  'paid', now());

-- payment_frozen
UPDATE cart.payment SET minor = 5 WHERE id = 'sumup:p3';

-- payment_frozen
DELETE FROM cart.payment WHERE id = 'sumup:p3';

-- payment_frozen
TRUNCATE cart.payment CASCADE;

-- payment_accounted
INSERT INTO cart.payment (id, order_id, attempt_id, minor, currency, verdict, received_at) VALUES ('sumup:p9', #a1, #b1, 500, 'GBP', 'paid',
  now());

-- payment_accounted
INSERT INTO cart.payment (id, order_id, attempt_id, minor, currency, verdict, received_at) VALUES ('sumup:p9', #a1, #b1, 500, 'GBP', 'paid',
  now());
INSERT INTO cart.money_case (id, order_id, payment_id, attempt_id, page_id, reason, opened_at) VALUES ('chargeback', #a1, 'sumup:p9', NULL,
  'ash', 'chargeback', now());

-- money_case_once
INSERT INTO cart.money_case (id, order_id, payment_id, attempt_id, page_id, reason, opened_at) VALUES ('sumup:p3', #a1, NULL, NULL, 'ash',
  'late', now());

-- money_case_order_fk
INSERT INTO cart.money_case (id, order_id, payment_id, attempt_id, page_id, reason, opened_at) VALUES ('x', #a9, NULL, NULL, 'ash', 'late',
  now());

-- money_case_payment_fk
INSERT INTO cart.money_case (id, order_id, payment_id, attempt_id, page_id, reason, opened_at) VALUES ('x', #a1, 'sumup:p9', NULL, 'ash',
  'late', now());

-- money_case_attempt_fk
INSERT INTO cart.money_case (id, order_id, payment_id, attempt_id, page_id, reason, opened_at) VALUES ('x', #a1, NULL, #b9, 'ash', 'late',
  now());

-- money_case_reason
INSERT INTO cart.money_case (id, order_id, payment_id, attempt_id, page_id, reason, opened_at) VALUES ('x', #a1, NULL, NULL, 'ash', 'bad
  luck', now());

-- money_case_answer
INSERT INTO cart.money_case (id, order_id, payment_id, attempt_id, page_id, reason, opened_at) VALUES ('x', #a1, NULL, NULL, 'ash', 'late',
  now());
UPDATE cart.money_case SET answer = 'lost', answered_by = 'x', answered_why = 'x', answered_at = now() WHERE id = 'x';

-- money_case_answered
INSERT INTO cart.money_case (id, order_id, payment_id, attempt_id, page_id, reason, opened_at) VALUES ('x', #a1, NULL, NULL, 'ash', 'late',
  now());
UPDATE cart.money_case SET answer = 'credited' WHERE id = 'x';

-- money_case_frozen
UPDATE cart.money_case SET answer = 'written_off';

-- money_case_frozen
UPDATE cart.money_case SET reason = 'late';

-- money_case_kept
DELETE FROM cart.money_case;

-- money_case_kept
TRUNCATE cart.money_case;

-- refund_once
INSERT INTO cart.refund (id, order_id, payment_id, minor, state, external, asked_by, reason, asked_at) VALUES ('r2', #a2, 'sumup:p2', 1,
  'done', true, 'x', 'x', now());

-- refund_order_fk
INSERT INTO cart.refund (id, order_id, payment_id, minor, state, external, asked_by, reason, asked_at) VALUES ('r9', #a9, 'sumup:p2', 1,
  'done', true, 'x', 'x', now());

-- refund_payment_fk
INSERT INTO cart.refund (id, order_id, payment_id, minor, state, external, asked_by, reason, asked_at) VALUES ('r9', #a2, 'sumup:p9', 1,
  'done', true, 'x', 'x', now());

-- refund_amount
INSERT INTO cart.refund (id, order_id, payment_id, minor, state, external, asked_by, reason, asked_at) VALUES ('r9', #a2, 'sumup:p2', 0,
  'done', true, 'x', 'x', now());

-- refund_state
INSERT INTO cart.refund (id, order_id, payment_id, minor, state, external, asked_by, reason, asked_at) VALUES ('r9', #a2, 'sumup:p2', 1,
  'maybe', true, 'x', 'x', now());

-- refund_one_moving
INSERT INTO cart.refund (id, order_id, payment_id, minor, state, external, asked_by, reason, asked_at) VALUES ('r9', #a2, 'sumup:p2', 1,
  'requested', false, 'x', 'x', now());

-- refund_frozen
UPDATE cart.refund SET minor = 1 WHERE id = 'r1';

-- refund_frozen
UPDATE cart.refund SET state = 'requested' WHERE id = 'r1';

-- refund_frozen
UPDATE cart.refund SET state = 'failed' WHERE id = 'r2';

-- refund_kept
DELETE FROM cart.refund;

-- refund_kept
TRUNCATE cart.refund;

-- refund_sum
INSERT INTO cart.refund (id, order_id, payment_id, minor, state, external, asked_by, reason, asked_at) VALUES ('r9', #a2, 'sumup:p2', 401,
  'done', false, 'x', 'x', now());
