-- What the sibling services owe the cart in the shared database: a contract, and a practice copy that tests and the
-- demonstration apply. The cart reads the *_api views and calls events_api; it touches no table here, and no sibling has
-- a right in schema cart. No foreign key crosses a schema: each service migrates alone. May be applied again.
CREATE SCHEMA IF NOT EXISTS blog;
CREATE SCHEMA IF NOT EXISTS blog_api;
CREATE SCHEMA IF NOT EXISTS auth_api;
CREATE SCHEMA IF NOT EXISTS market;
CREATE SCHEMA IF NOT EXISTS market_api;
CREATE SCHEMA IF NOT EXISTS events;
CREATE SCHEMA IF NOT EXISTS events_api;

-- blog: people, sessions, pages ------------------------------------------------------------------------------------
CREATE TABLE IF NOT EXISTS blog.users (
  id             text PRIMARY KEY,
  email          text,
  email_verified boolean NOT NULL DEFAULT false,
  name           text NOT NULL
);
CREATE TABLE IF NOT EXISTS blog.session (
  sid_hash   bytea PRIMARY KEY CHECK (octet_length(sid_hash) = 32),
  user_id    text REFERENCES blog.users,                    -- null: nobody is logged in with it
  since      timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz
);
CREATE INDEX IF NOT EXISTS session_of_user ON blog.session (user_id);
CREATE TABLE IF NOT EXISTS blog.page (
  id     text PRIMARY KEY,                                  -- the page's name in addresses
  title  text NOT NULL,
  public boolean NOT NULL DEFAULT true
);
-- role 'treasurer' on the cooperative's own page (or on none) sees the money of every page.
CREATE TABLE IF NOT EXISTS blog.page_editor (
  page_id text,
  user_id text NOT NULL REFERENCES blog.users,
  role    text NOT NULL DEFAULT 'editor',
  UNIQUE (user_id, page_id)
);
-- Logging out takes effect with the next request: the row is gone from the view.
CREATE OR REPLACE VIEW auth_api.active_session WITH (security_barrier = true) AS
  SELECT s.sid_hash, s.user_id, s.since, u.email, u.email_verified, u.name
  FROM blog.session s JOIN blog.users u ON u.id = s.user_id WHERE s.revoked_at IS NULL AND s.expires_at > now();
CREATE OR REPLACE VIEW blog_api.page AS SELECT id AS page_id, title, public FROM blog.page;
CREATE OR REPLACE VIEW blog_api.page_editor AS SELECT page_id, user_id, role FROM blog.page_editor;

-- market: what is for sale -----------------------------------------------------------------------------------------
CREATE TABLE IF NOT EXISTS market.product (
  id          text PRIMARY KEY,
  page_id     text,                                         -- null: the cooperative's own
  name        text NOT NULL,
  price_minor bigint NOT NULL CHECK (price_minor >= 0),
  currency    text NOT NULL,
  tax_rate    integer CHECK (tax_rate BETWEEN 0 AND 10000), -- inside the price, in basis points
  available   boolean NOT NULL DEFAULT true,
  most        integer NOT NULL DEFAULT 99 CHECK (most >= 1),
  url         text,
  picture     text
);
CREATE INDEX IF NOT EXISTS product_by_page ON market.product (page_id);
CREATE OR REPLACE VIEW market_api.item AS
  SELECT id AS item_id, page_id, name, price_minor, currency, tax_rate, available, most, url, picture FROM market.product;

