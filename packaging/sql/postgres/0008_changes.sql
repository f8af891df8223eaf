-- Brings the tables of version 7 to 8.

ALTER TABLE bookings
  ADD COLUMN version bigint NOT NULL DEFAULT 1 CHECK (version > 0),
  ADD COLUMN phone text COLLATE "C" NOT NULL DEFAULT '' CHECK (length(phone) <= 40),
  ADD COLUMN whatsapp text COLLATE "C" NOT NULL DEFAULT '' CHECK (length(whatsapp) <= 40),
  ADD COLUMN access_notes text COLLATE "C" NOT NULL DEFAULT '' CHECK (length(access_notes) <= 500),
  ADD COLUMN collected_on text COLLATE "C" NOT NULL DEFAULT '' CHECK (collected_on = '' OR length(collected_on) = 10),
  ADD COLUMN return_date text COLLATE "C" NOT NULL DEFAULT '' CHECK (return_date = '' OR length(return_date) = 10),
  ADD COLUMN return_window text COLLATE "C" NOT NULL DEFAULT '' CHECK (length(return_window) <= 40),
  ADD COLUMN return_address text COLLATE "C" NOT NULL DEFAULT '' CHECK (length(return_address) <= 500),
  ADD COLUMN return_method text COLLATE "C" NOT NULL DEFAULT '' CHECK (return_method = '' OR return_method = 'deliver' OR return_method = 'collect_at_store'),
  ADD COLUMN failed_trips integer NOT NULL DEFAULT 0 CHECK (failed_trips >= 0),
  ADD COLUMN needs_new_date integer NOT NULL DEFAULT 0 CHECK (needs_new_date = 0 OR needs_new_date = 1);

-- Those that were collected before say so in the audit trail alone.
UPDATE bookings SET collected_on = coalesce((
  SELECT to_char(created_at::timestamptz AT TIME ZONE 'UTC' + interval '2 hours', 'YYYY-MM-DD') FROM audit_events
  WHERE booking_seq = bookings.seq AND event_type = 'status_updated' AND payload::json ->> 'to' = 'collected'
    AND payload::json ->> 'correction' IS NULL
  ORDER BY id DESC LIMIT 1), '')
WHERE status IN ('collected', 'in_storage', 'returned');

-- What a change of a booking made of it, by the version that it made. Its audit event names the fields; what customers wrote
-- of themselves, before and after, is here alone: the event has the SHA-256 of salt and text.
CREATE TABLE booking_changes (
  booking_seq bigint NOT NULL REFERENCES bookings (seq),
  version     bigint NOT NULL CHECK (version > 1),
  salt        text COLLATE "C" NOT NULL CHECK (length(salt) = 32),
  personal    text COLLATE "C" NOT NULL,
  PRIMARY KEY (booking_seq, version)
);

-- Stops at which nothing could be collected or brought back. `client_id` names one, so that it is told twice and counted once.
CREATE TABLE failed_trips (
  booking_seq bigint NOT NULL REFERENCES bookings (seq),
  client_id   text COLLATE "C" NOT NULL CHECK (length(client_id) BETWEEN 1 AND 80),
  kind        text COLLATE "C" NOT NULL CHECK (kind IN ('pickup', 'return')),
  date        text COLLATE "C" NOT NULL CHECK (length(date) = 10),
  reason      text COLLATE "C" NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
  failed_at   text COLLATE "C" NOT NULL,
  undone_at   text COLLATE "C" NOT NULL DEFAULT '',
  PRIMARY KEY (booking_seq, client_id)
);
