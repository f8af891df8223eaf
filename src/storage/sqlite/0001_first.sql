-- Version 1 of the database, where the steps begin: what an older file is compared with.
-- Portable types: amounts are integer cents, times are RFC 3339 text passed in.
-- The triggers are a second wall behind the program: they hold against the sqlite3 shell too.

-- What storing costs today. Bookings keep the price at which they were made.
CREATE TABLE catalog_items (
  item_type     TEXT PRIMARY KEY CHECK (item_type IN ('bed', 'box', 'fridge', 'other', 'suitcase')),
  label         TEXT NOT NULL,
  monthly_price INTEGER NOT NULL CHECK (monthly_price >= 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE catalog_fees (
  name   TEXT PRIMARY KEY CHECK (name = 'handling'),
  amount INTEGER NOT NULL CHECK (amount >= 0)
) STRICT, WITHOUT ROWID;

INSERT INTO catalog_items (item_type, label, monthly_price) VALUES
  ('bed', 'Bed', 25000),
  ('box', 'Box', 6000),
  ('fridge', 'Fridge', 30000),
  ('other', 'Other item', 12000),
  ('suitcase', 'Suitcase', 8000);
INSERT INTO catalog_fees (name, amount) VALUES ('handling', 35000);

-- `seq` is the order of creation: lists page by it, and it never leaves the database.
CREATE TABLE bookings (
  seq              INTEGER PRIMARY KEY CHECK (seq > 0),
  id               TEXT NOT NULL UNIQUE CHECK (length(id) = 14 AND id GLOB 'HSS-*'),
  customer_name    TEXT NOT NULL CHECK (length(customer_name) BETWEEN 2 AND 120),
  email            TEXT NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
  pickup_date      TEXT NOT NULL CHECK (pickup_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  pickup_window    TEXT NOT NULL CHECK (length(pickup_window) BETWEEN 1 AND 40),
  address          TEXT NOT NULL CHECK (length(address) BETWEEN 1 AND 500),
  item_count       INTEGER NOT NULL CHECK (item_count BETWEEN 1 AND 200),
  duration_months  INTEGER NOT NULL CHECK (duration_months BETWEEN 1 AND 12),
  monthly_subtotal INTEGER NOT NULL CHECK (monthly_subtotal >= 0),
  handling_fee     INTEGER NOT NULL CHECK (handling_fee >= 0),
  total            INTEGER NOT NULL CHECK (total = monthly_subtotal * duration_months + handling_fee),
  status           TEXT NOT NULL CHECK (status IN ('submitted', 'approved', 'paid', 'collected',
                                                   'in_storage', 'returned', 'declined', 'cancelled')),
  created_at       TEXT NOT NULL,
  updated_at       TEXT NOT NULL
) STRICT;

CREATE INDEX bookings_by_status ON bookings (status);
CREATE INDEX bookings_in_queue ON bookings (seq)
  WHERE status IN ('submitted', 'approved', 'paid', 'collected', 'in_storage');

-- That the booking exists, the trigger booking_items_end sees to.
CREATE TABLE booking_items (
  booking_seq INTEGER NOT NULL,
  position    INTEGER NOT NULL CHECK (position BETWEEN 1 AND 200),
  item_type   TEXT NOT NULL CHECK (item_type IN ('bed', 'box', 'fridge', 'other', 'suitcase')),
  item_name   TEXT CHECK (length(item_name) BETWEEN 1 AND 80),
  s3_key      TEXT CHECK (length(s3_key) BETWEEN 1 AND 512),
  PRIMARY KEY (booking_seq, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE payments (
  booking_seq INTEGER PRIMARY KEY REFERENCES bookings (seq),
  reference   TEXT NOT NULL UNIQUE CHECK (length(reference) = 14 AND reference GLOB 'PAY-*'),
  method      TEXT NOT NULL CHECK (method IN ('card', 'eft', 'cash')
                                   OR method GLOB 'saved card ending in [0-9][0-9][0-9][0-9]'),
  amount      INTEGER NOT NULL,
  created_at  TEXT NOT NULL
) STRICT;

CREATE TABLE notifications (
  id         INTEGER PRIMARY KEY,
  booking_id TEXT REFERENCES bookings (id),
  message    TEXT NOT NULL CHECK (length(message) BETWEEN 1 AND 1000),
  created_at TEXT NOT NULL
) STRICT;

-- Words of a booking's reference, name and e-mail, filled once a commit (src/storage/sql/search.h).
CREATE VIRTUAL TABLE booking_search USING fts5 (
  words, content = '', columnsize = 0, tokenize = "unicode61 remove_diacritics 2"
);
-- The last booking whose words are in.
CREATE TABLE booking_search_mark (seq INTEGER NOT NULL) STRICT;
INSERT INTO booking_search_mark (seq) VALUES (0);

-- Each row carries the hash of the one before it (src/storage/audit_hash.h says of what).
CREATE TABLE audit_events (
  id            INTEGER PRIMARY KEY,
  event_type    TEXT NOT NULL,
  booking_id    TEXT,
  booking_seq   INTEGER REFERENCES bookings (seq),
  payload       TEXT NOT NULL CHECK (json_valid(payload)),
  actor         TEXT NOT NULL,
  actor_role    TEXT NOT NULL,
  request_id    TEXT NOT NULL,
  created_at    TEXT NOT NULL,
  previous_hash BLOB NOT NULL CHECK (length(previous_hash) = 32),
  hash          BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

-- By `seq` and not by the random id, so that what is new lies together and a commit writes few pages.
CREATE INDEX audit_events_by_booking ON audit_events (booking_seq);
CREATE INDEX audit_events_by_type ON audit_events (event_type);

-- First answers to requests with an Idempotency-Key, kept for 24 hours.
CREATE TABLE remembered_answers (
  scope       TEXT NOT NULL,
  key         TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  status      INTEGER NOT NULL,
  body        TEXT NOT NULL,
  location    TEXT NOT NULL,
  created_at  TEXT NOT NULL,
  PRIMARY KEY (scope, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX remembered_answers_by_age ON remembered_answers (created_at);

-- Kept by the triggers below, so that counts and sums cost the same at any size.
CREATE TABLE status_totals (
  status TEXT PRIMARY KEY,
  count  INTEGER NOT NULL DEFAULT 0 CHECK (count >= 0),
  value  INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
INSERT INTO status_totals (status) VALUES
  ('submitted'), ('approved'), ('paid'), ('collected'),
  ('in_storage'), ('returned'), ('declined'), ('cancelled');

CREATE TABLE payment_totals (
  count INTEGER NOT NULL,
  value INTEGER NOT NULL
) STRICT;
INSERT INTO payment_totals (count, value) VALUES (0, 0);

-- Bookings: the lifecycle.

CREATE TRIGGER bookings_begin BEFORE INSERT ON bookings
WHEN NEW.status <> 'submitted'
BEGIN SELECT RAISE (ABORT, 'a booking begins as submitted'); END;

-- INSERT OR REPLACE would delete the row without a word where recursive triggers are off.
CREATE TRIGGER bookings_are_not_replaced BEFORE INSERT ON bookings
WHEN EXISTS (SELECT 1 FROM bookings WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM bookings WHERE seq = NEW.seq)
BEGIN SELECT RAISE (ABORT, 'this booking exists'); END;

CREATE TRIGGER bookings_step BEFORE UPDATE OF status ON bookings
WHEN NEW.status <> OLD.status AND OLD.status || ' -> ' || NEW.status NOT IN (
  'submitted -> approved', 'submitted -> declined', 'submitted -> cancelled',
  'approved -> submitted', 'approved -> paid', 'approved -> declined', 'approved -> cancelled',
  'paid -> collected', 'collected -> in_storage', 'in_storage -> returned')
BEGIN SELECT RAISE (ABORT, 'invalid status transition'); END;

CREATE TRIGGER bookings_paid_by_payment BEFORE UPDATE OF status ON bookings
WHEN NEW.status = 'paid' AND OLD.status <> 'paid'
  AND NOT EXISTS (SELECT 1 FROM payments WHERE booking_seq = NEW.seq)
BEGIN SELECT RAISE (ABORT, 'paid is reached by a payment alone'); END;

CREATE TRIGGER bookings_keep_what_was_agreed
BEFORE UPDATE OF seq, id, item_count, duration_months, monthly_subtotal, handling_fee, total, created_at
ON bookings
BEGIN SELECT RAISE (ABORT, 'a booking keeps its reference, items and price'); END;

-- `rowid` is another name of seq, which UPDATE OF seq does not see.
CREATE TRIGGER bookings_keep_their_place BEFORE UPDATE ON bookings
WHEN NEW.seq IS NOT OLD.seq
BEGIN SELECT RAISE (ABORT, 'a booking keeps its reference, items and price'); END;

CREATE TRIGGER bookings_stay BEFORE DELETE ON bookings
BEGIN SELECT RAISE (ABORT, 'bookings are not deleted'); END;

CREATE TRIGGER booking_items_end BEFORE INSERT ON booking_items
WHEN NEW.position > coalesce ((SELECT item_count FROM bookings WHERE seq = NEW.booking_seq), 0)
  OR EXISTS (SELECT 1 FROM booking_items
             WHERE booking_seq = NEW.booking_seq AND position = NEW.position)
BEGIN SELECT RAISE (ABORT, 'a booking keeps its items'); END;

CREATE TRIGGER booking_items_keep BEFORE UPDATE ON booking_items
BEGIN SELECT RAISE (ABORT, 'a booking keeps its items'); END;

CREATE TRIGGER booking_items_stay BEFORE DELETE ON booking_items
BEGIN SELECT RAISE (ABORT, 'a booking keeps its items'); END;

-- Payments: only of an approved booking, its total, once; and with it the booking is paid.

CREATE TRIGGER payments_of_approved BEFORE INSERT ON payments
WHEN NOT EXISTS (SELECT 1 FROM bookings
                 WHERE seq = NEW.booking_seq AND status = 'approved' AND total = NEW.amount)
BEGIN SELECT RAISE (ABORT, 'only an approved booking can be paid, and only its total'); END;

CREATE TRIGGER payments_are_not_replaced BEFORE INSERT ON payments
WHEN EXISTS (SELECT 1 FROM payments WHERE reference = NEW.reference)
  OR EXISTS (SELECT 1 FROM payments WHERE booking_seq = NEW.booking_seq)
BEGIN SELECT RAISE (ABORT, 'this payment exists'); END;

CREATE TRIGGER payments_pay AFTER INSERT ON payments
BEGIN
  UPDATE bookings SET status = 'paid', updated_at = NEW.created_at WHERE seq = NEW.booking_seq;
  UPDATE payment_totals SET count = count + 1, value = value + NEW.amount;
END;

CREATE TRIGGER payments_keep BEFORE UPDATE ON payments
BEGIN SELECT RAISE (ABORT, 'payments are not changed'); END;

CREATE TRIGGER payments_stay BEFORE DELETE ON payments
BEGIN SELECT RAISE (ABORT, 'payments are not deleted'); END;

-- Audit: appended to, in order, each row tied to the one before it.

CREATE TRIGGER audit_events_append BEFORE INSERT ON audit_events
WHEN NEW.id IS NOT (SELECT coalesce (max (id), 0) + 1 FROM audit_events)
  OR NEW.previous_hash IS NOT coalesce (
       (SELECT hash FROM audit_events WHERE id = NEW.id - 1), zeroblob (32))
BEGIN SELECT RAISE (ABORT, 'audit events are appended to the chain'); END;

CREATE TRIGGER audit_events_keep BEFORE UPDATE ON audit_events
BEGIN SELECT RAISE (ABORT, 'audit events are not changed'); END;

CREATE TRIGGER audit_events_stay BEFORE DELETE ON audit_events
BEGIN SELECT RAISE (ABORT, 'audit events are not deleted'); END;

-- Counters.

CREATE TRIGGER bookings_count_new AFTER INSERT ON bookings
BEGIN
  UPDATE status_totals SET count = count + 1, value = value + NEW.total WHERE status = NEW.status;
END;

CREATE TRIGGER bookings_count_step AFTER UPDATE OF status ON bookings
WHEN NEW.status <> OLD.status
BEGIN
  UPDATE status_totals SET count = count - 1, value = value - OLD.total WHERE status = OLD.status;
  UPDATE status_totals SET count = count + 1, value = value + NEW.total WHERE status = NEW.status;
END;
