-- Tries at paying, what the provider answered, money received, money owed back. No row here is ever deleted.
CREATE TABLE cart.payment_attempt (
  id             uuid CONSTRAINT payment_attempt_pk PRIMARY KEY,   -- written before the provider hears of it
  order_id       uuid NOT NULL,
  number         integer NOT NULL,
  page_id        text NOT NULL,
  currency       cart.currency NOT NULL,
  amount_minor   cart.minor NOT NULL,
  merchant_code  text NOT NULL,
  credential_id  uuid NOT NULL,
  state          text NOT NULL
                 CONSTRAINT payment_attempt_state CHECK (state IN ('created', 'open', 'expired', 'deactivated', 'paid')),
  provider_id    text, pay_url text,
  created_at     timestamptz NOT NULL, valid_until timestamptz NOT NULL,
  last_read      text CONSTRAINT payment_attempt_last_read CHECK (last_read IN ('PENDING', 'FAILED', 'PAID', 'EXPIRED')),
  last_read_at   timestamptz, unproven_since timestamptz, closed_at timestamptz,
  CONSTRAINT payment_attempt_numbered UNIQUE (order_id, number),
  CONSTRAINT payment_attempt_of_order UNIQUE (id, order_id),
  -- What is asked for is the order's total, in its currency, for its page. Nothing else can be asked for.
  CONSTRAINT payment_attempt_amount_fk FOREIGN KEY (order_id, page_id, currency, amount_minor)
    REFERENCES cart.orders (id, page_id, currency, total_minor)
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX payment_attempt_one_live ON cart.payment_attempt (order_id) WHERE state IN ('created', 'open');
-- Paid absorbs, and the provider's own id never changes.
CREATE TRIGGER payment_attempt_frozen BEFORE UPDATE ON cart.payment_attempt FOR EACH ROW
  WHEN ((OLD.id, OLD.order_id, OLD.number, OLD.page_id, OLD.currency, OLD.amount_minor, OLD.merchant_code, OLD.credential_id)
     IS DISTINCT FROM (NEW.id, NEW.order_id, NEW.number, NEW.page_id, NEW.currency, NEW.amount_minor, NEW.merchant_code, NEW.credential_id)
        OR (OLD.provider_id IS NOT NULL AND NEW.provider_id IS DISTINCT FROM OLD.provider_id)
        OR (OLD.state = 'paid' AND NEW.state <> 'paid'))
  EXECUTE FUNCTION cart.refuse('payment_attempt_frozen');

-- A new attempt meets whoever is closing its order: FOR SHARE waits for the other, and then sees the order as it is.
-- Its key must be of that page and merchant; a plain read, because a foreign key would lock the page's one key row.
CREATE FUNCTION cart.check_attempt() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  order_state text;
BEGIN
  SELECT o.state INTO order_state FROM cart.orders o WHERE o.id = NEW.order_id FOR SHARE;
  IF order_state IS DISTINCT FROM 'awaiting_payment' THEN
    RAISE EXCEPTION 'order % does not await payment', NEW.order_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_attempt_order_waits', SCHEMA = 'cart', TABLE = 'payment_attempt';
  END IF;
  PERFORM FROM cart.seller_credential c
    WHERE c.id = NEW.credential_id AND c.page_id = NEW.page_id AND c.merchant_code = NEW.merchant_code;
  IF FOUND THEN RETURN NULL; END IF;
  RAISE EXCEPTION 'credential % is not of page % and merchant %', NEW.credential_id, NEW.page_id, NEW.merchant_code
    USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_attempt_credential', SCHEMA = 'cart', TABLE = 'payment_attempt';
END $$;
CREATE TRIGGER payment_attempt_allowed AFTER INSERT ON cart.payment_attempt
  FOR EACH ROW EXECUTE FUNCTION cart.check_attempt();

CREATE FUNCTION cart.check_order_dead() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM cart.payment_attempt a WHERE a.order_id = NEW.id AND a.state IN ('created', 'open')) THEN RETURN NULL; END IF;
  RAISE EXCEPTION 'order % still has a live attempt', NEW.id
    USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_closed_when_dead', SCHEMA = 'cart', TABLE = 'orders';
END $$;
CREATE TRIGGER orders_closed_when_dead AFTER UPDATE OF state ON cart.orders
  FOR EACH ROW WHEN (NEW.state IN ('expired', 'cancelled') AND NEW.state <> OLD.state) EXECUTE FUNCTION cart.check_order_dead();