-- events: calendars, slots, and calendar entries, each on a seat ------------------------------------------------------
CREATE SEQUENCE IF NOT EXISTS events.ids;
CREATE TABLE IF NOT EXISTS events.calendar (
  id           text PRIMARY KEY DEFAULT 'calendar-' || nextval('events.ids'),
  page_id      text,                                        -- null: the cooperative's own
  name         text NOT NULL,
  url          text,
  auto_confirm boolean NOT NULL DEFAULT false
);
CREATE TABLE IF NOT EXISTS events.slot (
  id          text PRIMARY KEY DEFAULT 'slot-' || nextval('events.ids'),
  calendar_id text NOT NULL REFERENCES events.calendar,
  starts_at   timestamptz NOT NULL,
  ends_at     timestamptz NOT NULL,
  price_minor bigint NOT NULL CHECK (price_minor >= 0),
  currency    text NOT NULL,
  CHECK (ends_at > starts_at)
);
-- A slot has as many seats as it has rows here: there is no counter to get wrong.
CREATE TABLE IF NOT EXISTS events.seat (
  slot_id text NOT NULL REFERENCES events.slot,
  seat    integer NOT NULL CHECK (seat >= 1),
  PRIMARY KEY (slot_id, seat)
);
CREATE TABLE IF NOT EXISTS events.calendar_entry (
  id            text PRIMARY KEY DEFAULT 'entry-' || nextval('events.ids'),
  slot_id       text NOT NULL,
  seat          integer NOT NULL,
  page_id       text,
  state         text NOT NULL CONSTRAINT calendar_entry_state
                CHECK (state IN ('pending', 'ordered', 'provisional', 'confirmed', 'declined', 'released', 'cancelled')),
  owner_user_id text,
  owner_session bytea CHECK (octet_length(owner_session) = 32),
  order_id      uuid,
  price_minor   bigint NOT NULL,
  currency      text NOT NULL,
  held_until    timestamptz,                                -- kept by a hold that lapsed, null once it was given back
  changed_at    timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT calendar_entry_seat_fk FOREIGN KEY (slot_id, seat) REFERENCES events.seat,
  CONSTRAINT calendar_entry_owned CHECK (num_nonnulls(owner_user_id, owner_session) >= 1),
  CONSTRAINT calendar_entry_held_until CHECK (state NOT IN ('pending', 'ordered') OR held_until IS NOT NULL),
  CONSTRAINT calendar_entry_order CHECK (state NOT IN ('ordered', 'provisional') OR order_id IS NOT NULL)
) WITH (fillfactor = 80);
-- Capacity: a seat carries at most one living entry, in every interleaving.
CREATE UNIQUE INDEX IF NOT EXISTS calendar_entry_seat_once ON events.calendar_entry (slot_id, seat)
  WHERE state IN ('pending', 'ordered', 'provisional', 'confirmed');
CREATE INDEX IF NOT EXISTS calendar_entry_of_user ON events.calendar_entry (owner_user_id)
  WHERE order_id IS NULL AND state IN ('pending', 'released');
