-- What of the money needs a person is found by indexes that hold only what is open.
CREATE FUNCTION cart.has_refused(answers jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$SELECT jsonb_path_exists(answers, '$[*] ? (@.answer != "confirmed")')$$;
CREATE INDEX refund_failed ON cart.refund (payment_id, place) WHERE state = 'failed';
CREATE INDEX orders_called_off ON cart.orders (id) WHERE state = 'cancelled' AND paid_by IS NOT NULL;
CREATE INDEX orders_refused ON cart.orders (id) WHERE state = 'paid' AND cart.has_refused(answers);
CREATE INDEX payment_attempt_live_until ON cart.payment_attempt (valid_until) WHERE state IN ('created', 'open');
