-- Brings the tables of version 6 to 7.

ALTER TABLE bookings
  ADD COLUMN version bigint NOT NULL DEFAULT 1,
  ADD COLUMN phone varchar(40) NOT NULL DEFAULT '',
  ADD COLUMN whatsapp varchar(40) NOT NULL DEFAULT '',
  ADD COLUMN access_notes varchar(500) NOT NULL DEFAULT '',
  ADD COLUMN collected_on varchar(10) NOT NULL DEFAULT '',
  ADD COLUMN return_date varchar(10) NOT NULL DEFAULT '',
  ADD COLUMN return_window varchar(40) NOT NULL DEFAULT '',
  ADD COLUMN return_address varchar(500) NOT NULL DEFAULT '',
  ADD COLUMN return_method varchar(20) NOT NULL DEFAULT '',
  ADD COLUMN failed_trips integer NOT NULL DEFAULT 0,
  ADD COLUMN needs_new_date integer NOT NULL DEFAULT 0;

-- Those that were collected before say so in the audit trail alone.
UPDATE bookings SET collected_on = coalesce((SELECT date_format(date_add(str_to_date(left(e.created_at, 19), '%Y-%m-%dT%H:%i:%s'), INTERVAL 2 HOUR), '%Y-%m-%d') FROM audit_events e WHERE e.booking_seq = bookings.seq AND e.event_type = 'status_updated' AND json_unquote(json_extract(e.payload, '$.to')) = 'collected' AND json_extract(e.payload, '$.correction') IS NULL ORDER BY e.id DESC LIMIT 1), '') WHERE status IN ('collected', 'in_storage', 'returned');

-- What a change of a booking made of it, by the version that it made. Its audit event names the fields; what customers wrote
-- of themselves, before and after, is here alone: the event has the SHA-256 of salt and text.
CREATE TABLE booking_changes (
  booking_seq bigint NOT NULL,
  version     bigint NOT NULL CHECK (version > 1),
  salt        varchar(32) NOT NULL CHECK (char_length(salt) = 32),
  personal    mediumtext NOT NULL,
  PRIMARY KEY (booking_seq, version),
  FOREIGN KEY (booking_seq) REFERENCES bookings (seq)
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;

-- Stops at which nothing could be collected or brought back. `client_id` names one, so that it is told twice and counted once.
CREATE TABLE failed_trips (
  booking_seq bigint NOT NULL,
  client_id   varchar(80) NOT NULL CHECK (char_length(client_id) BETWEEN 1 AND 80),
  kind        varchar(6) NOT NULL CHECK (kind IN ('pickup', 'return')),
  date        varchar(10) NOT NULL,
  reason      varchar(500) NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 500),
  failed_at   varchar(40) NOT NULL,
  undone_at   varchar(40) NOT NULL DEFAULT '',
  PRIMARY KEY (booking_seq, client_id),
  FOREIGN KEY (booking_seq) REFERENCES bookings (seq)
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;