CREATE INDEX IF NOT EXISTS calendar_entry_of_session ON events.calendar_entry (owner_session) WHERE owner_user_id IS NULL;
CREATE INDEX IF NOT EXISTS calendar_entry_of_order ON events.calendar_entry (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS calendar_entry_lapsing ON events.calendar_entry (slot_id, held_until) WHERE state = 'pending';

CREATE OR REPLACE FUNCTION events.guard_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state = 'pending' THEN RETURN NEW; END IF;
  ELSIF OLD.state = NEW.state OR (OLD.state, NEW.state) IN (('pending', 'ordered'), ('pending', 'released'), ('ordered', 'provisional'),
      ('ordered', 'released'), ('released', 'provisional'), ('provisional', 'confirmed'), ('provisional', 'declined'),
      ('provisional', 'cancelled'), ('confirmed', 'cancelled')) THEN RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a calendar entry cannot become %', NEW.state USING ERRCODE = 'check_violation', CONSTRAINT = 'calendar_entry_move';
END $$;
CREATE OR REPLACE TRIGGER calendar_entry_move BEFORE INSERT OR UPDATE OF state ON events.calendar_entry
  FOR EACH ROW EXECUTE FUNCTION events.guard_entry();

-- Joins by LEFT JOIN, so that who asks for no name and no time reads one table.
CREATE OR REPLACE VIEW events_api.entry AS
  SELECT e.id AS entry_id, e.page_id, c.name, s.starts_at, s.ends_at, e.price_minor, e.currency, e.state,
         e.owner_user_id, e.owner_session, e.order_id, e.held_until, c.url
  FROM events.calendar_entry e LEFT JOIN events.slot s ON s.id = e.slot_id LEFT JOIN events.calendar c ON c.id = s.calendar_id;

CREATE OR REPLACE FUNCTION events.lapse(p_slot text) RETURNS void LANGUAGE sql AS $$
  UPDATE events.calendar_entry SET state = 'released', changed_at = now() WHERE id IN (
    SELECT id FROM events.calendar_entry WHERE slot_id = p_slot AND state = 'pending' AND held_until <= statement_timestamp()
     ORDER BY id FOR UPDATE SKIP LOCKED)
$$;
-- The lowest seat that nobody has and nobody is taking right now; null when there is none.
CREATE OR REPLACE FUNCTION events.free_seat(p_slot text) RETURNS integer LANGUAGE sql AS $$
  SELECT t.seat FROM events.seat t WHERE t.slot_id = p_slot AND NOT EXISTS (
    SELECT FROM events.calendar_entry e WHERE e.slot_id = t.slot_id AND e.seat = t.seat
       AND e.state IN ('pending', 'ordered', 'provisional', 'confirmed'))
   ORDER BY t.seat LIMIT 1 FOR UPDATE OF t SKIP LOCKED
$$;
-- Asking for a place is the events service's business; it is here so that races can be tried. Null: none left.
CREATE OR REPLACE FUNCTION events.take(p_slot text, p_user text, p_session bytea, p_for interval) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_seat integer;
  v_id text;
BEGIN
  PERFORM events.lapse(p_slot);
  v_seat := events.free_seat(p_slot);
  IF v_seat IS NULL THEN RETURN NULL; END IF;
  INSERT INTO events.calendar_entry (slot_id, seat, page_id, state, owner_user_id, owner_session, price_minor, currency, held_until)
    SELECT s.id, v_seat, c.page_id, 'pending', p_user, p_session, s.price_minor, s.currency, date_trunc('milliseconds', now()) + p_for
      FROM events.slot s JOIN events.calendar c ON c.id = s.calendar_id WHERE s.id = p_slot
    ON CONFLICT DO NOTHING RETURNING id INTO v_id;
  RETURN v_id;
END $$;

-- What the cart may do. Each is idempotent by order and runs inside the cart's own transaction; rows are locked by id.
-- claim: all of them or an error that names the others, so a half-claimed order cannot commit. Again with a later time: extends.
CREATE OR REPLACE FUNCTION events_api.claim(p_order uuid, p_entries text[], p_user text, p_sessions bytea[], p_until timestamptz)
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_claimed text[];
BEGIN
  PERFORM FROM events.calendar_entry WHERE id = ANY (p_entries) ORDER BY id FOR UPDATE;
  WITH c AS (
    UPDATE events.calendar_entry SET state = 'ordered', order_id = p_order, held_until = greatest(held_until, p_until), changed_at = now()
     WHERE id = ANY (p_entries)
       AND ((state = 'pending' AND held_until > statement_timestamp()
             AND (owner_user_id = p_user OR (owner_user_id IS NULL AND owner_session = ANY (p_sessions))))
            OR (state = 'ordered' AND order_id = p_order)) RETURNING id)
  SELECT coalesce(array_agg(id), '{}') INTO v_claimed FROM c;
  IF cardinality(v_claimed) <> cardinality(p_entries) THEN
    RAISE EXCEPTION 'not every entry could be claimed' USING ERRCODE = 'RA001', CONSTRAINT = 'entry_claim',
      DETAIL = (SELECT string_agg(x, ',') FROM unnest(p_entries) x WHERE x <> ALL (v_claimed));
  END IF;
  RETURN cardinality(v_claimed);
END $$;
CREATE OR REPLACE FUNCTION events.move_order(p_order uuid, p_from text[], p_to text) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  n integer;
BEGIN
  PERFORM FROM events.calendar_entry WHERE order_id = p_order ORDER BY id FOR UPDATE;
  UPDATE events.calendar_entry SET state = p_to, held_until = NULL, changed_at = now() WHERE order_id = p_order AND state = ANY (p_from);
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN n;
END $$;
CREATE OR REPLACE FUNCTION events_api.paid(p_order uuid) RETURNS integer LANGUAGE sql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp AS $$ SELECT events.move_order(p_order, '{ordered}', 'provisional') $$;
CREATE OR REPLACE FUNCTION events_api.release(p_order uuid) RETURNS integer LANGUAGE sql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp AS $$ SELECT events.move_order(p_order, '{ordered}', 'released') $$;
CREATE OR REPLACE FUNCTION events_api.cancel(p_order uuid) RETURNS integer LANGUAGE sql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp AS $$ SELECT events.move_order(p_order, '{provisional,confirmed}', 'cancelled') $$;
-- Paid late: a seat again for every entry of the order, its own or another one, or nothing at all and false.
CREATE OR REPLACE FUNCTION events_api.reclaim(p_order uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_entry record;
  v_seat integer;
BEGIN
  FOR v_entry IN SELECT id, slot_id, state FROM events.calendar_entry WHERE order_id = p_order ORDER BY id FOR UPDATE LOOP
    CONTINUE WHEN v_entry.state IN ('provisional', 'confirmed');
    PERFORM events.lapse(v_entry.slot_id);
    v_seat := events.free_seat(v_entry.slot_id);
    IF v_entry.state <> 'released' OR v_seat IS NULL THEN RAISE unique_violation; END IF;
    UPDATE events.calendar_entry SET state = 'provisional', seat = v_seat, held_until = NULL, changed_at = now() WHERE id = v_entry.id;
  END LOOP;
  RETURN true;
EXCEPTION WHEN unique_violation THEN
  RETURN false;                                             -- everything above is undone
END $$;
-- What its owner no longer wants; also a hold that has lapsed, which then is no longer shown.
CREATE OR REPLACE FUNCTION events_api.give_back(p_entry text, p_user text, p_sessions bytea[]) RETURNS boolean LANGUAGE sql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH g AS (UPDATE events.calendar_entry SET state = 'released', held_until = NULL, changed_at = now()
     WHERE id = p_entry AND order_id IS NULL AND state IN ('pending', 'released')
       AND (owner_user_id = p_user OR (owner_user_id IS NULL AND owner_session = ANY (p_sessions))) RETURNING id)
  SELECT EXISTS (SELECT FROM g)
$$;
-- Living entries that no person owns yet; each keeps its state and its own hold.
CREATE OR REPLACE FUNCTION events_api.adopt(p_user text, p_sessions bytea[]) RETURNS SETOF text LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM FROM events.calendar_entry WHERE owner_session = ANY (p_sessions) AND owner_user_id IS NULL
     AND state IN ('pending', 'ordered', 'provisional', 'confirmed') ORDER BY id FOR UPDATE;
  RETURN QUERY UPDATE events.calendar_entry SET owner_user_id = p_user, changed_at = now()
     WHERE owner_session = ANY (p_sessions) AND owner_user_id IS NULL
       AND state IN ('pending', 'ordered', 'provisional', 'confirmed') RETURNING id;
END $$;

-- Each service as a log-in of its own that sees its tables and cart_api, where whoever applies this may make one.
DO $$
DECLARE
  service text;
BEGIN
  IF NOT (SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user) THEN RETURN; END IF;
  FOREACH service IN ARRAY ARRAY['blog', 'market', 'events'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = service || '_app') THEN
      EXECUTE format('CREATE ROLE %I LOGIN', service || '_app');
    END IF;
    EXECUTE format('GRANT USAGE ON SCHEMA %1$I, %2$I TO %3$I', service, service || '_api', service || '_app');
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO %I', service, service || '_app');
    EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA %I TO %I', service, service || '_app');
    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO %I', service || '_api', service || '_app');
  END LOOP;
END $$;
