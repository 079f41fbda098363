-- Optional: separated log-ins, for whoever wants the database itself to stand between the service and its history.
-- Run by the owner of schema cart, with the right to create roles, after the migrations and again after each release.
--   cart_app   the service: rows, never tables; it cannot rewrite history even if its code tried, nor see a seller's key
--   cart_pay   the small second pool (payUrl) that alone reads and seals sellers' keys
--   cart_read  reports and support: reads, but for keys and for what opens a cart or an order
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['cart_app', 'cart_pay', 'cart_read'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN EXECUTE format('CREATE ROLE %I LOGIN', name); END IF;
  END LOOP;
  -- What the cart calls at its siblings; whoever owns those schemas may have to run this part.
  FOREACH name IN ARRAY ARRAY['blog_api', 'auth_api', 'market_api', 'events_api'] LOOP
    CONTINUE WHEN to_regnamespace(name) IS NULL;
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO cart_app', name);
    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO cart_app', name);
    EXECUTE format('GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA %I TO cart_app', name);
  END LOOP;
END $$;
ALTER ROLE cart_read SET default_transaction_read_only = on;
GRANT USAGE ON SCHEMA cart TO cart_app, cart_pay, cart_read;
REVOKE ALL ON ALL TABLES IN SCHEMA cart FROM cart_app, cart_pay, cart_read;

GRANT SELECT ON ALL TABLES IN SCHEMA cart TO cart_app;
REVOKE SELECT ON cart.seller_credential FROM cart_app;
GRANT SELECT (id, page_id, merchant_code, created_at, chosen_at) ON cart.seller_credential TO cart_app, cart_read;
GRANT INSERT, UPDATE, DELETE ON cart.cart, cart.cart_line, cart.cart_form, cart.delivery, cart.inbox, cart.order_grant TO cart_app;
GRANT INSERT, UPDATE ON cart.page_config, cart.visitor, cart.visitor_key, cart.adoption, cart.consumer, cart.money_case, cart.refund,
  cart.difference TO cart_app;
GRANT INSERT ON cart.orders, cart.order_line, cart.payment_attempt, cart.observation, cart.payment, cart.event, cart.audit TO cart_app;
GRANT UPDATE (customer_id, email, answers, state, expires_at, paid_at, paid_by, closed_at, told, version, due_at, hinted) ON cart.orders TO cart_app;
GRANT UPDATE (state, provider_id, pay_url, valid_until, last_read, last_read_at, unproven_since, closed_at) ON cart.payment_attempt TO cart_app;
-- Locking a payment while its refunds are added up takes a right to change one column; the rule payment_frozen refuses any change.
GRANT UPDATE (id) ON cart.payment TO cart_app;

GRANT SELECT, INSERT ON cart.seller_credential TO cart_pay;
GRANT UPDATE (kid, nonce, sealed, chosen_at) ON cart.seller_credential TO cart_pay;
GRANT SELECT, UPDATE (credential_id, paused, changed_at) ON cart.page_config TO cart_pay;

GRANT SELECT ON cart.page_config, cart.cart, cart.cart_line, cart.orders, cart.order_line, cart.payment_attempt, cart.observation,
  cart.payment, cart.money_case, cart.refund, cart.difference, cart.consumer, cart.event, cart.delivery, cart.inbox, cart.audit TO cart_read;
GRANT SELECT (id, created_at, adopted_by, adopted_at) ON cart.visitor TO cart_read;
-- What cart.check_invariants looks at besides.
GRANT SELECT (visitor_id, kind, retired_at) ON cart.visitor_key TO cart_read;
DO $$
BEGIN
  IF to_regclass('events_api.entry') IS NULL THEN RETURN; END IF;
  GRANT USAGE ON SCHEMA events_api TO cart_read;
  GRANT SELECT (entry_id, order_id, state) ON events_api.entry TO cart_read;
END $$;
