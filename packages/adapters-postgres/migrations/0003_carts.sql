-- Who shops, and what is in the cart. These tables hold what is alive; they do not grow with history.
-- A browser. Its row comes with its first write, never for a reader or a robot.
CREATE TABLE cart.visitor (
  id         uuid CONSTRAINT visitor_pk PRIMARY KEY,
  created_at timestamptz NOT NULL DEFAULT now(),
  adopted_by text,                                          -- the customer it turned out to be
  adopted_at timestamptz,
  CONSTRAINT visitor_adopted CHECK ((adopted_by IS NULL) = (adopted_at IS NULL))
);
CREATE TRIGGER visitor_adopted_once BEFORE UPDATE ON cart.visitor FOR EACH ROW
  WHEN (OLD.adopted_by IS NOT NULL AND (NEW.adopted_by, NEW.adopted_at) IS DISTINCT FROM (OLD.adopted_by, OLD.adopted_at))
  EXECUTE FUNCTION cart.refuse('visitor_adopted_once');

-- Being adopted is a change of every cart the visitor has: whoever decided on one before it was, has to look again.
CREATE FUNCTION cart.move_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE cart.cart SET revision = revision + 1, changed_at = now() WHERE visitor_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER visitor_moves_on AFTER UPDATE ON cart.visitor FOR EACH ROW
  WHEN (OLD.adopted_by IS NULL AND NEW.adopted_by IS NOT NULL) EXECUTE FUNCTION cart.move_on();

-- What opens a visitor: the SHA-256 of its cookie, or of the session its siblings know the browser by.
CREATE TABLE cart.visitor_key (
  key_hash   cart.digest CONSTRAINT visitor_key_pk PRIMARY KEY,
  visitor_id uuid NOT NULL CONSTRAINT visitor_key_visitor_fk REFERENCES cart.visitor ON DELETE CASCADE,
  kind       text NOT NULL CONSTRAINT visitor_key_kind CHECK (kind IN ('cookie', 'session')),
  created_at timestamptz NOT NULL DEFAULT now(),
  retired_at timestamptz                                    -- kept for a log-in that is told late
);
CREATE INDEX visitor_key_of_visitor ON cart.visitor_key (visitor_id, kind) INCLUDE (key_hash);
-- A retired cookie never opens anything again, and no cookie ever opens somebody else's cart.
CREATE TRIGGER visitor_key_frozen BEFORE UPDATE ON cart.visitor_key FOR EACH ROW
  WHEN ((OLD.key_hash, OLD.kind) IS DISTINCT FROM (NEW.key_hash, NEW.kind)
        OR (OLD.kind = 'cookie' AND (NEW.visitor_id <> OLD.visitor_id OR (OLD.retired_at IS NOT NULL AND NEW.retired_at IS NULL))))
  EXECUTE FUNCTION cart.refuse('visitor_key_frozen');

-- One cart per identity and page. It stores no price. Its revision counts changes: a form carries the one it showed.
CREATE TABLE cart.cart (
  id          uuid CONSTRAINT cart_pk PRIMARY KEY,
  page_id     text NOT NULL,
  visitor_id  uuid CONSTRAINT cart_visitor_fk REFERENCES cart.visitor,
  customer_id text,
  revision    integer NOT NULL CONSTRAINT cart_revision CHECK (revision >= 0),
  created_at  timestamptz NOT NULL DEFAULT now(),
  changed_at  timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT cart_one_identity CHECK (num_nonnulls(visitor_id, customer_id) = 1),
  CONSTRAINT cart_one_per_visitor UNIQUE (visitor_id, page_id),
  CONSTRAINT cart_one_per_customer UNIQUE (customer_id, page_id)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
CREATE TRIGGER cart_frozen BEFORE UPDATE ON cart.cart FOR EACH ROW
  WHEN ((OLD.id, OLD.page_id, OLD.visitor_id, OLD.customer_id) IS DISTINCT FROM (NEW.id, NEW.page_id, NEW.visitor_id, NEW.customer_id)
        OR NEW.revision < OLD.revision)
  EXECUTE FUNCTION cart.refuse('cart_frozen');

-- A first cart meets the adoption of its visitor: one of the two waits for the other, and then sees it.
CREATE FUNCTION cart.check_visitor_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  owner text;
BEGIN
  SELECT v.adopted_by INTO owner FROM cart.visitor v WHERE v.id = NEW.visitor_id FOR SHARE;
  IF owner IS NULL THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'visitor % was adopted', NEW.visitor_id
    USING ERRCODE = 'check_violation', CONSTRAINT = 'cart_visitor_open', SCHEMA = 'cart', TABLE = 'cart';
END $$;
CREATE TRIGGER cart_visitor_open BEFORE INSERT ON cart.cart FOR EACH ROW WHEN (NEW.visitor_id IS NOT NULL)
  EXECUTE FUNCTION cart.check_visitor_open();

CREATE TABLE cart.cart_line (
  id         uuid CONSTRAINT cart_line_pk PRIMARY KEY,
  cart_id    uuid NOT NULL CONSTRAINT cart_line_cart_fk REFERENCES cart.cart ON DELETE CASCADE,
  place      bigint GENERATED ALWAYS AS IDENTITY,           -- in the order they were added
  item_id    text NOT NULL,
  quantity   integer NOT NULL CONSTRAINT cart_line_quantity CHECK (quantity BETWEEN 1 AND 99),
  seen_minor cart.minor NOT NULL,
  CONSTRAINT cart_line_one_per_item UNIQUE (cart_id, item_id)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);

-- Forms that were applied, for a day: sent twice they add once.
CREATE TABLE cart.cart_form (
  cart_id uuid NOT NULL CONSTRAINT cart_form_cart_fk REFERENCES cart.cart ON DELETE CASCADE,
  key     text NOT NULL CONSTRAINT cart_form_key CHECK (length(key) BETWEEN 1 AND 200),
  at      timestamptz NOT NULL,
  CONSTRAINT cart_form_pk PRIMARY KEY (cart_id, key)
);

-- What a log-in moved, and what it takes to give it back.
CREATE TABLE cart.adoption (
  visitor_id  uuid CONSTRAINT adoption_pk PRIMARY KEY CONSTRAINT adoption_visitor_fk REFERENCES cart.visitor,
  customer_id text NOT NULL,
  at          timestamptz NOT NULL,
  lines integer NOT NULL, entries integer NOT NULL, orders integer NOT NULL,
  undo        jsonb NOT NULL,
  undone_at   timestamptz
);
CREATE INDEX adoption_of_customer ON cart.adoption (customer_id, at DESC);
