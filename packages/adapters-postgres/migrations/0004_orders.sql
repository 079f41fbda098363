-- A cart frozen with names and prices. An order is never deleted; its lines never change.
CREATE TABLE cart.orders (
  id            uuid CONSTRAINT orders_pk PRIMARY KEY,
  number        text NOT NULL CONSTRAINT orders_number UNIQUE,
  cart_id       uuid NOT NULL CONSTRAINT orders_cart_fk REFERENCES cart.cart,
  cart_revision integer NOT NULL,
  page_id       text NOT NULL,
  page_name     text NOT NULL,
  visitor_id    uuid CONSTRAINT orders_visitor_fk REFERENCES cart.visitor,
  customer_id   text,
  visit         uuid,                                       -- orders placed in one go, page after page
  email         text,                                       -- nulled by erasure
  currency      cart.currency NOT NULL,
  tax_minor     cart.minor NOT NULL,
  total_minor   cart.minor NOT NULL,
  line_count    integer NOT NULL CONSTRAINT orders_line_count CHECK (line_count >= 1),
  state         text NOT NULL CONSTRAINT orders_state CHECK (state IN ('awaiting_payment', 'paid', 'expired', 'cancelled')),
  placed_at     timestamptz NOT NULL,
  expires_at    timestamptz NOT NULL,
  paid_at       timestamptz,
  paid_by       text,                                       -- the one credited payment
  closed_at     timestamptz,
  answers       jsonb NOT NULL DEFAULT '[]',                -- what organisers said of its places
  told          integer NOT NULL,                           -- how many events it has told
  version       integer NOT NULL DEFAULT 0,                 -- how often it was decided on since: for compare-and-set
  due_at        timestamptz,                                -- when a worker looks next
  hinted        boolean NOT NULL DEFAULT false,             -- woken since it was last handed out
  CONSTRAINT orders_once_per_revision UNIQUE (cart_id, cart_revision),
  CONSTRAINT orders_has_owner CHECK (num_nonnulls(visitor_id, customer_id) >= 1),
  CONSTRAINT orders_paid_at CHECK (CASE state WHEN 'paid' THEN paid_at IS NOT NULL WHEN 'cancelled' THEN true ELSE paid_at IS NULL END),
  CONSTRAINT orders_paid_by CHECK ((paid_by IS NOT NULL) = (paid_at IS NOT NULL AND total_minor > 0)),
  CONSTRAINT orders_due CHECK (due_at IS NOT NULL OR (state <> 'awaiting_payment' AND NOT hinted)),
  -- What attempts and payments must agree with.
  CONSTRAINT orders_amount UNIQUE (id, page_id, currency, total_minor)
) WITH (fillfactor = 85);
-- Lists page by key, so that any page costs the same.
CREATE INDEX orders_of_customer ON cart.orders (customer_id, placed_at DESC, id DESC) WHERE customer_id IS NOT NULL;
CREATE INDEX orders_of_visitor ON cart.orders (visitor_id, placed_at DESC, id DESC) WHERE customer_id IS NULL;
CREATE INDEX orders_of_page ON cart.orders (page_id, placed_at DESC, id DESC);
CREATE INDEX orders_waiting ON cart.orders (customer_id, visitor_id, placed_at DESC) WHERE state = 'awaiting_payment';
CREATE INDEX orders_due_next ON cart.orders (due_at, id) WHERE due_at IS NOT NULL;

CREATE TRIGGER orders_frozen BEFORE UPDATE ON cart.orders FOR EACH ROW
  WHEN ((OLD.id, OLD.number, OLD.cart_id, OLD.cart_revision, OLD.page_id, OLD.page_name, OLD.visit, OLD.currency, OLD.tax_minor,
         OLD.total_minor, OLD.line_count, OLD.placed_at)
          IS DISTINCT FROM (NEW.id, NEW.number, NEW.cart_id, NEW.cart_revision, NEW.page_id, NEW.page_name, NEW.visit, NEW.currency,
         NEW.tax_minor, NEW.total_minor, NEW.line_count, NEW.placed_at)
        OR NEW.visitor_id IS DISTINCT FROM OLD.visitor_id
        OR (OLD.customer_id IS NOT NULL AND NEW.customer_id IS DISTINCT FROM OLD.customer_id)
        OR (OLD.paid_at IS NOT NULL AND (NEW.paid_at, NEW.paid_by) IS DISTINCT FROM (OLD.paid_at, OLD.paid_by))
        OR NEW.told < OLD.told)
  EXECUTE FUNCTION cart.refuse('orders_frozen');

