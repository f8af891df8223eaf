-- Brings a file of version 15 to 16: terms that were accepted, walk-ins, and the codes by which customers claim them.

ALTER TABLE bookings ADD COLUMN terms_version INTEGER NOT NULL DEFAULT 0 CHECK (terms_version >= 0);
ALTER TABLE bookings ADD COLUMN early_start INTEGER NOT NULL DEFAULT 0 CHECK (early_start = 0 OR early_start = 1);
ALTER TABLE bookings ADD COLUMN pickup_method TEXT NOT NULL DEFAULT 'collect' CHECK ((pickup_method = 'collect' AND address <> '') OR pickup_method = 'brought');

-- What was brought needs no address, and whom staff can call needs no e-mail. A CHECK says nothing about how rows lie on
-- the disk (sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes").
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace (replace (sql,
  'CHECK (length(email) BETWEEN 3 AND 254)', 'CHECK (length(email) BETWEEN 3 AND 254 OR (email = '''' AND phone <> ''''))'),
  'CHECK (length(address) BETWEEN 1 AND 500)', 'CHECK (length(address) <= 500)')
WHERE type = 'table' AND name = 'bookings';
PRAGMA writable_schema = RESET;

-- By which a customer takes a booking that staff made for them into their account. Of a code, the hash alone is here.
CREATE TABLE claim_codes (
  booking_seq INTEGER PRIMARY KEY REFERENCES bookings (seq),
  code_hash   TEXT NOT NULL CHECK (length(code_hash) = 64),
  expires_at  TEXT NOT NULL
) STRICT;

-- Wrong codes of the last hour.
CREATE TABLE claim_failures (
  account_id TEXT NOT NULL REFERENCES accounts (id),
  failed_at  TEXT NOT NULL
) STRICT;

CREATE INDEX claim_failures_by_account ON claim_failures (account_id, failed_at);

DROP TRIGGER bookings_keep_what_was_agreed;
CREATE TRIGGER bookings_keep_what_was_agreed
BEFORE UPDATE OF seq, id, handling_fee, created_at, terms_version, early_start, pickup_method
ON bookings
BEGIN SELECT RAISE (ABORT, 'a booking keeps its reference and what was agreed'); END;

CREATE TRIGGER bookings_claimed_by_code BEFORE UPDATE OF owner ON bookings
WHEN OLD.owner IS NOT NULL OR NEW.owner IS NULL OR NEW.version <> OLD.version + 1
  OR NOT EXISTS (SELECT 1 FROM claim_codes WHERE booking_seq = OLD.seq)
BEGIN SELECT RAISE (ABORT, 'a booking is given to an account once, by its claim code'); END;
