-- Brings the tables of version 10 to 11: terms that were accepted, walk-ins, and the codes by which customers claim them.

ALTER TABLE bookings
  ADD COLUMN terms_version integer NOT NULL DEFAULT 0 CHECK (terms_version >= 0),
  ADD COLUMN early_start integer NOT NULL DEFAULT 0 CHECK (early_start = 0 OR early_start = 1),
  ADD COLUMN pickup_method text COLLATE "C" NOT NULL DEFAULT 'collect' CHECK (pickup_method = 'collect' OR pickup_method = 'brought');

-- What was brought needs no address, and whom staff can call needs no e-mail.
ALTER TABLE bookings
  DROP CONSTRAINT bookings_email_check,
  DROP CONSTRAINT bookings_address_check;
ALTER TABLE bookings
  ADD CONSTRAINT bookings_email_check CHECK (length(email) BETWEEN 3 AND 254 OR (email = '' AND phone <> '')),
  ADD CONSTRAINT bookings_address_check CHECK (length(address) <= 500 AND (address <> '' OR pickup_method = 'brought'));

-- By which a customer takes a booking that staff made for them into their account. Of a code, the hash alone is here.
CREATE TABLE claim_codes (
  booking_seq bigint PRIMARY KEY REFERENCES bookings (seq),
  code_hash   text COLLATE "C" NOT NULL CHECK (length(code_hash) = 64),
  expires_at  text COLLATE "C" NOT NULL
);

-- Wrong codes of the last hour.
CREATE TABLE claim_failures (
  rowid      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account_id text COLLATE "C" NOT NULL REFERENCES accounts (id),
  failed_at  text COLLATE "C" NOT NULL
);
CREATE INDEX claim_failures_by_account ON claim_failures (account_id, failed_at);
