-- How a page is paid. The page itself is the blog's; this is the cart's, because only the cart may ever read a seller's key.
CREATE TABLE cart.page_config (
  id            text CONSTRAINT page_config_pk PRIMARY KEY,
  name          text NOT NULL,
  currency      cart.currency NOT NULL,
  credential_id uuid,                                       -- the key version that new attempts are opened with
  paused        boolean NOT NULL DEFAULT false,
  accepts_late  boolean NOT NULL,
  refunds_alone boolean NOT NULL,
  contact       text,
  url           text,
  changed_at    timestamptz NOT NULL DEFAULT now()
);
-- Carts and orders name their page without a foreign key: it would lock one popular page's row at every insert.

-- A seller's key, sealed with AES-256-GCM under the key that kid names. A version is never changed: attempts name it.
CREATE TABLE cart.seller_credential (
  id            uuid CONSTRAINT seller_credential_pk PRIMARY KEY,
  page_id       text NOT NULL CONSTRAINT seller_credential_page_fk REFERENCES cart.page_config,
  merchant_code text NOT NULL,
  kid           text NOT NULL,
  nonce         bytea NOT NULL CONSTRAINT seller_credential_nonce CHECK (octet_length(nonce) = 12),
  sealed        bytea NOT NULL CONSTRAINT seller_credential_sealed CHECK (octet_length(sealed) BETWEEN 17 AND 4096),
  created_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  chosen_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT seller_credential_of_page UNIQUE (id, page_id)
);
CREATE INDEX seller_credential_newest ON cart.seller_credential (page_id, merchant_code, chosen_at DESC);
-- Sealing anew under another kid, and being chosen again, are the only changes.
CREATE TRIGGER seller_credential_frozen BEFORE UPDATE ON cart.seller_credential FOR EACH ROW
  WHEN ((OLD.id, OLD.page_id, OLD.merchant_code, OLD.created_at)
          IS DISTINCT FROM (NEW.id, NEW.page_id, NEW.merchant_code, NEW.created_at)
        OR (OLD.kid = NEW.kid AND (OLD.nonce, OLD.sealed) IS DISTINCT FROM (NEW.nonce, NEW.sealed)))
  EXECUTE FUNCTION cart.refuse('seller_credential_frozen');
ALTER TABLE cart.page_config ADD CONSTRAINT page_config_own_credential
  FOREIGN KEY (credential_id, id) REFERENCES cart.seller_credential (id, page_id);

-- What siblings may know of it. The blog's page editor links to the cart's settings; it never holds a key.
CREATE VIEW cart_api.page_payment AS
  SELECT id AS page_id, credential_id IS NOT NULL AND NOT paused AS takes_payment, currency::text AS currency
  FROM cart.page_config;