-- What the provider answered, as a set: asking often does not make it grow. Kept for ever, for whoever must prove something.
CREATE TABLE cart.observation (
  attempt_id     uuid NOT NULL CONSTRAINT observation_attempt_fk REFERENCES cart.payment_attempt,
  digest         cart.digest NOT NULL,                      -- of the answer
  seen_at        timestamptz NOT NULL,
  via            text NOT NULL CONSTRAINT observation_via CHECK (via IN ('open', 'read', 'list', 'deactivate')),
  status         text NOT NULL CONSTRAINT observation_status CHECK (status IN ('PENDING', 'FAILED', 'PAID', 'EXPIRED')),
  reference      text NOT NULL, provider_id text NOT NULL, merchant_code text NOT NULL,
  minor          bigint NOT NULL,                           -- as the provider says it, so nothing is ruled out
  currency       text NOT NULL,
  transaction_id text, captured jsonb NOT NULL, pay_url text,
  CONSTRAINT observation_once PRIMARY KEY (attempt_id, digest)
);

-- Money received: a fact. Its key is the provider's transaction, so one transaction counts once.
CREATE TABLE cart.payment (
  id          text CONSTRAINT payment_once PRIMARY KEY,
  place       bigint GENERATED ALWAYS AS IDENTITY,          -- in the order it came
  order_id    uuid CONSTRAINT payment_order_fk REFERENCES cart.orders,     -- null: no order of ours is known (orphan)
  attempt_id  uuid,
  minor       bigint NOT NULL,
  currency    text NOT NULL,
  verdict     text NOT NULL CONSTRAINT payment_verdict CHECK (verdict IN ('paid', 'mismatch', 'by_hand', 'orphan')),
  received_at timestamptz NOT NULL,
  CONSTRAINT payment_attempt_fk FOREIGN KEY (attempt_id, order_id) REFERENCES cart.payment_attempt (id, order_id),
  CONSTRAINT payment_orphan CHECK ((order_id IS NULL) = (verdict = 'orphan')),
  CONSTRAINT payment_credit UNIQUE (id, order_id, currency, minor)
);
CREATE INDEX payment_of_order ON cart.payment (order_id) WHERE order_id IS NOT NULL;

-- One column holds the one credited payment: of this order, its currency and its whole amount.
ALTER TABLE cart.orders ADD CONSTRAINT orders_paid_fk FOREIGN KEY (paid_by, id, currency, total_minor)
  REFERENCES cart.payment (id, order_id, currency, minor);

-- Money that needs a person. Opened once, answered once, never deleted.
CREATE TABLE cart.money_case (
  id          text CONSTRAINT money_case_once PRIMARY KEY,
  place       bigint GENERATED ALWAYS AS IDENTITY,
  order_id    uuid CONSTRAINT money_case_order_fk REFERENCES cart.orders,
  payment_id  text CONSTRAINT money_case_payment_fk REFERENCES cart.payment,
  attempt_id  uuid CONSTRAINT money_case_attempt_fk REFERENCES cart.payment_attempt,
  page_id     text NOT NULL,
  reason      text NOT NULL CONSTRAINT money_case_reason
              CHECK (reason IN ('late', 'duplicate', 'mismatch', 'entry_lost', 'orphan', 'unproven', 'chargeback')),
  opened_at   timestamptz NOT NULL,
  answer      text CONSTRAINT money_case_answer CHECK (answer IN ('refunded', 'credited', 'written_off')),
  answered_by text, answered_why text, answered_at timestamptz,
  CONSTRAINT money_case_answered CHECK (num_nonnulls(answer, answered_by, answered_why, answered_at) IN (0, 4))
);
CREATE INDEX money_case_of_order ON cart.money_case (order_id);
CREATE INDEX money_case_of_payment ON cart.money_case (payment_id);
CREATE INDEX money_case_open ON cart.money_case (page_id, opened_at, id) WHERE answer IS NULL;
CREATE TRIGGER money_case_frozen BEFORE UPDATE ON cart.money_case FOR EACH ROW
  WHEN ((OLD.id, OLD.order_id, OLD.payment_id, OLD.attempt_id, OLD.page_id, OLD.reason, OLD.opened_at)
          IS DISTINCT FROM (NEW.id, NEW.order_id, NEW.payment_id, NEW.attempt_id, NEW.page_id, NEW.reason, NEW.opened_at)
        OR (OLD.answer IS NOT NULL AND (OLD.answer, OLD.answered_by, OLD.answered_why, OLD.answered_at)
          IS DISTINCT FROM (NEW.answer, NEW.answered_by, NEW.answered_why, NEW.answered_at)))
  EXECUTE FUNCTION cart.refuse('money_case_frozen');

