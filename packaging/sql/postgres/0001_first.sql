-- The tables of HSS on PostgreSQL, version 1. `hss migrate` creates them, or whoever may: psql -f.
-- schema.sql has the same for SQLite, with what each table is for; here is what differs.
-- There are no triggers: the program counts, and the rights in rights.sql are the second wall. Texts compare by their
-- bytes, as on SQLite. Numbers are given out by the program, under the lock of the row in `head`.

-- One row. Who changes anything locks it first, so that instances take turns. It has the last numbers that were given
-- out, and how many bookings are counted in the totals and are in the search index.
CREATE TABLE head (
  one            integer PRIMARY KEY DEFAULT 1 CHECK (one = 1),
  schema_version integer NOT NULL,
  revision       bigint NOT NULL,
  last_booking   bigint NOT NULL,
  last_event     bigint NOT NULL,
  last_hash      bytea NOT NULL CHECK (length(last_hash) = 32),
  counted        bigint NOT NULL,
  indexed        bigint NOT NULL
) WITH (fillfactor = 10);
INSERT INTO head (schema_version, revision, last_booking, last_event, last_hash, counted, indexed)
VALUES (1, 0, 0, 0, decode(repeat('00', 32), 'hex'), 0, 0);

CREATE VIEW bookings_taken_in AS SELECT counted AS seq FROM head;
CREATE VIEW bookings_indexed AS SELECT indexed AS seq FROM head;

-- The instances that write, each with the number of its last transaction: after a connection that ended during COMMIT
-- it tells whether that was done.
CREATE TABLE writers (
  id    text COLLATE "C" PRIMARY KEY,
  batch bigint NOT NULL
) WITH (fillfactor = 10);

CREATE TABLE catalog_items (
  item_type     text COLLATE "C" PRIMARY KEY CHECK (item_type IN ('bed', 'box', 'fridge', 'other', 'suitcase')),
  label         text COLLATE "C" NOT NULL,
  monthly_price bigint NOT NULL CHECK (monthly_price >= 0)
);

CREATE TABLE catalog_fees (
  name   text COLLATE "C" PRIMARY KEY CHECK (name = 'handling'),
  amount bigint NOT NULL CHECK (amount >= 0)
);

INSERT INTO catalog_items (item_type, label, monthly_price) VALUES
  ('bed', 'Bed', 25000),
  ('box', 'Box', 6000),
  ('fridge', 'Fridge', 30000),
  ('other', 'Other item', 12000),
  ('suitcase', 'Suitcase', 8000);
INSERT INTO catalog_fees (name, amount) VALUES ('handling', 35000);

CREATE TABLE accounts (
  id            text COLLATE "C" PRIMARY KEY CHECK (id ~ '^ACC-.{10}$'),
  email         text COLLATE "C" NOT NULL UNIQUE CHECK (length(email) BETWEEN 3 AND 254),
  name          text COLLATE "C" NOT NULL CHECK (length(name) BETWEEN 2 AND 120),
  role          text COLLATE "C" NOT NULL CHECK (role IN ('customer', 'staff', 'admin')),
  password_hash text COLLATE "C" NOT NULL CHECK (password_hash = '' OR password_hash LIKE '$scrypt$%'),
  pin_hash      text COLLATE "C" NOT NULL CHECK (pin_hash = '' OR pin_hash LIKE '$scrypt$%'),
  enabled       integer NOT NULL CHECK (enabled IN (0, 1)),
  created_at    text COLLATE "C" NOT NULL
);

