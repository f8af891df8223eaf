-- The tables of HSS on MariaDB and on MySQL, version 1. `hss migrate` creates them, or whoever may: mysql --database=hss.
-- schema.sql has the same for SQLite, with what each table is for; here is what differs.
-- There are no triggers: the program counts, and the rights in rights.sql are the second wall. Texts compare by their
-- bytes, trailing spaces included, as on SQLite: that collation has another name on each server, which skips the comment
-- for the other. Numbers are given out by the program, under the lock of the row in `head`.
-- Neither server can undo a half of this. Each statement that ends a line is a step, which `hss migrate` takes once.

-- One row. Who changes anything locks it first, so that instances take turns. It has the last numbers that were given
-- out, and how many bookings are counted in the totals.
CREATE TABLE head (
  one            integer PRIMARY KEY DEFAULT 1 CHECK (one = 1),
  schema_version integer NOT NULL,
  revision       bigint NOT NULL,
  last_booking   bigint NOT NULL,
  last_event     bigint NOT NULL,
  last_hash      varbinary(32) NOT NULL CHECK (length(last_hash) = 32),
  counted        bigint NOT NULL,
  moved_to       varchar(500) NOT NULL DEFAULT ''
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;

CREATE SQL SECURITY INVOKER VIEW bookings_taken_in AS SELECT counted AS seq FROM head;
-- Where `hss copy` moved the data: then nothing may write here any more. Empty unless it did.
CREATE SQL SECURITY INVOKER VIEW moved_to AS SELECT moved_to AS place FROM head;

-- The search index is filled in transactions of its own, which do not wait for the lock of `head`.
CREATE TABLE bookings_indexed (
  seq bigint NOT NULL
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;
INSERT INTO bookings_indexed (seq) VALUES (0);

-- The instances that write, each with the number of its last transaction: after a connection that ended during COMMIT
-- it tells whether that was done.
CREATE TABLE writers (
  id    varchar(64) PRIMARY KEY,
  batch bigint NOT NULL
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;

CREATE TABLE catalog_items (
  item_type     varchar(20) PRIMARY KEY CHECK (item_type IN ('bed', 'box', 'fridge', 'other', 'suitcase')),
  label         varchar(80) NOT NULL,
  monthly_price bigint NOT NULL CHECK (monthly_price >= 0)
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;

CREATE TABLE catalog_fees (
  name   varchar(20) PRIMARY KEY CHECK (name = 'handling'),
  amount bigint NOT NULL CHECK (amount >= 0)
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;

INSERT INTO catalog_items (item_type, label, monthly_price) VALUES
  ('bed', 'Bed', 25000),
  ('box', 'Box', 6000),
  ('fridge', 'Fridge', 30000),
  ('other', 'Other item', 12000),
  ('suitcase', 'Suitcase', 8000);
INSERT INTO catalog_fees (name, amount) VALUES ('handling', 35000);

CREATE TABLE accounts (
  id            varchar(14) PRIMARY KEY CHECK (id LIKE 'ACC-__________'),
  email         varchar(254) NOT NULL UNIQUE CHECK (char_length(email) BETWEEN 3 AND 254),
  name          varchar(120) NOT NULL CHECK (char_length(name) BETWEEN 2 AND 120),
  role          varchar(20) NOT NULL CHECK (role IN ('customer', 'staff', 'admin')),
  password_hash varchar(255) NOT NULL CHECK (password_hash = '' OR password_hash LIKE '$scrypt$%'),
  pin_hash      varchar(255) NOT NULL CHECK (pin_hash = '' OR pin_hash LIKE '$scrypt$%'),
  enabled       integer NOT NULL CHECK (enabled IN (0, 1)),
  created_at    varchar(40) NOT NULL
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;

CREATE TABLE sessions (
  id                varchar(128) PRIMARY KEY,
  account_id        varchar(14) NOT NULL,
  is_device         integer NOT NULL CHECK (is_device IN (0, 1)),
  device_name       varchar(80) NOT NULL CHECK (char_length(device_name) <= 80),
  device_session_id varchar(128),
  created_at        varchar(40) NOT NULL,
  expires_at        varchar(40) NOT NULL,
  FOREIGN KEY (account_id) REFERENCES accounts (id),
  FOREIGN KEY (device_session_id) REFERENCES sessions (id) ON DELETE CASCADE
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;
CREATE INDEX sessions_by_account ON sessions (account_id);
CREATE INDEX sessions_by_device ON sessions (device_session_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE rights_revision (
  revision bigint NOT NULL
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;
INSERT INTO rights_revision (revision) VALUES (0);

CREATE TABLE one_time_links (
  token_hash varchar(64) PRIMARY KEY CHECK (char_length(token_hash) = 64),
  account_id varchar(14) UNIQUE,
  expires_at varchar(40) NOT NULL,
  FOREIGN KEY (account_id) REFERENCES accounts (id)
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;

CREATE TABLE pin_failures (
  rowid             bigint AUTO_INCREMENT PRIMARY KEY,
  account_id        varchar(14) NOT NULL,
  device_session_id varchar(128) NOT NULL,
  failed_at         varchar(40) NOT NULL,
  FOREIGN KEY (account_id) REFERENCES accounts (id)
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;
CREATE INDEX pin_failures_by_account ON pin_failures (account_id, failed_at);

CREATE TABLE device_marks (
  mark_hash  varchar(64) PRIMARY KEY CHECK (char_length(mark_hash) = 64),
  account_id varchar(14) NOT NULL,
  used_at    varchar(40) NOT NULL,
  FOREIGN KEY (account_id) REFERENCES accounts (id)
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;
CREATE INDEX device_marks_by_account ON device_marks (account_id, used_at);
CREATE INDEX device_marks_by_age ON device_marks (used_at);

CREATE TABLE token_keys (
  id         bigint PRIMARY KEY,
  bytes      varbinary(255) NOT NULL CHECK (length(bytes) >= 32),
  created_at varchar(40) NOT NULL,
  retires_at varchar(40)
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;

CREATE TABLE bookings (
  seq              bigint PRIMARY KEY CHECK (seq > 0),
  id               varchar(14) NOT NULL UNIQUE CHECK (id LIKE 'HSS-__________'),
  customer_name    varchar(120) NOT NULL CHECK (char_length(customer_name) BETWEEN 2 AND 120),
  email            varchar(254) NOT NULL CHECK (char_length(email) BETWEEN 3 AND 254),
  pickup_date      varchar(10) NOT NULL CHECK (pickup_date REGEXP '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
  pickup_window    varchar(40) NOT NULL CHECK (char_length(pickup_window) BETWEEN 1 AND 40),
  address          varchar(500) NOT NULL CHECK (char_length(address) BETWEEN 1 AND 500),
  item_count       integer NOT NULL CHECK (item_count BETWEEN 1 AND 200),
  duration_months  integer NOT NULL CHECK (duration_months BETWEEN 1 AND 12),
  monthly_subtotal bigint NOT NULL CHECK (monthly_subtotal >= 0),
  handling_fee     bigint NOT NULL CHECK (handling_fee >= 0),
  total            bigint NOT NULL,
  status           varchar(20) NOT NULL CHECK (status IN ('submitted', 'approved', 'paid', 'collected', 'in_storage',
                                                          'returned', 'declined', 'cancelled')),
  created_at       varchar(40) NOT NULL,
  updated_at       varchar(40) NOT NULL,
  owner            varchar(40),
  items            mediumtext NOT NULL,
  CHECK (total = monthly_subtotal * duration_months + handling_fee),
  CHECK (json_valid(items) AND json_length(items) = item_count)
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;
CREATE INDEX bookings_by_status ON bookings (status, seq);
CREATE INDEX bookings_by_status_and_pickup ON bookings (status, pickup_date, seq);
CREATE INDEX bookings_by_owner ON bookings (owner, seq);

CREATE TABLE payments (
  booking_seq bigint PRIMARY KEY,
  reference   varchar(14) NOT NULL UNIQUE CHECK (reference LIKE 'PAY-__________'),
  method      varchar(40) NOT NULL CHECK (method IN ('card', 'eft', 'cash')
                                               OR method REGEXP '^saved card ending in [0-9]{4}$'),
  amount      bigint NOT NULL,
  created_at  varchar(40) NOT NULL,
  FOREIGN KEY (booking_seq) REFERENCES bookings (seq)
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;

CREATE TABLE notifications (
  id         bigint PRIMARY KEY,
  booking_id varchar(14),
  message    varchar(1000) NOT NULL CHECK (char_length(message) BETWEEN 1 AND 1000),
  created_at varchar(40) NOT NULL,
  actor      varchar(320) NOT NULL DEFAULT '',
  actor_role varchar(40) NOT NULL DEFAULT '',
  FOREIGN KEY (booking_id) REFERENCES bookings (id)
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;
CREATE INDEX notifications_by_booking ON notifications (booking_id, id);

-- The first four and the first two letters of the words of a booking.
CREATE TABLE booking_words (
  beginning   varchar(4) NOT NULL,
  booking_seq bigint NOT NULL,
  PRIMARY KEY (beginning, booking_seq)
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;

CREATE TABLE audit_events (
  id            bigint PRIMARY KEY,
  event_type    varchar(60) NOT NULL,
  booking_id    varchar(40),
  booking_seq   bigint,
  payload       mediumtext NOT NULL,
  actor         varchar(320) NOT NULL,
  actor_role    varchar(40) NOT NULL,
  request_id    varchar(160) NOT NULL,
  created_at    varchar(40) NOT NULL,
  previous_hash varbinary(32) NOT NULL CHECK (length(previous_hash) = 32),
  hash          varbinary(32) NOT NULL CHECK (length(hash) = 32)
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;
CREATE INDEX audit_events_by_booking ON audit_events (booking_seq, id);
CREATE INDEX audit_events_by_type ON audit_events (event_type, id);

-- Of several instances, the leader delivers to the target: a text that is another one each time. Others wait until its time
-- is over, by the server's clock. An empty leader has given it back.
CREATE TABLE outbox_targets (
  name            varchar(300) PRIMARY KEY,
  position        bigint NOT NULL,
  last_error      varchar(4000) NOT NULL DEFAULT '',
  last_error_at   varchar(40) NOT NULL DEFAULT '',
  last_success_at varchar(40) NOT NULL DEFAULT '',
  leader          varchar(40) NOT NULL DEFAULT '',
  lease_until     datetime NOT NULL DEFAULT CURRENT_TIMESTAMP
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;

-- Tickets of event streams that wait to be used, by their SHA-256: one that is asked for at one instance opens a stream
-- at another. On SQLite they are in memory.
CREATE TABLE stream_tickets (
  hash        varchar(64) PRIMARY KEY CHECK (char_length(hash) = 64),
  account     varchar(254) NOT NULL,
  account_id  varchar(14) NOT NULL,
  role        varchar(20) NOT NULL CHECK (role IN ('customer', 'staff', 'admin')),
  session_id  varchar(128) NOT NULL,
  auth_method varchar(20) NOT NULL CHECK (auth_method IN ('role', 'nobody', 'kiosk', 'on_kiosk', 'account')),
  expires_at  varchar(40) NOT NULL
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;
CREATE INDEX stream_tickets_by_session ON stream_tickets (session_id, expires_at);
CREATE INDEX stream_tickets_by_expiry ON stream_tickets (expires_at);

CREATE TABLE deliveries (
  target          varchar(300) NOT NULL,
  event_id        bigint NOT NULL,
  booking_seq     bigint,
  state           varchar(20) NOT NULL CHECK (state IN ('waiting', 'dead', 'delivered')),
  tries           integer NOT NULL,
  next_try_at     varchar(40) NOT NULL,
  first_failed_at varchar(40) NOT NULL,
  status_code     integer NOT NULL,
  error           text NOT NULL,
  took_ms         bigint NOT NULL,
  updated_at      varchar(40) NOT NULL,
  PRIMARY KEY (target, event_id),
  FOREIGN KEY (target) REFERENCES outbox_targets (name) ON DELETE CASCADE
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;
CREATE INDEX deliveries_by_next_try ON deliveries (target, state, next_try_at);
CREATE INDEX deliveries_by_booking ON deliveries (target, state, booking_seq, event_id);
CREATE INDEX deliveries_by_event ON deliveries (target, state, event_id);
CREATE INDEX deliveries_by_age ON deliveries (state, updated_at);

CREATE TABLE webhooks (
  id              varchar(14) PRIMARY KEY CHECK (id LIKE 'WHK-__________'),
  url             varchar(2000) NOT NULL CHECK (char_length(url) BETWEEN 8 AND 2000),
  secret          varbinary(255) NOT NULL CHECK (length(secret) BETWEEN 24 AND 64),
  enabled         integer NOT NULL CHECK (enabled IN (0, 1)),
  disabled_reason varchar(1000) NOT NULL,
  created_at      varchar(40) NOT NULL,
  CHECK (disabled_reason = '' OR enabled = 0)
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;

CREATE TABLE remembered_answers (
  scope       varchar(320) NOT NULL,
  `key`       varchar(255) NOT NULL,
  fingerprint varchar(128) NOT NULL,
  status      integer NOT NULL,
  body        mediumtext NOT NULL,
  location    varchar(500) NOT NULL,
  created_at  varchar(40) NOT NULL,
  holder      varchar(320) NOT NULL DEFAULT '',
  PRIMARY KEY (scope, `key`)
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;
CREATE INDEX remembered_answers_by_age ON remembered_answers (created_at);
CREATE INDEX remembered_answers_by_holder ON remembered_answers (holder, created_at);

CREATE TABLE status_totals (
  status varchar(20) PRIMARY KEY,
  count  bigint NOT NULL DEFAULT 0 CHECK (count >= 0),
  value  bigint NOT NULL DEFAULT 0
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;
INSERT INTO status_totals (status) VALUES
  ('submitted'), ('approved'), ('paid'), ('collected'),
  ('in_storage'), ('returned'), ('declined'), ('cancelled');

CREATE TABLE payment_totals (
  count bigint NOT NULL,
  value bigint NOT NULL
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;
INSERT INTO payment_totals (count, value) VALUES (0, 0);

CREATE TABLE week_totals (
  week     varchar(10) PRIMARY KEY,
  bookings bigint NOT NULL DEFAULT 0,
  revenue  bigint NOT NULL DEFAULT 0
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;

CREATE TABLE item_totals (
  item_type varchar(20) PRIMARY KEY,
  count     bigint NOT NULL
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;

CREATE TABLE duration_totals (
  duration_months integer PRIMARY KEY,
  count           bigint NOT NULL
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;

-- The last statement: with this row there are all tables of version 1.
INSERT INTO head (schema_version, revision, last_booking, last_event, last_hash, counted)
VALUES (1, 0, 0, 0, repeat(X'00', 32), 0);
