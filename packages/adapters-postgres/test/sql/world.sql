-- A small world in which every guard has something to refuse. All of it is allowed.
INSERT INTO cart.page_config (id, name, currency, accepts_late, refunds_alone) VALUES
  ('ash', 'Ash', 'GBP', true, false), ('elm', 'Elm', 'GBP', true, false);
INSERT INTO cart.seller_credential (id, page_id, merchant_code, kid, nonce, sealed) VALUES
  ('00000000-0000-7000-8000-00000000ce01', 'ash', 'M-ASH', 'k1', decode(repeat('00', 12), 'hex'), decode(repeat('00', 40), 'hex')),
  ('00000000-0000-7000-8000-00000000ce02', 'elm', 'M-ELM', 'k1', decode(repeat('01', 12), 'hex'), decode(repeat('00', 40), 'hex'));
UPDATE cart.page_config SET credential_id = '00000000-0000-7000-8000-00000000ce01' WHERE id = 'ash';
INSERT INTO cart.visitor (id, adopted_by, adopted_at) VALUES
  ('00000000-0000-7000-8000-000000000001', NULL, NULL), ('00000000-0000-7000-8000-000000000002', 'robin', now());
INSERT INTO cart.visitor_key (key_hash, visitor_id, kind, retired_at) VALUES
  (sha256('cookie'), '00000000-0000-7000-8000-000000000001', 'cookie', NULL),
  (sha256('retired'), '00000000-0000-7000-8000-000000000002', 'cookie', now());
INSERT INTO cart.cart (id, page_id, visitor_id, customer_id, revision) VALUES
  ('00000000-0000-7000-8000-0000000000c1', 'ash', '00000000-0000-7000-8000-000000000001', NULL, 5),
  ('00000000-0000-7000-8000-0000000000c2', 'ash', NULL, 'robin', 1);
INSERT INTO cart.cart_line (id, cart_id, item_id, quantity, seen_minor) VALUES
  ('00000000-0000-7000-8000-000000000c11', '00000000-0000-7000-8000-0000000000c1', 'loaf', 2, 250);
INSERT INTO cart.cart_form (cart_id, key, at) VALUES ('00000000-0000-7000-8000-0000000000c1', 'form-1', now());
INSERT INTO cart.adoption (visitor_id, customer_id, at, lines, entries, orders, undo)
  VALUES ('00000000-0000-7000-8000-000000000002', 'robin', now(), 1, 0, 0, '[]');
INSERT INTO cart.audit (action, actor, reason, subject) VALUES ('order.cancel', 'robin', 'closed', 'order');
INSERT INTO cart.difference (id, page_id, kind, facts, found_at, answered_by, answer, answered_at)
  VALUES ('d1', 'ash', 'unknown_transaction', '{}', now(), 'robin', 'ours', now());
INSERT INTO cart.consumer (name) VALUES ('blog');

-- o1 waits with one live attempt; o2 is paid by p2, of which 100 are going back; o3 expired; o4 was for nothing.
WITH o AS (
  INSERT INTO cart.orders (id, number, cart_id, cart_revision, page_id, page_name, visitor_id, email, currency, tax_minor, total_minor,
      line_count, state, placed_at, expires_at, paid_at, told, due_at)
  SELECT ('00000000-0000-7000-8000-0000000000' || j.id)::uuid, 'RA-0000-00' || j.id, '00000000-0000-7000-8000-0000000000c1', j.revision,
      'ash', 'Ash', '00000000-0000-7000-8000-000000000001', 'wren@example.org', 'GBP', 0, j.total, 1, j.state, now(),
      now() + interval '40 minutes', CASE j.state WHEN 'paid' THEN now() END, 1, now()
    FROM (VALUES ('a1', 1, 500, 'awaiting_payment'), ('a2', 2, 500, 'awaiting_payment'), ('a3', 3, 500, 'awaiting_payment'),
      ('a4', 4, 0, 'paid')) AS j(id, revision, total, state) RETURNING id, cart_revision, total_minor),