CREATE TABLE sessions (
  id                text COLLATE "C" PRIMARY KEY,
  account_id        text COLLATE "C" NOT NULL REFERENCES accounts (id),
  is_device         integer NOT NULL CHECK (is_device IN (0, 1)),
  device_name       text COLLATE "C" NOT NULL CHECK (length(device_name) <= 80),
  device_session_id text COLLATE "C" REFERENCES sessions (id) ON DELETE CASCADE,
  created_at        text COLLATE "C" NOT NULL,
  expires_at        text COLLATE "C" NOT NULL
);
CREATE INDEX sessions_by_account ON sessions (account_id);
CREATE INDEX sessions_by_device ON sessions (device_session_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE rights_revision (revision bigint NOT NULL);
INSERT INTO rights_revision (revision) VALUES (0);

CREATE TABLE one_time_links (
  token_hash text COLLATE "C" PRIMARY KEY CHECK (length(token_hash) = 64),
  account_id text COLLATE "C" UNIQUE REFERENCES accounts (id),
  expires_at text COLLATE "C" NOT NULL
);

CREATE TABLE pin_failures (
  rowid             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account_id        text COLLATE "C" NOT NULL REFERENCES accounts (id),
  device_session_id text COLLATE "C" NOT NULL,
  failed_at         text COLLATE "C" NOT NULL
);
CREATE INDEX pin_failures_by_account ON pin_failures (account_id, failed_at);

CREATE TABLE device_marks (
  mark_hash  text COLLATE "C" PRIMARY KEY CHECK (length(mark_hash) = 64),
  account_id text COLLATE "C" NOT NULL REFERENCES accounts (id),
  used_at    text COLLATE "C" NOT NULL
);
CREATE INDEX device_marks_by_account ON device_marks (account_id, used_at);
CREATE INDEX device_marks_by_age ON device_marks (used_at);

CREATE TABLE token_keys (
  id         bigint PRIMARY KEY,
  bytes      bytea NOT NULL CHECK (length(bytes) >= 32),
  created_at text COLLATE "C" NOT NULL,
  retires_at text COLLATE "C"
);

CREATE TABLE bookings (
  seq              bigint PRIMARY KEY CHECK (seq > 0),
  id               text COLLATE "C" NOT NULL UNIQUE CHECK (id ~ '^HSS-.{10}$'),
  customer_name    text COLLATE "C" NOT NULL CHECK (length(customer_name) BETWEEN 2 AND 120),
  email            text COLLATE "C" NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
  pickup_date      text COLLATE "C" NOT NULL CHECK (pickup_date ~ '^\d{4}-\d\d-\d\d$'),
  pickup_window    text COLLATE "C" NOT NULL CHECK (length(pickup_window) BETWEEN 1 AND 40),
  address          text COLLATE "C" NOT NULL CHECK (length(address) BETWEEN 1 AND 500),
  item_count       integer NOT NULL CHECK (item_count BETWEEN 1 AND 200),
  duration_months  integer NOT NULL CHECK (duration_months BETWEEN 1 AND 12),
  monthly_subtotal bigint NOT NULL CHECK (monthly_subtotal >= 0),
  handling_fee     bigint NOT NULL CHECK (handling_fee >= 0),
  total            bigint NOT NULL CHECK (total = monthly_subtotal * duration_months + handling_fee),
  status           text COLLATE "C" NOT NULL CHECK (status IN ('submitted', 'approved', 'paid', 'collected', 'in_storage',
                                                               'returned', 'declined', 'cancelled')),
  created_at       text COLLATE "C" NOT NULL,
  updated_at       text COLLATE "C" NOT NULL,
  owner            text COLLATE "C",
  items            text COLLATE "C" NOT NULL CHECK (json_array_length(items::json) = item_count)
) WITH (fillfactor = 90);
CREATE INDEX bookings_by_status ON bookings (status, seq);
CREATE INDEX bookings_by_status_and_pickup ON bookings (status, pickup_date, seq);
CREATE INDEX bookings_by_owner ON bookings (owner, seq);

CREATE TABLE payments (
  booking_seq bigint PRIMARY KEY REFERENCES bookings (seq),
  reference   text COLLATE "C" NOT NULL UNIQUE CHECK (reference ~ '^PAY-.{10}$'),
  method      text COLLATE "C" NOT NULL CHECK (method IN ('card', 'eft', 'cash')
                                               OR method ~ '^saved card ending in \d{4}$'),
  amount      bigint NOT NULL,
  created_at  text COLLATE "C" NOT NULL
);

CREATE TABLE notifications (
  id         bigint PRIMARY KEY,
  booking_id text COLLATE "C" REFERENCES bookings (id),
  message    text COLLATE "C" NOT NULL CHECK (length(message) BETWEEN 1 AND 1000),
  created_at text COLLATE "C" NOT NULL,
  actor      text COLLATE "C" NOT NULL DEFAULT '',
  actor_role text COLLATE "C" NOT NULL DEFAULT ''
);
CREATE INDEX notifications_by_booking ON notifications (booking_id, id);

-- The first four and the first two letters of the words of a booking.
CREATE TABLE booking_words (
  beginning   varchar(4) COLLATE "C" NOT NULL,
  booking_seq bigint NOT NULL,
  PRIMARY KEY (beginning, booking_seq)
);

CREATE TABLE audit_events (
  id            bigint PRIMARY KEY,
  event_type    text COLLATE "C" NOT NULL,
  booking_id    text COLLATE "C",
  booking_seq   bigint,
  payload       text COLLATE "C" NOT NULL,
  actor         text COLLATE "C" NOT NULL,
  actor_role    text COLLATE "C" NOT NULL,
  request_id    text COLLATE "C" NOT NULL,
  created_at    text COLLATE "C" NOT NULL,
  previous_hash bytea NOT NULL CHECK (length(previous_hash) = 32),
  hash          bytea NOT NULL CHECK (length(hash) = 32)
);
CREATE INDEX audit_events_by_booking ON audit_events (booking_seq, id);
CREATE INDEX audit_events_by_type ON audit_events (event_type, id);

CREATE TABLE outbox_targets (
  name            text COLLATE "C" PRIMARY KEY,
  position        bigint NOT NULL,
  last_error      text COLLATE "C" NOT NULL DEFAULT '',
  last_error_at   text COLLATE "C" NOT NULL DEFAULT '',
  last_success_at text COLLATE "C" NOT NULL DEFAULT ''
);

CREATE TABLE deliveries (
  target          text COLLATE "C" NOT NULL REFERENCES outbox_targets (name) ON DELETE CASCADE,
  event_id        bigint NOT NULL,
  booking_seq     bigint,
  state           text COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'dead', 'delivered')),
  tries           integer NOT NULL,
  next_try_at     text COLLATE "C" NOT NULL,
  first_failed_at text COLLATE "C" NOT NULL,
  status_code     integer NOT NULL,
  error           text COLLATE "C" NOT NULL,
  took_ms         bigint NOT NULL,
  updated_at      text COLLATE "C" NOT NULL,
  PRIMARY KEY (target, event_id)
);
CREATE INDEX deliveries_by_next_try ON deliveries (target, state, next_try_at);
CREATE INDEX deliveries_by_booking ON deliveries (target, state, booking_seq, event_id);
CREATE INDEX deliveries_by_event ON deliveries (target, state, event_id);
CREATE INDEX deliveries_by_age ON deliveries (state, updated_at);

