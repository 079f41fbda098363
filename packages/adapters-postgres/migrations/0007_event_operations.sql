-- What whoever operates the outbox and the inbox asks for: what was given up and why, and what happened when.
ALTER TABLE cart.inbox ADD COLUMN last_error text;

CREATE INDEX delivery_dead ON cart.delivery (dead_at) WHERE dead_at IS NOT NULL;
CREATE INDEX inbox_dead ON cart.inbox (dead_at) WHERE dead_at IS NOT NULL;
-- Events are written as time goes by, so a block of them is a stretch of time: this index is a few kilobytes for ever.
CREATE INDEX event_at ON cart.event USING brin (at);

-- What was given up is not due: the index of due messages need not pass it at every claim.
DROP INDEX cart.inbox_due_next;
CREATE INDEX inbox_due_next ON cart.inbox (due_at) WHERE due_at IS NOT NULL AND dead_at IS NULL;
