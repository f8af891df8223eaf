-- Brings the tables of version 1 to 2.

-- Where `hss copy` moved the data: then nothing may write here any more. Empty unless it did.
ALTER TABLE head ADD COLUMN moved_to text COLLATE "C" NOT NULL DEFAULT '';
-- The search index is filled in transactions of its own, which do not wait for the lock of `head`.
DROP VIEW bookings_indexed;
CREATE TABLE bookings_indexed (seq bigint NOT NULL) WITH (fillfactor = 10);
INSERT INTO bookings_indexed (seq) SELECT indexed FROM head;
ALTER TABLE head DROP COLUMN indexed;
CREATE VIEW moved_to AS SELECT moved_to AS place FROM head;

-- The instance that delivers to the target, by a text that is another one each time; others wait until its time is over,
-- by the server's clock. An empty leader has given it back.
ALTER TABLE outbox_targets
  ADD COLUMN leader text COLLATE "C" NOT NULL DEFAULT '',
  ADD COLUMN lease_until timestamp with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- Tickets of event streams that wait to be used, by their SHA-256: one that is asked for at one instance opens a stream
-- at another. On SQLite they are in memory.
CREATE TABLE stream_tickets (
  hash        text COLLATE "C" PRIMARY KEY CHECK (length(hash) = 64),
  account     text COLLATE "C" NOT NULL,
  account_id  text COLLATE "C" NOT NULL,
  role        text COLLATE "C" NOT NULL CHECK (role IN ('customer', 'staff', 'admin')),
  session_id  text COLLATE "C" NOT NULL,
  auth_method text COLLATE "C" NOT NULL CHECK (auth_method IN ('role', 'nobody', 'kiosk', 'on_kiosk', 'account')),
  expires_at  text COLLATE "C" NOT NULL
);
CREATE INDEX stream_tickets_by_session ON stream_tickets (session_id, expires_at);
CREATE INDEX stream_tickets_by_expiry ON stream_tickets (expires_at);
