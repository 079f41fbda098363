-- What happened, told to others (outbox), and what others tell the cart (inbox).
-- event is the history and stays; delivery is the queue and empties: a row there means "not told yet".
CREATE TABLE cart.consumer (
  name    text CONSTRAINT consumer_pk PRIMARY KEY CONSTRAINT consumer_name CHECK (name ~ '^[a-z][a-z0-9_-]{0,39}$'),
  db_role text,                                             -- who may claim from within the database; null: this service alone
  active  boolean NOT NULL DEFAULT true
);
CREATE TABLE cart.event (
  id        text CONSTRAINT event_pk PRIMARY KEY,           -- consumers drop what they have seen by this id
  stream    uuid NOT NULL,                                  -- the order, or the visitor, that it is about
  seq       integer NOT NULL CONSTRAINT event_seq CHECK (seq >= 1),
  after_seq integer GENERATED ALWAYS AS (nullif(seq - 1, 0)) STORED,
  order_id  uuid CONSTRAINT event_order_fk REFERENCES cart.orders,
  page_id   text,
  type      text NOT NULL CONSTRAINT event_type CHECK (type IN ('order.created', 'order.paid', 'order.expired', 'order.cancelled',
              'order.refunded', 'order.erased', 'payment.unmatched', 'cart.adopted')),
  at        timestamptz NOT NULL,
  data      jsonb NOT NULL,
  CONSTRAINT event_seq_once UNIQUE (stream, seq),
  CONSTRAINT event_seq_gapless FOREIGN KEY (stream, after_seq) REFERENCES cart.event (stream, seq),
  CONSTRAINT event_stream CHECK ((order_id IS NULL) = (type = 'cart.adopted') AND coalesce(order_id, stream) = stream),
  CONSTRAINT event_created_first CHECK (order_id IS NULL OR (seq = 1) = (type = 'order.created'))
);
CREATE INDEX event_at ON cart.event USING brin (at);       -- events come as time goes by: a few kilobytes for ever
CREATE UNIQUE INDEX event_once_per_order ON cart.event (order_id, type)
  WHERE type IN ('order.created', 'order.paid', 'order.expired', 'order.cancelled');
