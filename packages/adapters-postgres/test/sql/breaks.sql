-- S1 credited and not paid
ALTER TABLE cart.orders DROP CONSTRAINT orders_paid_at;
ALTER TABLE cart.orders DROP CONSTRAINT orders_paid_by;
UPDATE cart.orders SET paid_at = NULL WHERE paid_by IS NOT NULL;
-- S1 another amount was credited
UPDATE cart.payment SET minor = minor - 1 WHERE id = (SELECT paid_by FROM cart.orders WHERE paid_by IS NOT NULL);
-- S1 paid by nothing
ALTER TABLE cart.orders DROP CONSTRAINT orders_paid_by;
UPDATE cart.orders SET state = 'paid', paid_at = now() WHERE state = 'awaiting_payment';
-- S2 a line grew
ALTER TABLE cart.order_line DROP CONSTRAINT order_line_total;
UPDATE cart.order_line SET quantity = quantity + 1 WHERE item_id IS NOT NULL;
-- S2 an attempt asks for more
UPDATE cart.payment_attempt SET amount_minor = amount_minor + 1;
-- S3 the answer was about another merchant
UPDATE cart.observation SET merchant_code = 'M-OTHER' WHERE status = 'PAID';
-- S3 the answer showed other money
UPDATE cart.observation SET captured = '[]' WHERE status = 'PAID';
-- S4 money that is neither credited nor a case
DELETE FROM cart.money_case WHERE reason = 'duplicate';
-- S4 a mismatch that says it is something else
UPDATE cart.payment SET verdict = 'mismatch' WHERE id = (SELECT payment_id FROM cart.money_case WHERE reason = 'duplicate');
-- S5 a line is in a cart too
INSERT INTO cart.cart_line (id, cart_id, item_id, quantity, seen_minor)
  SELECT l.cart_line_id, o.cart_id, l.item_id, 1, 1 FROM cart.order_line l JOIN cart.orders o ON o.id = l.order_id
   WHERE l.cart_line_id IS NOT NULL LIMIT 1;
-- S5 a line is in two orders
ALTER TABLE cart.order_line DROP CONSTRAINT order_line_cart_line_once;
UPDATE cart.order_line SET cart_line_id = (SELECT min(cart_line_id::text)::uuid FROM cart.order_line) WHERE cart_line_id IS NOT NULL;
-- S6 a revision placed twice
ALTER TABLE cart.orders DROP CONSTRAINT orders_once_per_revision;
UPDATE cart.orders SET cart_revision = 1, cart_id = (SELECT min(cart_id::text)::uuid FROM cart.orders);
-- S6 two live attempts
DROP INDEX cart.payment_attempt_one_live;
INSERT INTO cart.payment_attempt SELECT (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(), 'number', 2))).*
  FROM cart.payment_attempt a WHERE state = 'created';
-- S6 a live attempt of an order that ended
UPDATE cart.payment_attempt SET state = 'open' WHERE order_id = (SELECT id FROM cart.orders WHERE state = 'expired');
-- S7 a seat of an order that is not paid
UPDATE events.calendar_entry SET state = 'provisional' WHERE order_id = (SELECT id FROM cart.orders WHERE state = 'awaiting_payment');
-- S7 a seat that was not given to whoever paid
UPDATE events.calendar_entry SET state = 'ordered', held_until = now() WHERE order_id = (SELECT id FROM cart.orders WHERE state = 'paid');
-- S8 a seat was free too early
UPDATE events.calendar_entry SET state = 'released' WHERE order_id = (SELECT id FROM cart.orders WHERE state = 'awaiting_payment');
-- S9 an attempt is paid by no money @sql
UPDATE cart.payment_attempt SET state = 'paid' WHERE order_id = (SELECT id FROM cart.orders WHERE state = 'expired');
-- S10 it was never told that it was paid
DELETE FROM cart.event WHERE type = 'order.paid';
-- S10 it has told more than there is
UPDATE cart.orders SET told = told + 1 WHERE state = 'awaiting_payment';
-- S10 a gap
UPDATE cart.event SET seq = seq + 1 WHERE type = 'order.expired';
-- S13 an order of a visitor that was adopted belongs to nobody @sql
UPDATE cart.visitor SET adopted_by = 'robin', adopted_at = now();
-- S18 more went back than came
UPDATE cart.refund SET state = 'done', minor = minor + 100000;
-- S18 two refunds move
DROP INDEX cart.refund_one_moving;
INSERT INTO cart.refund (id, order_id, payment_id, minor, state, external, asked_by, reason, asked_at)
  SELECT 'another', order_id, payment_id, 1, 'sent', false, asked_by, reason, asked_at FROM cart.refund LIMIT 1;
-- S20 another seller's key @sql
UPDATE cart.payment_attempt SET credential_id = gen_random_uuid();
-- L1 nobody will look again
ALTER TABLE cart.orders DROP CONSTRAINT orders_due;
UPDATE cart.orders SET due_at = NULL WHERE state = 'awaiting_payment';
-- L2 nobody has looked for hours @sql
UPDATE cart.orders SET due_at = now() - interval '2 hours' WHERE due_at IS NOT NULL;
-- L3 nobody was told for hours @sql
UPDATE cart.delivery SET due_at = now() - interval '2 hours';
-- L3 a message that nobody reads @sql
INSERT INTO cart.inbox (source, id, type, data, due_at) VALUES ('blog', 'm1', 'user.logged_in', '{}', now() - interval '2 hours');
