-- Every promise that the database can see, as one read-only question: who breaks it? No row is the only good answer.
-- Most are also refused on the way in; they are asked again because a restore, a failover, a disabled trigger or a
-- neighbour's mistake does not come in that way. `since` leaves out what was placed before and moves no more.
CREATE INDEX orders_placed ON cart.orders USING brin (placed_at);
CREATE FUNCTION cart.check_invariants(since timestamptz DEFAULT '-infinity')
RETURNS TABLE (invariant text, subject text, detail text) LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN QUERY
  WITH o AS MATERIALIZED (SELECT * FROM cart.orders x WHERE x.placed_at >= since OR x.due_at IS NOT NULL)
  -- S1 one credit; S3 credited means proven
  SELECT 'S1', o.number, 'credits what is no payment of its own and whole' FROM o LEFT JOIN cart.payment p ON p.id = o.paid_by
   WHERE o.paid_by IS NOT NULL AND (p.order_id, p.minor, p.currency) IS DISTINCT FROM (o.id, o.total_minor::bigint, o.currency::text)
  UNION ALL
  SELECT 'S1', o.number, 'credited, and not paid' FROM o WHERE (o.paid_by IS NOT NULL) <> (o.paid_at IS NOT NULL AND o.total_minor > 0)
  UNION ALL
  SELECT 'S1', o.number, 'paid in one word and not in the other' FROM o
   WHERE (o.state = 'paid' AND o.paid_at IS NULL) OR (o.paid_at IS NOT NULL AND o.state NOT IN ('paid', 'cancelled'))
  UNION ALL
  SELECT 'S3', o.number, 'credited without an answer that agrees' FROM o JOIN cart.payment p ON p.id = o.paid_by
    LEFT JOIN cart.payment_attempt a ON a.id = p.attempt_id
   WHERE p.verdict <> 'by_hand' AND NOT EXISTS (SELECT FROM cart.observation s WHERE s.attempt_id = a.id AND s.status = 'PAID'
     AND (s.reference, s.merchant_code, s.provider_id, s.minor, s.currency)
       = ('ra-' || a.id, a.merchant_code, coalesce(a.provider_id, s.provider_id), a.amount_minor::bigint, a.currency::text)
     AND s.captured @> jsonb_build_array(jsonb_build_object('transactionId', substr(p.id, 7), 'minor', p.minor, 'currency', p.currency)))
  UNION ALL
  -- S2 sums
  SELECT 'S2', o.number, 'lines do not add up' FROM o CROSS JOIN LATERAL (SELECT count(*) AS n, sum(l.total_minor) AS total,
      bool_and(l.total_minor = l.unit_minor * l.quantity) AS whole FROM cart.order_line l WHERE l.order_id = o.id) l
   WHERE (l.n, l.total, l.whole) IS DISTINCT FROM (o.line_count::bigint, o.total_minor::numeric, true)
  UNION ALL
  SELECT 'S2', o.number, 'an attempt asks for something else' FROM o JOIN cart.payment_attempt a ON a.order_id = o.id
   WHERE (a.amount_minor, a.currency, a.page_id) IS DISTINCT FROM (o.total_minor, o.currency, o.page_id)
  UNION ALL
  -- S4 what is not credited is one case, and a mismatch says so
  SELECT 'S4', o.number, 'payment ' || p.id || ' has ' || c.n || ' cases' FROM o JOIN cart.payment p ON p.order_id = o.id
    CROSS JOIN LATERAL (SELECT count(*) AS n, coalesce(bool_and(m.reason = 'mismatch'), true) AS mismatch FROM cart.money_case m
      WHERE m.payment_id = p.id AND m.reason <> 'chargeback') c
   WHERE CASE WHEN o.paid_by = p.id THEN c.n > 1 ELSE c.n <> 1 END OR (p.verdict = 'mismatch' AND NOT c.mismatch)
  UNION ALL
  -- S5 a line is in one place
  SELECT 'S5', o.number, 'a line is in a cart too' FROM o JOIN cart.order_line l ON l.order_id = o.id JOIN cart.cart_line c ON c.id = l.cart_line_id
  UNION ALL
  SELECT 'S5', o.number, 'a line is in two orders' FROM o JOIN cart.order_line l ON l.order_id = o.id
    JOIN cart.order_line x ON x.cart_line_id = l.cart_line_id AND x.order_id <> l.order_id
  UNION ALL
  -- S6 one order a revision, one live attempt an order, and none on one that ended
  SELECT 'S6', o.number, 'its cart revision was placed twice' FROM o
    JOIN cart.orders x ON (x.cart_id, x.cart_revision) = (o.cart_id, o.cart_revision) AND x.id <> o.id
  UNION ALL
  SELECT 'S6', o.number, a.n || ' live attempts' FROM o CROSS JOIN LATERAL (SELECT count(*) AS n FROM cart.payment_attempt a
      WHERE a.order_id = o.id AND a.state IN ('created', 'open')) a
   WHERE a.n > CASE WHEN o.state IN ('expired', 'cancelled') THEN 0 ELSE 1 END
  UNION ALL
  -- S7 entries follow their order; S8 none is free before its order ended
  SELECT 'S7', o.number, 'its entry ' || e.entry_id || ' is ' || e.state || ' while it is ' || o.state
    FROM o JOIN events_api.entry e ON e.order_id = o.id
   WHERE (e.state = 'ordered' AND o.state <> 'awaiting_payment') OR (e.state IN ('provisional', 'confirmed') AND o.state <> 'paid')
  UNION ALL
  SELECT 'S8', o.number, 'its entry ' || e.entry_id || ' was released before it ended' FROM o JOIN events_api.entry e ON e.order_id = o.id
   WHERE e.state = 'released' AND o.state = 'awaiting_payment'
  UNION ALL
  -- S9 nothing is paid by money that is not here
  SELECT 'S9', o.number, 'an attempt is paid, and its money is not here' FROM o JOIN cart.payment_attempt a ON a.order_id = o.id
   WHERE a.state = 'paid' AND NOT EXISTS (SELECT FROM cart.payment p WHERE p.attempt_id = a.id)
  UNION ALL
  -- S10 told
  SELECT 'S10', o.number, 'what happened and what was told differ' FROM o CROSS JOIN LATERAL (SELECT count(*) AS n, max(e.seq) AS last,
      count(*) FILTER (WHERE e.type = 'order.created' AND e.seq = 1) AS created, count(*) FILTER (WHERE e.type = 'order.created') AS every,
      count(*) FILTER (WHERE e.type = 'order.paid') AS paid, count(*) FILTER (WHERE e.type = 'order.cancelled') AS cancelled,
      count(*) FILTER (WHERE e.type = 'order.expired') AS expired, count(*) FILTER (WHERE e.type = 'payment.unmatched') AS unmatched
      FROM cart.event e WHERE e.stream = o.id) e
   WHERE (e.n, e.last, e.created, e.every) IS DISTINCT FROM (o.told::bigint, o.told, 1::bigint, 1::bigint)
      OR e.paid <> (o.paid_at IS NOT NULL)::int OR e.cancelled <> (o.state = 'cancelled')::int OR e.expired < (o.state = 'expired')::int
      OR e.unmatched <> (SELECT count(*) FROM cart.money_case m WHERE m.order_id = o.id)
  UNION ALL
  -- S13 what was adopted belongs to whoever adopted it
  SELECT 'S13', v.id::text, 'adopted, and still has a key that opens or an order of nobody' FROM cart.visitor v WHERE v.adopted_at >= since
     AND (EXISTS (SELECT FROM cart.visitor_key k WHERE k.visitor_id = v.id AND k.kind = 'cookie' AND k.retired_at IS NULL)
       OR EXISTS (SELECT FROM cart.orders x WHERE x.visitor_id = v.id AND x.customer_id IS NULL))
  UNION ALL
  -- S18 refunds
  SELECT 'S18', o.number, 'more went back than came, or two refunds move' FROM o JOIN cart.payment p ON p.order_id = o.id
    CROSS JOIN LATERAL (SELECT coalesce(sum(r.minor) FILTER (WHERE r.state = 'done'), 0) AS done,
      count(*) FILTER (WHERE r.state IN ('requested', 'sent')) AS moving FROM cart.refund r WHERE r.payment_id = p.id) r
   WHERE r.done > p.minor OR r.moving > 1
  UNION ALL
  -- S20 a seller's attempt is opened and read with that seller's key
  SELECT 'S20', o.number, 'an attempt has the key of another seller' FROM o JOIN cart.payment_attempt a ON a.order_id = o.id
    LEFT JOIN cart.seller_credential k ON k.id = a.credential_id
   WHERE (k.page_id, k.merchant_code) IS DISTINCT FROM (a.page_id, a.merchant_code)
  UNION ALL
  -- L1 to L3: what waits has somebody who looks at it, and is looked at
  SELECT 'L1', o.number, 'nobody will look at it again' FROM o WHERE o.due_at IS NULL AND (o.state = 'awaiting_payment'
     OR EXISTS (SELECT FROM cart.payment_attempt a WHERE a.order_id = o.id AND a.state IN ('created', 'open'))
     OR EXISTS (SELECT FROM cart.refund r WHERE r.order_id = o.id AND r.state IN ('requested', 'sent')))
  UNION ALL
  SELECT 'L2', o.number, 'was due an hour ago' FROM o WHERE o.due_at < now() - interval '1 hour'
  UNION ALL
  SELECT 'L3', d.stream || '.' || d.seq, 'is not told to ' || d.consumer FROM cart.delivery d
   WHERE d.dead_at IS NULL AND d.due_at < now() - interval '1 hour'
     AND NOT EXISTS (SELECT FROM cart.delivery b WHERE (b.consumer, b.stream) = (d.consumer, d.stream) AND b.seq < d.seq)
  UNION ALL
  SELECT 'L3', i.source || ' ' || i.id, 'is not handled' FROM cart.inbox i WHERE i.dead_at IS NULL AND i.due_at < now() - interval '1 hour';
END $$;
