-- Brings a file of version 2 to 3: accounts, and whose a booking is.

-- Who can sign in. A password or PIN is there as its salted scrypt hash alone (src/crypto/password.h).
CREATE TABLE accounts (
  id            TEXT PRIMARY KEY CHECK (length(id) = 14 AND id GLOB 'ACC-*'),
  email         TEXT NOT NULL UNIQUE CHECK (length(email) BETWEEN 3 AND 254),
  name          TEXT NOT NULL CHECK (length(name) BETWEEN 2 AND 120),
  role          TEXT NOT NULL CHECK (role IN ('customer', 'staff', 'admin')),
  password_hash TEXT NOT NULL CHECK (password_hash = '' OR password_hash GLOB '$scrypt$*'),
  pin_hash      TEXT NOT NULL CHECK (pin_hash = '' OR pin_hash GLOB '$scrypt$*'),
  enabled       INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  created_at    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Each token holds for as long as its session is here. Those that a shared screen unlocked go with it.
CREATE TABLE sessions (
  id                TEXT PRIMARY KEY,
  account_id        TEXT NOT NULL REFERENCES accounts (id),
  is_device         INTEGER NOT NULL CHECK (is_device IN (0, 1)),
  device_name       TEXT NOT NULL CHECK (length(device_name) <= 80),
  device_session_id TEXT REFERENCES sessions (id) ON DELETE CASCADE,
  created_at        TEXT NOT NULL,
  expires_at        TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_by_account ON sessions (account_id);
CREATE INDEX sessions_by_device ON sessions (device_session_id) WHERE device_session_id IS NOT NULL;
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- Lets its bearer set a password once; without an account, make the first administrator.
CREATE TABLE one_time_links (
  token_hash TEXT PRIMARY KEY CHECK (length(token_hash) = 64),
  account_id TEXT UNIQUE REFERENCES accounts (id),
  expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Wrong PINs of the last hour. Those on a screen that is gone count too, so that nobody gets more tries
-- by opening another.
CREATE TABLE pin_failures (
  account_id        TEXT NOT NULL REFERENCES accounts (id),
  device_session_id TEXT NOT NULL,
  failed_at         TEXT NOT NULL
) STRICT;

CREATE INDEX pin_failures_by_account ON pin_failures (account_id, failed_at);

-- Browsers that an account has signed in with: their tries are told apart from their neighbours'.
CREATE TABLE device_marks (
  mark_hash  TEXT PRIMARY KEY CHECK (length(mark_hash) = 64),
  account_id TEXT NOT NULL REFERENCES accounts (id),
  used_at    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX device_marks_by_account ON device_marks (account_id, used_at);

-- Sign tokens, unless HSS_JWT_SECRET does. All but the newest only verify, until they retire.
CREATE TABLE token_keys (
  id         INTEGER PRIMARY KEY,
  bytes      BLOB NOT NULL CHECK (length(bytes) >= 32),
  created_at TEXT NOT NULL,
  retires_at TEXT
) STRICT;

ALTER TABLE bookings ADD COLUMN owner TEXT REFERENCES accounts (id);
CREATE INDEX bookings_by_owner ON bookings (owner) WHERE owner IS NOT NULL;

DROP TRIGGER bookings_keep_what_was_agreed;
CREATE TRIGGER bookings_keep_what_was_agreed
BEFORE UPDATE OF seq, id, item_count, duration_months, monthly_subtotal, handling_fee, total, created_at,
  owner
ON bookings
BEGIN SELECT RAISE (ABORT, 'a booking keeps its reference, items and price'); END;
