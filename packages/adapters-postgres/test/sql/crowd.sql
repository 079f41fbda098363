-- Enough rows that a plan which reads a whole table would show. Rules are switched off: these rows are only looked past.
SET LOCAL session_replication_role = 'replica';
INSERT INTO cart.page_config (id, name, currency, accepts_late, refunds_alone) SELECT 'crowd-' || n, 'Crowd', 'GBP', true, false FROM generate_series(1, 2000) n;
INSERT INTO cart.seller_credential (id, page_id, merchant_code, kid, nonce, sealed)
  SELECT gen_random_uuid(), 'crowd-' || n, 'M-' || n, 'k', decode(repeat('00', 12), 'hex'), decode(repeat('00', 40), 'hex') FROM generate_series(1, 2000) n;
INSERT INTO market.product (id, page_id, name, price_minor, currency) SELECT 'crowd-' || n, 'crowd-' || n % 2000, 'Crowd', 100, 'GBP' FROM generate_series(1, 20000) n;
INSERT INTO cart.visitor (id) SELECT gen_random_uuid() FROM generate_series(1, 20000);
INSERT INTO cart.visitor_key (key_hash, visitor_id, kind) SELECT sha256((id || k)::bytea), id, k FROM cart.visitor, unnest(ARRAY['cookie', 'session']) k;
INSERT INTO cart.cart (id, page_id, visitor_id, revision) SELECT gen_random_uuid(), 'crowd-' || (random() * 1999)::int, id, 3 FROM cart.visitor;
INSERT INTO cart.cart_line (id, cart_id, item_id, quantity, seen_minor) SELECT gen_random_uuid(), id, 'crowd-' || n, 1, 100 FROM cart.cart, generate_series(1, 2) n;
INSERT INTO cart.cart_form (cart_id, key, at) SELECT id, 'form', now() FROM cart.cart;
INSERT INTO cart.orders (id, number, cart_id, cart_revision, page_id, page_name, visitor_id, customer_id, currency, tax_minor, total_minor,
    line_count, state, placed_at, expires_at, paid_at, paid_by, told, due_at)
  SELECT gen_random_uuid(), 'crowd-' || row_number() OVER (), id, 1, page_id, 'Crowd', visitor_id,
    CASE WHEN random() < 0.5 THEN 'crowd-' || (random() * 1999)::int END, 'GBP', 0, 100, 1, 'paid', now() - random() * interval '2 years',
    now(), now(), 'crowd', 1, now() + interval '1 day' FROM cart.cart;
INSERT INTO cart.order_line (order_id, place, cart_line_id, item_id, name, unit_minor, quantity, total_minor, tax_minor)
  SELECT id, 0, gen_random_uuid(), 'crowd-1', 'Crowd', 100, 1, 100, 0 FROM cart.orders WHERE number LIKE 'crowd-%';
INSERT INTO cart.payment_attempt (id, order_id, number, page_id, currency, amount_minor, merchant_code, credential_id, state, created_at, valid_until)
  SELECT gen_random_uuid(), id, 1, page_id, 'GBP', 100, 'M', gen_random_uuid(), 'paid', now(), now() FROM cart.orders WHERE number LIKE 'crowd-%';
INSERT INTO cart.payment (id, order_id, minor, currency, verdict, received_at) SELECT 'crowd:' || id, id, 100, 'GBP', 'paid', now() FROM cart.orders WHERE number LIKE 'crowd-%';
INSERT INTO cart.money_case (id, order_id, page_id, reason, opened_at, answer, answered_by, answered_why, answered_at)
  SELECT 'crowd:' || id, id, page_id, 'late', now(), 'written_off', 'x', 'x', now() FROM cart.orders WHERE number LIKE 'crowd-%';
INSERT INTO cart.refund (id, order_id, payment_id, minor, state, external, asked_by, reason, asked_at)
  SELECT 'crowd:' || id, id, 'crowd:' || id, 1, 'done', true, 'x', 'x', now() FROM cart.orders WHERE number LIKE 'crowd-%';
INSERT INTO cart.observation (attempt_id, digest, seen_at, via, status, reference, provider_id, merchant_code, minor, currency, captured)
  SELECT id, sha256(id::text::bytea), now(), 'read', 'PAID', 'r', 'p', 'M', 100, 'GBP', '[]' FROM cart.payment_attempt;
INSERT INTO cart.order_grant (order_id, digest, expires_at) SELECT id, sha256(id::text::bytea), now() FROM cart.orders;
INSERT INTO cart.event (id, stream, seq, order_id, page_id, type, at, data)
  SELECT id || '.1', id, 1, id, page_id, 'order.created', now(),
    '{"number": "RA-0000-0000", "total": {"minor": 100, "currency": "GBP"}, "lines": []}' FROM cart.orders WHERE number LIKE 'crowd-%';
INSERT INTO cart.consumer (name) VALUES ('crowd');
INSERT INTO cart.delivery (consumer, stream, seq, due_at) SELECT 'crowd', stream, seq, now() FROM cart.event WHERE id NOT IN (SELECT id FROM cart.event LIMIT 10);
INSERT INTO blog.users (id, name) SELECT 'crowd-' || n, 'Crowd' FROM generate_series(1, 10000) n;
INSERT INTO blog.session (sid_hash, user_id, expires_at) SELECT sha256(id::bytea), id, now() + interval '1 day' FROM blog.users WHERE id LIKE 'crowd-%';
INSERT INTO blog.page_editor (page_id, user_id) SELECT 'crowd-1', id FROM blog.users WHERE id LIKE 'crowd-%';
INSERT INTO events.calendar (id, page_id, name) SELECT 'crowd-' || n, 'crowd-' || n, 'Crowd' FROM generate_series(1, 2000) n;
INSERT INTO events.slot (id, calendar_id, starts_at, ends_at, price_minor, currency)
  SELECT 'crowd-' || n, 'crowd-' || n, now(), now() + interval '1 hour', 100, 'GBP' FROM generate_series(1, 2000) n;
INSERT INTO events.calendar_entry (id, slot_id, seat, state, owner_user_id, owner_session, price_minor, currency, held_until, order_id)
  SELECT 'crowd-' || n, 'crowd-' || n % 2000, n, CASE n % 3 WHEN 0 THEN 'pending' WHEN 1 THEN 'provisional' ELSE 'released' END,
    CASE WHEN n % 2 = 0 THEN 'crowd-' || n % 5000 END, sha256(n::text::bytea), 100, 'GBP', now(), CASE n % 3 WHEN 1 THEN gen_random_uuid() END
    FROM generate_series(1, 20000) n;
