--- What is right: rules must not refuse more than they are for.

-- allowed
INSERT INTO cart.refund (id, order_id, payment_id, minor, state, external, asked_by, reason, asked_at) VALUES ('r9', #a2, 'sumup:p2', 400,
  'done', false, 'x', 'x', now());

-- allowed
INSERT INTO cart.refund (id, order_id, payment_id, minor, state, external, asked_by, reason, asked_at) VALUES ('r9', #a2, 'sumup:p2', 9999,
  'done', true, 'x', 'x', now());

-- allowed
UPDATE cart.payment_attempt SET state = 'expired' WHERE id = #b1;
INSERT INTO cart.payment_attempt (id, order_id, number, page_id, currency, amount_minor, merchant_code, credential_id, state, created_at,
  valid_until) VALUES (#b9, #a1, 2, 'ash', 'GBP', 500, 'M-ASH', #ce01, 'created', now(), now());

-- allowed
UPDATE cart.payment_attempt SET state = 'expired' WHERE id = #b1;
INSERT INTO cart.event (id, stream, seq, order_id, page_id, type, at, data) VALUES ('x', #a1, 2, #a1, 'ash', 'order.expired', now(), '{}');
UPDATE cart.orders SET state = 'expired', told = 2 WHERE id = #a1;

-- allowed
INSERT INTO cart.payment (id, order_id, attempt_id, minor, currency, verdict, received_at) VALUES ('sumup:p9', #a1, #b1, 1, 'ZZZ',
  'mismatch', now());
INSERT INTO cart.money_case (id, order_id, payment_id, attempt_id, page_id, reason, opened_at) VALUES ('sumup:p9', #a1, 'sumup:p9', #b1,
  'ash', 'mismatch', now());

-- allowed
UPDATE cart.orders SET customer_id = 'robin', email = NULL WHERE id = #a1;

-- allowed
UPDATE cart.seller_credential SET kid = 'k2', nonce = decode(repeat('02', 12), 'hex') WHERE id = #ce01;

-- allowed
UPDATE cart.visitor_key SET retired_at = now() WHERE visitor_id = #1;