-- At commit, received money is credited or it is a case. There is no third place.
CREATE FUNCTION cart.check_payment_accounted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM cart.orders o WHERE o.id = NEW.order_id AND o.paid_by = NEW.id)
     OR EXISTS (SELECT FROM cart.money_case c WHERE c.payment_id = NEW.id AND c.reason <> 'chargeback') THEN RETURN NULL; END IF;
  RAISE EXCEPTION 'payment % is neither credited nor a case', NEW.id
    USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_accounted', SCHEMA = 'cart', TABLE = 'payment';
END $$;
CREATE CONSTRAINT TRIGGER payment_accounted AFTER INSERT ON cart.payment DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION cart.check_payment_accounted();

-- Money owed back, written before the provider is asked.
CREATE TABLE cart.refund (
  id           text CONSTRAINT refund_once PRIMARY KEY,
  place        bigint GENERATED ALWAYS AS IDENTITY,
  order_id     uuid CONSTRAINT refund_order_fk REFERENCES cart.orders,
  payment_id   text NOT NULL CONSTRAINT refund_payment_fk REFERENCES cart.payment,
  minor        cart.minor NOT NULL CONSTRAINT refund_amount CHECK (minor > 0),
  state        text NOT NULL CONSTRAINT refund_state CHECK (state IN ('requested', 'sent', 'done', 'failed')),
  external     boolean NOT NULL,                            -- seen at the provider, not asked for here
  asked_by     text NOT NULL,
  reason       text NOT NULL, asked_at timestamptz NOT NULL,
  before_minor bigint, ended_at timestamptz                 -- before: what the provider had paid back when it was sent
);
CREATE INDEX refund_of_order ON cart.refund (order_id);
CREATE INDEX refund_of_payment ON cart.refund (payment_id);
-- While one is unsure, no second can go out.
CREATE UNIQUE INDEX refund_one_moving ON cart.refund (payment_id) WHERE state IN ('requested', 'sent');
-- What was sent is never again `requested`: a refund that may have gone out is not sent twice.
CREATE TRIGGER refund_frozen BEFORE UPDATE ON cart.refund FOR EACH ROW
  WHEN ((OLD.id, OLD.order_id, OLD.payment_id, OLD.minor, OLD.external, OLD.asked_by, OLD.asked_at)
          IS DISTINCT FROM (NEW.id, NEW.order_id, NEW.payment_id, NEW.minor, NEW.external, NEW.asked_by, NEW.asked_at)
        OR (OLD.state IN ('done', 'failed') AND NEW.state <> OLD.state)
        OR (OLD.state = 'sent' AND NEW.state = 'requested'))
  EXECUTE FUNCTION cart.refuse('refund_frozen');

-- Never more than was received. What somebody paid back elsewhere is always written down, whatever it adds up to.
CREATE FUNCTION cart.check_refund_sum() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  received bigint;
BEGIN
  SELECT p.minor INTO received FROM cart.payment p WHERE p.id = NEW.payment_id FOR UPDATE;
  IF received >= (SELECT sum(r.minor) FROM cart.refund r WHERE r.payment_id = NEW.payment_id AND r.state <> 'failed')
  THEN RETURN NULL; END IF;
  RAISE EXCEPTION 'refunds of payment % exceed what it brought', NEW.payment_id
    USING ERRCODE = 'check_violation', CONSTRAINT = 'refund_sum', SCHEMA = 'cart', TABLE = 'refund';
END $$;
CREATE TRIGGER refund_sum AFTER INSERT ON cart.refund FOR EACH ROW WHEN (NOT NEW.external AND NEW.state <> 'failed')
  EXECUTE FUNCTION cart.check_refund_sum();

-- Where the provider's ledger and ours differ: a row with an answer, not a line in a log.
CREATE TABLE cart.difference (
  id          text CONSTRAINT difference_once PRIMARY KEY,  -- what differs, so that finding it again is one row
  page_id     text NOT NULL,
  kind        text NOT NULL CONSTRAINT difference_kind CHECK (kind ~ '^[a-z_]{1,40}$'),
  facts       jsonb NOT NULL,
  found_at    timestamptz NOT NULL,
  answered_by text, answer text, answered_at timestamptz,
  CONSTRAINT difference_answered CHECK (num_nonnulls(answered_by, answer, answered_at) IN (0, 3))
);
CREATE INDEX difference_open ON cart.difference (page_id, found_at) WHERE answer IS NULL;
