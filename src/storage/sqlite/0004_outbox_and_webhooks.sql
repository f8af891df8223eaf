-- Brings a file of version 3 to 4: who hears of events, webhooks, and the messages of a booking.

-- Who hears of what happens, and how far along the audit trail: the trail is the outbox.
CREATE TABLE outbox_targets (
  name            TEXT PRIMARY KEY,
  position        INTEGER NOT NULL,
  last_error      TEXT NOT NULL DEFAULT '',
  last_error_at   TEXT NOT NULL DEFAULT '',
  last_success_at TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

-- Events up to a target's position that it has not simply heard: they wait, were set aside, or are
-- kept as its log.
CREATE TABLE deliveries (
  target          TEXT NOT NULL REFERENCES outbox_targets (name) ON DELETE CASCADE,
  event_id        INTEGER NOT NULL REFERENCES audit_events (id),
  booking_seq     INTEGER,
  state           TEXT NOT NULL CHECK (state IN ('waiting', 'dead', 'delivered')),
  tries           INTEGER NOT NULL,
  next_try_at     TEXT NOT NULL,
  first_failed_at TEXT NOT NULL,
  status_code     INTEGER NOT NULL,
  error           TEXT NOT NULL,
  took_ms         INTEGER NOT NULL,
  updated_at      TEXT NOT NULL,
  PRIMARY KEY (target, event_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX deliveries_waiting ON deliveries (target, next_try_at) WHERE state = 'waiting';
CREATE INDEX deliveries_waiting_by_booking ON deliveries (target, booking_seq, event_id)
  WHERE state = 'waiting';
CREATE INDEX deliveries_dead ON deliveries (target, event_id) WHERE state = 'dead';
CREATE INDEX deliveries_delivered ON deliveries (updated_at) WHERE state = 'delivered';

-- An outbox target each, of the same name as its id. The secret signs, so it is kept as it is.
CREATE TABLE webhooks (
  id              TEXT PRIMARY KEY CHECK (length(id) = 14 AND id GLOB 'WHK-*'),
  url             TEXT NOT NULL CHECK (length(url) BETWEEN 8 AND 2000),
  secret          BLOB NOT NULL CHECK (length(secret) BETWEEN 24 AND 64),
  enabled         INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  disabled_reason TEXT NOT NULL CHECK (disabled_reason = '' OR enabled = 0),
  created_at      TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX notifications_by_booking ON notifications (booking_id, id) WHERE booking_id IS NOT NULL;
