-- Value types, the two conversions of time, the one refusal of every guard, and the audit trail.
-- Words are text with CHECK, not enum types: a new word is one constraint swap.
CREATE SCHEMA cart_api;

-- Minor units of one currency: far under 2^53, so that no reader rounds.
CREATE DOMAIN cart.minor AS bigint CONSTRAINT minor_range CHECK (VALUE BETWEEN 0 AND 9999999999);
CREATE DOMAIN cart.currency AS text CONSTRAINT currency_shape CHECK (VALUE ~ '^[A-Z]{3}$');
-- Tokens are never stored, only their SHA-256.
CREATE DOMAIN cart.digest AS bytea CONSTRAINT digest_length CHECK (octet_length(VALUE) = 32);
-- The service counts milliseconds since 1970; people who read tables do not.
CREATE FUNCTION cart.at(ms bigint) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT to_timestamp(ms / 1000.0)';
CREATE FUNCTION cart.ms(at timestamptz) RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
  AS 'SELECT floor(extract(epoch FROM at) * 1000)::bigint';

-- The name of the broken rule travels as CONSTRAINT, as it does for a declared one.
CREATE FUNCTION cart.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on %.% breaks %', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_ARGV[0]
    USING ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[0], SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME;
END $$;

-- Who did what, and why. Ids only: no names of buyers, no addresses.
CREATE TABLE cart.audit (
  id      bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT audit_pk PRIMARY KEY,
  at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  action  text NOT NULL CONSTRAINT audit_action CHECK (action ~ '^[a-z_]{1,40}\.[a-z_]{1,40}$'),
  actor   text NOT NULL,
  reason  text NOT NULL,
  subject text NOT NULL,
  data    jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_by_subject ON cart.audit (subject, id);