l AS (
  INSERT INTO cart.order_line (order_id, place, cart_line_id, item_id, name, unit_minor, quantity, total_minor, tax_minor)
  SELECT o.id, 0, ('00000000-0000-7000-8000-00000000d00' || o.cart_revision)::uuid, 'loaf', 'Loaf', o.total_minor, 1, o.total_minor, 0 FROM o)
INSERT INTO cart.event (id, stream, seq, order_id, page_id, type, at, data)
  SELECT o.id || '.1', o.id, 1, o.id, 'ash', 'order.created', now(), '{}' FROM o;
INSERT INTO cart.payment_attempt (id, order_id, number, page_id, currency, amount_minor, merchant_code, credential_id, state,
    provider_id, pay_url, created_at, valid_until)
  SELECT ('00000000-0000-7000-8000-0000000000b' || n)::uuid, ('00000000-0000-7000-8000-0000000000a' || n)::uuid, 1, 'ash', 'GBP', 500,
    'M-ASH', '00000000-0000-7000-8000-00000000ce01', 'open', 'checkout-' || n, 'https://pay.example/' || n, now(), now() + interval '30 minutes'
  FROM generate_series(1, 3) n;
INSERT INTO cart.observation (attempt_id, digest, seen_at, via, status, reference, provider_id, merchant_code, minor, currency, captured)
  VALUES ('00000000-0000-7000-8000-0000000000b2', sha256('seen'), now(), 'read', 'PAID', 'ra-b2', 'checkout-2', 'M-ASH', 500, 'GBP', '[]');
WITH a AS (UPDATE cart.payment_attempt SET state = 'paid', closed_at = now() WHERE id = '00000000-0000-7000-8000-0000000000b2'),
p AS (INSERT INTO cart.payment (id, order_id, attempt_id, minor, currency, verdict, received_at) VALUES
    ('sumup:p2', '00000000-0000-7000-8000-0000000000a2', '00000000-0000-7000-8000-0000000000b2', 500, 'GBP', 'paid', now()),
    ('sumup:p3', '00000000-0000-7000-8000-0000000000a2', '00000000-0000-7000-8000-0000000000b2', 500, 'GBP', 'paid', now())),
c AS (INSERT INTO cart.money_case (id, order_id, payment_id, page_id, reason, opened_at, answer, answered_by, answered_why, answered_at)
    VALUES ('sumup:p3', '00000000-0000-7000-8000-0000000000a2', 'sumup:p3', 'ash', 'duplicate', now(), 'refunded', 'robin', 'twice', now())),
e AS (INSERT INTO cart.event (id, stream, seq, order_id, page_id, type, at, data)
    VALUES ('a2.2', '00000000-0000-7000-8000-0000000000a2', 2, '00000000-0000-7000-8000-0000000000a2', 'ash', 'order.paid', now(), '{}'))
UPDATE cart.orders SET state = 'paid', paid_at = now(), paid_by = 'sumup:p2', told = 2 WHERE id = '00000000-0000-7000-8000-0000000000a2';
INSERT INTO cart.refund (id, order_id, payment_id, minor, state, external, asked_by, reason, asked_at) VALUES
  ('r1', '00000000-0000-7000-8000-0000000000a2', 'sumup:p2', 100, 'sent', false, 'robin', 'stale', now()),
  ('r2', '00000000-0000-7000-8000-0000000000a2', 'sumup:p3', 500, 'done', false, 'robin', 'twice', now());
UPDATE cart.payment_attempt SET state = 'expired', closed_at = now() WHERE id = '00000000-0000-7000-8000-0000000000b3';
WITH e AS (INSERT INTO cart.event (id, stream, seq, order_id, page_id, type, at, data)
    VALUES ('a3.2', '00000000-0000-7000-8000-0000000000a3', 2, '00000000-0000-7000-8000-0000000000a3', 'ash', 'order.expired', now(), '{}'))
UPDATE cart.orders SET state = 'expired', closed_at = now(), told = 2 WHERE id = '00000000-0000-7000-8000-0000000000a3';
INSERT INTO cart.order_grant (order_id, digest, expires_at) VALUES ('00000000-0000-7000-8000-0000000000a1', sha256('link'), now());
INSERT INTO cart.inbox (source, id, type, data) VALUES ('blog', 'm1', 'user.logged_in', '{}');