CREATE TABLE webhooks (
  id              text COLLATE "C" PRIMARY KEY CHECK (id ~ '^WHK-.{10}$'),
  url             text COLLATE "C" NOT NULL CHECK (length(url) BETWEEN 8 AND 2000),
  secret          bytea NOT NULL CHECK (length(secret) BETWEEN 24 AND 64),
  enabled         integer NOT NULL CHECK (enabled IN (0, 1)),
  disabled_reason text COLLATE "C" NOT NULL CHECK (disabled_reason = '' OR enabled = 0),
  created_at      text COLLATE "C" NOT NULL
);

CREATE TABLE remembered_answers (
  scope       text COLLATE "C" NOT NULL,
  "key"       text COLLATE "C" NOT NULL,
  fingerprint text COLLATE "C" NOT NULL,
  status      integer NOT NULL,
  body        text COLLATE "C" NOT NULL,
  location    text COLLATE "C" NOT NULL,
  created_at  text COLLATE "C" NOT NULL,
  holder      text COLLATE "C" NOT NULL DEFAULT '',
  PRIMARY KEY (scope, "key")
);
CREATE INDEX remembered_answers_by_age ON remembered_answers (created_at);
CREATE INDEX remembered_answers_by_holder ON remembered_answers (holder, created_at);

CREATE TABLE status_totals (
  status text COLLATE "C" PRIMARY KEY,
  count  bigint NOT NULL DEFAULT 0 CHECK (count >= 0),
  value  bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 50);
INSERT INTO status_totals (status) VALUES
  ('submitted'), ('approved'), ('paid'), ('collected'),
  ('in_storage'), ('returned'), ('declined'), ('cancelled');

CREATE TABLE payment_totals (
  count bigint NOT NULL,
  value bigint NOT NULL
) WITH (fillfactor = 10);
INSERT INTO payment_totals (count, value) VALUES (0, 0);

CREATE TABLE week_totals (
  week     text COLLATE "C" PRIMARY KEY,
  bookings bigint NOT NULL DEFAULT 0,
  revenue  bigint NOT NULL DEFAULT 0
);

CREATE TABLE item_totals (
  item_type text COLLATE "C" PRIMARY KEY,
  count     bigint NOT NULL
);

CREATE TABLE duration_totals (
  duration_months integer PRIMARY KEY,
  count           bigint NOT NULL
);
