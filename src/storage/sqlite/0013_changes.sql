-- Brings a file of version 12 to 13.

ALTER TABLE bookings ADD COLUMN version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0);
ALTER TABLE bookings ADD COLUMN phone TEXT NOT NULL DEFAULT '' CHECK (length(phone) <= 40);
ALTER TABLE bookings ADD COLUMN whatsapp TEXT NOT NULL DEFAULT '' CHECK (length(whatsapp) <= 40);
ALTER TABLE bookings ADD COLUMN access_notes TEXT NOT NULL DEFAULT '' CHECK (length(access_notes) <= 500);
ALTER TABLE bookings ADD COLUMN collected_on TEXT NOT NULL DEFAULT '' CHECK (collected_on = '' OR length(collected_on) = 10);
ALTER TABLE bookings ADD COLUMN return_date TEXT NOT NULL DEFAULT '' CHECK (return_date = '' OR length(return_date) = 10);
ALTER TABLE bookings ADD COLUMN return_window TEXT NOT NULL DEFAULT '' CHECK (length(return_window) <= 40);
ALTER TABLE bookings ADD COLUMN return_address TEXT NOT NULL DEFAULT '' CHECK (length(return_address) <= 500);
ALTER TABLE bookings ADD COLUMN return_method TEXT NOT NULL DEFAULT '' CHECK (return_method = '' OR return_method = 'deliver' OR return_method = 'collect_at_store');
ALTER TABLE bookings ADD COLUMN failed_trips INTEGER NOT NULL DEFAULT 0 CHECK (failed_trips >= 0);
ALTER TABLE bookings ADD COLUMN needs_new_date INTEGER NOT NULL DEFAULT 0 CHECK (needs_new_date = 0 OR needs_new_date = 1);

-- Those that were collected before say so in the audit trail alone.
UPDATE bookings SET collected_on = coalesce((
  SELECT date(created_at, '+2 hours') FROM audit_events
  WHERE booking_seq = bookings.seq AND +event_type = 'status_updated' AND payload ->> 'to' = 'collected'
    AND payload ->> 'correction' IS NULL
  ORDER BY id DESC LIMIT 1), '')
WHERE status IN ('collected', 'in_storage', 'returned');

-- What a change of a booking made of it, by the version that it made. Its audit event names the fields; what customers wrote
-- of themselves, before and after, is here alone: the event has the SHA-256 of salt and text.
CREATE TABLE booking_changes (
  booking_seq INTEGER NOT NULL REFERENCES bookings (seq),
  version     INTEGER NOT NULL CHECK (version > 1),
  salt        TEXT NOT NULL CHECK (length(salt) = 32),
  personal    TEXT NOT NULL CHECK (personal = '' OR json_valid(personal)),
  PRIMARY KEY (booking_seq, version)
) STRICT, WITHOUT ROWID;

-- Stops at which nothing could be collected or brought back. `client_id` names one, so that it is told twice and counted once.
CREATE TABLE failed_trips (
  booking_seq INTEGER NOT NULL REFERENCES bookings (seq),
  client_id   TEXT NOT NULL CHECK (length(client_id) BETWEEN 1 AND 80),
  kind        TEXT NOT NULL CHECK (kind IN ('pickup', 'return')),
  date        TEXT NOT NULL CHECK (length(date) = 10),
  reason      TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
  failed_at   TEXT NOT NULL,
  undone_at   TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (booking_seq, client_id)
) STRICT, WITHOUT ROWID;

DROP TRIGGER bookings_keep_what_was_agreed;
CREATE TRIGGER bookings_keep_what_was_agreed
BEFORE UPDATE OF seq, id, item_count, monthly_subtotal, handling_fee, created_at, owner, items
ON bookings
BEGIN SELECT RAISE (ABORT, 'a booking keeps its reference, items and price'); END;

-- The version that a change makes has its row of what changed, and no other change has the same one.
CREATE TRIGGER bookings_change_on_record
BEFORE UPDATE OF customer_name, email, pickup_date, pickup_window, address, phone, whatsapp, access_notes, duration_months, total,
  return_date, return_window, return_address, return_method
ON bookings
WHEN NEW.version <> OLD.version + 1
  OR NOT EXISTS (SELECT 1 FROM booking_changes WHERE booking_seq = OLD.seq AND version = NEW.version)
BEGIN SELECT RAISE (ABORT, 'a booking changes with a row of what changed'); END;

CREATE TRIGGER bookings_versions_go_up BEFORE UPDATE OF version ON bookings
WHEN NEW.version <> OLD.version + 1
BEGIN SELECT RAISE (ABORT, 'the version of a booking counts up'); END;

CREATE TRIGGER booking_changes_append BEFORE INSERT ON booking_changes
WHEN NEW.version IS NOT (SELECT version + 1 FROM bookings WHERE seq = NEW.booking_seq)
BEGIN SELECT RAISE (ABORT, 'a change makes the next version'); END;

CREATE TRIGGER booking_changes_keep BEFORE UPDATE ON booking_changes
BEGIN SELECT RAISE (ABORT, 'what changed is not rewritten'); END;

CREATE TRIGGER booking_changes_stay BEFORE DELETE ON booking_changes
BEGIN SELECT RAISE (ABORT, 'what changed is not deleted'); END;

CREATE TRIGGER failed_trips_stay BEFORE DELETE ON failed_trips
BEGIN SELECT RAISE (ABORT, 'failed trips are not deleted'); END;

DROP TRIGGER payments_pay;
CREATE TRIGGER payments_pay AFTER INSERT ON payments
BEGIN
  UPDATE bookings SET status = 'paid', updated_at = NEW.created_at, version = version + 1
  WHERE seq = NEW.booking_seq;
  UPDATE payment_totals SET count = count + 1, value = value + NEW.amount;
END;
