-- Brings a file of version 4 to 5: a booking's items stand in its row, and choices among constants cost
-- less (schema.sql says why).

-- Whole tables are described anew below, which would mix up columns that somebody added: such a file is
-- refused.
CREATE TEMP TABLE table_columns (
  found    TEXT,
  expected TEXT,
  CONSTRAINT "no column that somebody added" CHECK (found IS expected)
);
INSERT INTO table_columns VALUES
  ((SELECT group_concat (name) FROM pragma_table_info ('bookings')),
   'seq,id,customer_name,email,pickup_date,pickup_window,address,item_count,duration_months,'
   || 'monthly_subtotal,handling_fee,total,status,created_at,updated_at,owner'),
  ((SELECT group_concat (name) FROM pragma_table_info ('payments')),
   'booking_seq,reference,method,amount,created_at'),
  ((SELECT group_concat (name) FROM pragma_table_info ('deliveries')),
   'target,event_id,booking_seq,state,tries,next_try_at,first_failed_at,status_code,error,took_ms,'
   || 'updated_at');
DROP TABLE table_columns;

ALTER TABLE bookings ADD COLUMN items TEXT NOT NULL DEFAULT '[]';
UPDATE bookings SET items = (
  SELECT json_group_array (json (item)) FROM (
    -- Leaves out what is NULL.
    SELECT json_patch (json_object ('type', item_type),
                       json_object ('name', item_name, 's3_key', s3_key)) AS item
    FROM booking_items WHERE booking_seq = bookings.seq ORDER BY position));
DROP TABLE booking_items;

-- Every row has its items by now, so the default goes; a CHECK says nothing about how rows lie on the
-- disk (sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes").
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = 'CREATE TABLE bookings (
  seq              INTEGER PRIMARY KEY CHECK (seq > 0),
  id               TEXT NOT NULL UNIQUE CHECK (length(id) = 14 AND id GLOB ''HSS-*''),
  customer_name    TEXT NOT NULL CHECK (length(customer_name) BETWEEN 2 AND 120),
  email            TEXT NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
  pickup_date      TEXT NOT NULL CHECK (pickup_date GLOB ''[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]''),
  pickup_window    TEXT NOT NULL CHECK (length(pickup_window) BETWEEN 1 AND 40),
  address          TEXT NOT NULL CHECK (length(address) BETWEEN 1 AND 500),
  item_count       INTEGER NOT NULL CHECK (item_count BETWEEN 1 AND 200),
  duration_months  INTEGER NOT NULL CHECK (duration_months BETWEEN 1 AND 12),
  monthly_subtotal INTEGER NOT NULL CHECK (monthly_subtotal >= 0),
  handling_fee     INTEGER NOT NULL CHECK (handling_fee >= 0),
  total            INTEGER NOT NULL CHECK (total = monthly_subtotal * duration_months + handling_fee),
  status           TEXT NOT NULL CHECK (status = ''submitted'' OR status = ''approved'' OR status = ''paid''
                                          OR status = ''collected'' OR status = ''in_storage''
                                          OR status = ''returned'' OR status = ''declined''
                                          OR status = ''cancelled''),
  created_at       TEXT NOT NULL,
  updated_at       TEXT NOT NULL,
  owner            TEXT REFERENCES accounts (id),
  items            TEXT NOT NULL CHECK (json_array_length(items) = item_count)
) STRICT'
WHERE type = 'table' AND name = 'bookings';
UPDATE sqlite_schema SET sql = 'CREATE TABLE payments (
  booking_seq INTEGER PRIMARY KEY REFERENCES bookings (seq),
  reference   TEXT NOT NULL UNIQUE CHECK (length(reference) = 14 AND reference GLOB ''PAY-*''),
  method      TEXT NOT NULL CHECK (method = ''card'' OR method = ''eft'' OR method = ''cash''
                                          OR method GLOB ''saved card ending in [0-9][0-9][0-9][0-9]''),
  amount      INTEGER NOT NULL,
  created_at  TEXT NOT NULL
) STRICT'
WHERE type = 'table' AND name = 'payments';
UPDATE sqlite_schema SET sql = 'CREATE TABLE deliveries (
  target          TEXT NOT NULL REFERENCES outbox_targets (name) ON DELETE CASCADE,
  event_id        INTEGER NOT NULL REFERENCES audit_events (id),
  booking_seq     INTEGER,
  state           TEXT NOT NULL CHECK (state = ''waiting'' OR state = ''dead'' OR state = ''delivered''),
  tries           INTEGER NOT NULL,
  next_try_at     TEXT NOT NULL,
  first_failed_at TEXT NOT NULL,
  status_code     INTEGER NOT NULL,
  error           TEXT NOT NULL,
  took_ms         INTEGER NOT NULL,
  updated_at      TEXT NOT NULL,
  PRIMARY KEY (target, event_id)
) STRICT, WITHOUT ROWID'
WHERE type = 'table' AND name = 'deliveries';
PRAGMA writable_schema = RESET;

DROP TRIGGER bookings_keep_what_was_agreed;
CREATE TRIGGER bookings_keep_what_was_agreed
BEFORE UPDATE OF seq, id, item_count, duration_months, monthly_subtotal, handling_fee, total, created_at,
  owner, items
ON bookings
BEGIN SELECT RAISE (ABORT, 'a booking keeps its reference, items and price'); END;

DROP INDEX bookings_in_queue;
CREATE INDEX bookings_in_queue ON bookings (seq)
  WHERE status = 'submitted' OR status = 'approved' OR status = 'paid' OR status = 'collected'
    OR status = 'in_storage';

DROP TRIGGER bookings_step;
CREATE TRIGGER bookings_step BEFORE UPDATE OF status ON bookings
WHEN NEW.status <> OLD.status AND NOT CASE OLD.status
  WHEN 'submitted' THEN
    NEW.status = 'approved' OR NEW.status = 'declined' OR NEW.status = 'cancelled'
  WHEN 'approved' THEN
    NEW.status = 'submitted' OR NEW.status = 'paid' OR NEW.status = 'declined'
    OR NEW.status = 'cancelled'
  WHEN 'paid' THEN NEW.status = 'collected'
  WHEN 'collected' THEN NEW.status = 'in_storage'
  WHEN 'in_storage' THEN NEW.status = 'returned'
  ELSE FALSE
END
BEGIN SELECT RAISE (ABORT, 'invalid status transition'); END;