-- The one guard of states: the domain's table of moves, compared with it by a test.
CREATE FUNCTION cart.check_order_move() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  came_from text := CASE WHEN TG_OP = 'INSERT' THEN 'new' ELSE OLD.state END;
BEGIN
  IF (came_from, NEW.state) IN (
    ('new', 'awaiting_payment'), ('new', 'paid'),
    ('awaiting_payment', 'paid'), ('awaiting_payment', 'expired'), ('awaiting_payment', 'cancelled'),
    ('expired', 'paid'), ('paid', 'cancelled')) THEN RETURN NULL; END IF;
  RAISE EXCEPTION 'an order cannot go from % to %', came_from, NEW.state
    USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_move', SCHEMA = 'cart', TABLE = 'orders';
END $$;
CREATE TRIGGER orders_first_move AFTER INSERT ON cart.orders FOR EACH ROW EXECUTE FUNCTION cart.check_order_move();
CREATE TRIGGER orders_move AFTER UPDATE OF state ON cart.orders
  FOR EACH ROW WHEN (NEW.state <> OLD.state) EXECUTE FUNCTION cart.check_order_move();

CREATE TABLE cart.order_line (
  order_id     uuid NOT NULL CONSTRAINT order_line_order_fk REFERENCES cart.orders,
  place        integer NOT NULL,
  -- A cart line, and an entry, is in one order ever: what comes back into a cart comes as a new line.
  cart_line_id uuid CONSTRAINT order_line_cart_line_once UNIQUE,
  item_id      text,
  entry_id     text CONSTRAINT order_line_entry_once UNIQUE,
  name         text NOT NULL,
  unit_minor   cart.minor NOT NULL,
  quantity     integer NOT NULL CONSTRAINT order_line_quantity CHECK (quantity BETWEEN 1 AND 99),
  total_minor  cart.minor NOT NULL CONSTRAINT order_line_total CHECK (total_minor = unit_minor * quantity),
  tax_rate     integer,
  tax_minor    cart.minor NOT NULL,
  starts_at    timestamptz, ends_at timestamptz,
  CONSTRAINT order_line_pk PRIMARY KEY (order_id, place),
  CONSTRAINT order_line_subject CHECK (num_nonnulls(item_id, entry_id) = 1 AND (item_id IS NULL) = (cart_line_id IS NULL))
);

-- All lines come in one statement and add up; none can be slipped in later. One check a statement, not one a line.
CREATE FUNCTION cart.check_order_lines() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wrong uuid;
BEGIN
  SELECT o.id INTO wrong FROM cart.orders o JOIN cart.order_line l ON l.order_id = o.id
   WHERE o.id IN (SELECT n.order_id FROM new_lines n)
   GROUP BY o.id HAVING count(*) <> o.line_count OR sum(l.total_minor) <> o.total_minor LIMIT 1;
  IF wrong IS NULL THEN RETURN NULL; END IF;
  RAISE EXCEPTION 'the lines of order % are not those it was placed with', wrong
    USING ERRCODE = 'check_violation', CONSTRAINT = 'order_line_sum', SCHEMA = 'cart', TABLE = 'order_line';
END $$;
CREATE TRIGGER order_line_sum AFTER INSERT ON cart.order_line REFERENCING NEW TABLE AS new_lines
  FOR EACH STATEMENT EXECUTE FUNCTION cart.check_order_lines();

-- Who may open an order besides its owner: whoever holds the link of this digest.
CREATE TABLE cart.order_grant (
  order_id   uuid NOT NULL CONSTRAINT order_grant_order_fk REFERENCES cart.orders,
  digest     cart.digest NOT NULL,
  expires_at timestamptz NOT NULL,
  CONSTRAINT order_grant_pk PRIMARY KEY (order_id, digest)
);
CREATE INDEX order_grant_expired ON cart.order_grant (expires_at);