-- An order that says it has told n events has told n: nothing happens to it in silence.
ALTER TABLE cart.orders ADD CONSTRAINT orders_told_fk FOREIGN KEY (id, told) REFERENCES cart.event (stream, seq);
CREATE TABLE cart.delivery (
  consumer   text NOT NULL CONSTRAINT delivery_consumer_fk REFERENCES cart.consumer,
  stream     uuid NOT NULL,
  seq        integer NOT NULL,
  due_at     timestamptz NOT NULL DEFAULT now(),            -- while it is handed out: when that lease ends
  lease      uuid, tries integer NOT NULL DEFAULT 0,
  last_error text CONSTRAINT delivery_last_error CHECK (length(last_error) <= 500),
  dead_at    timestamptz,                                   -- given up; redriving clears it
  CONSTRAINT delivery_pk PRIMARY KEY (consumer, stream, seq),
  CONSTRAINT delivery_event_fk FOREIGN KEY (stream, seq) REFERENCES cart.event (stream, seq)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
CREATE INDEX delivery_due_next ON cart.delivery (consumer, due_at) WHERE dead_at IS NULL;
CREATE INDEX delivery_dead ON cart.delivery (dead_at) WHERE dead_at IS NOT NULL;
-- Fanning out belongs to the insert, so it cannot be forgotten.
CREATE FUNCTION cart.fan_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO cart.delivery (consumer, stream, seq) SELECT c.name, NEW.stream, NEW.seq FROM cart.consumer c WHERE c.active;
  RETURN NULL;
END $$;
CREATE TRIGGER event_fan_out AFTER INSERT ON cart.event FOR EACH ROW EXECUTE FUNCTION cart.fan_out();
-- Hands out the oldest untold event of each stream, given up or not: what comes after it waits, and nobody else does.
-- The events come with it: joined outside, they would be looked for in a moment before this function's own, and missed.
CREATE FUNCTION cart.claim_deliveries(p_consumer text, p_limit integer, p_lease interval)
RETURNS TABLE (id text, type text, stream uuid, seq integer, at timestamptz, page_id text, data jsonb, lease uuid, tries integer)
LANGUAGE sql ROWS 20 AS $$
  WITH picked AS MATERIALIZED (
    SELECT d.stream, d.seq FROM cart.delivery d
     WHERE d.consumer = p_consumer AND d.dead_at IS NULL AND d.due_at <= statement_timestamp()
       AND NOT EXISTS (SELECT FROM cart.delivery b WHERE b.consumer = d.consumer AND b.stream = d.stream AND b.seq < d.seq)
     ORDER BY d.due_at LIMIT least(p_limit, 100) FOR NO KEY UPDATE SKIP LOCKED),
  leased AS (
    UPDATE cart.delivery d SET lease = gen_random_uuid(), due_at = statement_timestamp() + p_lease, tries = d.tries + 1
      FROM picked p WHERE d.consumer = p_consumer AND d.stream = p.stream AND d.seq = p.seq
    RETURNING d.stream, d.seq, d.lease, d.tries)
  SELECT e.id, e.type, e.stream, e.seq, e.at, e.page_id, e.data, l.lease, l.tries
    FROM leased l JOIN cart.event e ON e.stream = l.stream AND e.seq = l.seq ORDER BY e.at, e.stream
$$;
CREATE TABLE cart.inbox (
  source      text NOT NULL CONSTRAINT inbox_source CHECK (source IN ('blog', 'market', 'events')),
  id          text NOT NULL CONSTRAINT inbox_id CHECK (length(id) BETWEEN 1 AND 100),
  type        text NOT NULL CONSTRAINT inbox_type CHECK (type ~ '^[a-z_]{1,40}\.[a-z_]{1,40}$'),
  data        jsonb NOT NULL CONSTRAINT inbox_data CHECK (octet_length(data::text) <= 16384),
  received_at timestamptz NOT NULL DEFAULT now(),
  due_at      timestamptz DEFAULT now(),                    -- null once handled; the row stays, so that a repeat is recognised
  lease       uuid, tries integer NOT NULL DEFAULT 0,
  outcome     text, last_error text, dead_at timestamptz,
  CONSTRAINT inbox_once PRIMARY KEY (source, id),
  CONSTRAINT inbox_handled CHECK ((due_at IS NULL) = (outcome IS NOT NULL))
);
CREATE INDEX inbox_due_next ON cart.inbox (due_at) WHERE due_at IS NOT NULL AND dead_at IS NULL;
CREATE INDEX inbox_dead ON cart.inbox (dead_at) WHERE dead_at IS NOT NULL;
CREATE INDEX inbox_handled_at ON cart.inbox (received_at) WHERE due_at IS NULL;
-- For neighbours in the same database: functions, never tables. Each speaks for itself alone: <service>_app, or the owner here.
CREATE FUNCTION cart_api.tell(p_source text, p_id text, p_type text, p_data jsonb) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF session_user NOT IN (current_user, p_source || '_app') THEN
    RAISE EXCEPTION '% cannot speak for %', session_user, p_source USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO cart.inbox (source, id, type, data) VALUES (p_source, p_id, p_type, p_data) ON CONFLICT DO NOTHING;
  RETURN FOUND;                                             -- false: told before
END $$;
CREATE FUNCTION cart.check_consumer(p_consumer text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF session_user <> current_user
     AND NOT EXISTS (SELECT FROM cart.consumer c WHERE c.name = p_consumer AND c.active AND c.db_role = session_user) THEN
    RAISE EXCEPTION '% is not consumer %', session_user, p_consumer USING ERRCODE = 'insufficient_privilege';
  END IF;
END $$;
CREATE FUNCTION cart_api.claim_events(p_consumer text, p_limit integer, p_lease interval DEFAULT '30 seconds')
RETURNS TABLE (id text, type text, subject uuid, sequence integer, at timestamptz, page_id text, data jsonb, lease uuid, tries integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM cart.check_consumer(p_consumer);
  RETURN QUERY SELECT * FROM cart.claim_deliveries(p_consumer, p_limit, p_lease);
END $$;
-- How many of them were still the caller's: fewer than sent means that a lease had passed on.
CREATE FUNCTION cart_api.settle_events(p_consumer text, p_done uuid[], p_failed uuid[] DEFAULT '{}', p_error text DEFAULT NULL)
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  done integer; failed integer;
BEGIN
  PERFORM cart.check_consumer(p_consumer);
  DELETE FROM cart.delivery d WHERE d.consumer = p_consumer AND d.lease = ANY (p_done);
  GET DIAGNOSTICS done = ROW_COUNT;
  -- 1 s doubling to 1 h, half of it jitter; after 20 tries it is dead and somebody is told.
  UPDATE cart.delivery d SET lease = NULL, last_error = left(p_error, 500),
         due_at = now() + least(power(2, least(d.tries, 12)), 3600) * (0.5 + random() / 2) * interval '1 second',
         dead_at = CASE WHEN d.tries >= 20 THEN now() END
   WHERE d.consumer = p_consumer AND d.lease = ANY (p_failed);
  GET DIAGNOSTICS failed = ROW_COUNT;
  RETURN done + failed;
END $$;
-- The functions look at who calls; no table here can be reached by anybody else.
GRANT USAGE ON SCHEMA cart_api TO PUBLIC;
GRANT SELECT ON cart_api.page_payment TO PUBLIC;

-- History: no row of these is ever deleted, and of the latter ones none is changed.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['page_config', 'seller_credential', 'orders', 'payment_attempt', 'money_case', 'refund', 'difference'] LOOP
    EXECUTE format('CREATE TRIGGER %1$s_kept BEFORE DELETE ON cart.%1$I FOR EACH ROW EXECUTE FUNCTION cart.refuse(''%1$s_kept'')', name);
    EXECUTE format('CREATE TRIGGER %1$s_whole BEFORE TRUNCATE ON cart.%1$I EXECUTE FUNCTION cart.refuse(''%1$s_kept'')', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['audit', 'order_line', 'observation', 'payment', 'event'] LOOP
    EXECUTE format('CREATE TRIGGER %1$s_frozen BEFORE UPDATE OR DELETE ON cart.%1$I
      FOR EACH ROW EXECUTE FUNCTION cart.refuse(''%1$s_frozen'')', name);
    EXECUTE format('CREATE TRIGGER %1$s_whole BEFORE TRUNCATE ON cart.%1$I EXECUTE FUNCTION cart.refuse(''%1$s_frozen'')', name);
  END LOOP;
END $$;
