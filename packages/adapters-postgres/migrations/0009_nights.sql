-- Nights, in days since 1970, whose comparison with the provider's books was begun: of several processes one does it.
CREATE TABLE cart.night (
  id       integer CONSTRAINT night_once PRIMARY KEY,
  begun_at timestamptz NOT NULL DEFAULT now()
);
