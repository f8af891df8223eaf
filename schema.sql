-- The truth for a new HSS database (version 16; src/storage/sqlite/migrations.cpp brings older files here).
-- Portable types: amounts are integer cents, times are RFC 3339 text passed in.
-- The triggers are a second wall behind the program: they hold against the sqlite3 shell too.
-- Where rows are written often, a choice among constants is a chain of ORs: for an IN of more than two
-- SQLite makes a table of them anew for each row that it checks, which took a third of a booking's time.

-- What can be stored, in the order in which customers see it, and what that costs today. A type stays for ever, perhaps no
-- longer offered. Bookings keep the labels and prices at which they were made.
CREATE TABLE catalog_items (
  item_type     TEXT PRIMARY KEY CHECK (length(item_type) BETWEEN 2 AND 30 AND item_type NOT GLOB '*[^a-z0-9_]*'),
  label         TEXT NOT NULL CHECK (length(label) BETWEEN 1 AND 40),
  icon          TEXT NOT NULL CHECK (length(icon) BETWEEN 1 AND 30),
  monthly_price INTEGER NOT NULL CHECK (monthly_price >= 0),
  position      INTEGER NOT NULL CHECK (position > 0),
  offered       INTEGER NOT NULL CHECK (offered IN (0, 1)),
  CHECK (item_type <> 'other' OR offered = 1)
) STRICT, WITHOUT ROWID;

CREATE TABLE catalog_fees (
  name   TEXT PRIMARY KEY CHECK (name = 'handling'),
  amount INTEGER NOT NULL CHECK (amount >= 0)
) STRICT, WITHOUT ROWID;

-- What the owner charges besides, as the owner has named it.
CREATE TABLE catalog_charges (
  position INTEGER PRIMARY KEY CHECK (position > 0),
  name     TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 60),
  amount   INTEGER NOT NULL CHECK (amount >= 0)
) STRICT;

INSERT INTO catalog_items (item_type, label, icon, monthly_price, position, offered) VALUES
  ('bed', 'Bed', 'bed', 25000, 1, 1),
  ('box', 'Box', 'box', 6000, 2, 1),
  ('fridge', 'Fridge', 'fridge', 30000, 3, 1),
  ('other', 'Other item', 'other', 12000, 4, 1),
  ('suitcase', 'Suitcase', 'suitcase', 8000, 5, 1);
INSERT INTO catalog_fees (name, amount) VALUES ('handling', 35000);

-- The firm as its administrators describe it to customers (src/domain/business/business.h): one row, and every text of the
-- terms that customers may have agreed to, of which the last holds.
CREATE TABLE business (
  id                  INTEGER PRIMARY KEY CHECK (id = 1),
  name                TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  legal_name          TEXT NOT NULL CHECK (length(legal_name) <= 160),
  registration_number TEXT NOT NULL CHECK (length(registration_number) <= 40),
  vat_number          TEXT NOT NULL CHECK (length(vat_number) <= 40),
  phone               TEXT NOT NULL CHECK (length(phone) <= 40),
  whatsapp            TEXT NOT NULL CHECK (length(whatsapp) <= 40),
  email               TEXT NOT NULL CHECK (length(email) <= 254),
  address             TEXT NOT NULL CHECK (length(address) <= 500),
  opening             TEXT NOT NULL CHECK (length(opening) <= 500),
  privacy             TEXT NOT NULL CHECK (length(privacy) <= 20000),
  prohibited          TEXT NOT NULL CHECK (length(prohibited) <= 20000),
  liability_cap       INTEGER CHECK (liability_cap >= 0),
  payment_methods     TEXT NOT NULL CHECK (payment_methods IN
    ('card', 'eft', 'cash', 'card,eft', 'card,cash', 'eft,cash', 'card,eft,cash'))
) STRICT;

INSERT INTO business (id, name, legal_name, registration_number, vat_number, phone, whatsapp, email, address, opening, privacy,
  prohibited, liability_cap, payment_methods)
VALUES (1, 'Hatfield Storage Solutions', '', '', '', '', '', '', '', '', '', '', NULL, 'card,eft,cash');

CREATE TABLE business_terms (
  version INTEGER PRIMARY KEY CHECK (version > 0),
  text    TEXT NOT NULL CHECK (length(text) <= 20000),
  date    TEXT NOT NULL CHECK (length(date) = 10)
) STRICT;

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

-- Whoever listens for events is asked again whether they may whenever this has changed.
CREATE TABLE rights_revision (revision INTEGER NOT NULL) STRICT;
INSERT INTO rights_revision (revision) VALUES (0);

CREATE TRIGGER sessions_end AFTER DELETE ON sessions
BEGIN UPDATE rights_revision SET revision = revision + 1; END;

CREATE TRIGGER accounts_change_rights AFTER UPDATE OF role, enabled ON accounts
WHEN NEW.role <> OLD.role OR NEW.enabled <> OLD.enabled
BEGIN UPDATE rights_revision SET revision = revision + 1; END;

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
CREATE INDEX device_marks_by_age ON device_marks (used_at);

-- Sign tokens, unless HSS_JWT_SECRET does. All but the newest only verify, until they retire.
CREATE TABLE token_keys (
  id         INTEGER PRIMARY KEY,
  bytes      BLOB NOT NULL CHECK (length(bytes) >= 32),
  created_at TEXT NOT NULL,
  retires_at TEXT
) STRICT;

-- `seq` is the order of creation: lists page by it, and it never leaves the database.
-- `items` are JSON (src/storage/json_text.h): they are agreed with the booking, seldom change and are
-- read with it, and a row for each of them took a third of a booking's time. `last_item_id` is the highest id that an item was
-- ever given; 0 until its items change, when they are as many.
-- `version` counts what happens to the booking, its payment and its photos. `collected_on` is the day in South Africa; `due_on`,
-- while the items are with the business, the day until which they are.
-- `residence_id` is whence the address was written: no reference, as a residence may go and bookings stay.
CREATE TABLE bookings (
  seq              INTEGER PRIMARY KEY CHECK (seq > 0),
  id               TEXT NOT NULL UNIQUE CHECK (length(id) = 14 AND id GLOB 'HSS-*'),
  customer_name    TEXT NOT NULL CHECK (length(customer_name) BETWEEN 2 AND 120),
  email            TEXT NOT NULL CHECK (length(email) BETWEEN 3 AND 254 OR (email = '' AND phone <> '')),
  pickup_date      TEXT NOT NULL CHECK (pickup_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  pickup_window    TEXT NOT NULL CHECK (length(pickup_window) BETWEEN 1 AND 40),
  address          TEXT NOT NULL CHECK (length(address) <= 500),
  item_count       INTEGER NOT NULL CHECK (item_count BETWEEN 1 AND 200),
  duration_months  INTEGER NOT NULL CHECK (duration_months BETWEEN 1 AND 12),
  monthly_subtotal INTEGER NOT NULL CHECK (monthly_subtotal >= 0),
  handling_fee     INTEGER NOT NULL CHECK (handling_fee >= 0),
  total            INTEGER NOT NULL CHECK (total = monthly_subtotal * duration_months + handling_fee),
  status           TEXT NOT NULL CHECK (status = 'submitted' OR status = 'approved' OR status = 'paid'
                                          OR status = 'collected' OR status = 'in_storage'
                                          OR status = 'returned' OR status = 'declined'
                                          OR status = 'cancelled'),
  created_at       TEXT NOT NULL,
  updated_at       TEXT NOT NULL,
  owner            TEXT REFERENCES accounts (id),
  items            TEXT NOT NULL CHECK (json_array_length(items) = item_count),
  version          INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  phone            TEXT NOT NULL DEFAULT '' CHECK (length(phone) <= 40),
  whatsapp         TEXT NOT NULL DEFAULT '' CHECK (length(whatsapp) <= 40),
  access_notes     TEXT NOT NULL DEFAULT '' CHECK (length(access_notes) <= 500),
  collected_on     TEXT NOT NULL DEFAULT '' CHECK (collected_on = '' OR length(collected_on) = 10),
  return_date      TEXT NOT NULL DEFAULT '' CHECK (return_date = '' OR length(return_date) = 10),
  return_window    TEXT NOT NULL DEFAULT '' CHECK (length(return_window) <= 40),
  return_address   TEXT NOT NULL DEFAULT '' CHECK (length(return_address) <= 500),
  return_method    TEXT NOT NULL DEFAULT '' CHECK (return_method = '' OR return_method = 'deliver' OR return_method = 'collect_at_store'),
  failed_trips     INTEGER NOT NULL DEFAULT 0 CHECK (failed_trips >= 0),
  needs_new_date   INTEGER NOT NULL DEFAULT 0 CHECK (needs_new_date = 0 OR needs_new_date = 1),
  last_item_id     INTEGER NOT NULL DEFAULT 0 CHECK (last_item_id >= 0),
  due_on           TEXT NOT NULL DEFAULT '' CHECK (due_on = '' OR length(due_on) = 10),
  residence_id     TEXT NOT NULL DEFAULT '' CHECK (residence_id = '' OR length(residence_id) = 14),
  room             TEXT NOT NULL DEFAULT '' CHECK (length(room) <= 40),
  return_residence_id TEXT NOT NULL DEFAULT '' CHECK (return_residence_id = '' OR length(return_residence_id) = 14),
  return_room      TEXT NOT NULL DEFAULT '' CHECK (length(return_room) <= 40),
  terms_version    INTEGER NOT NULL DEFAULT 0 CHECK (terms_version >= 0),
  early_start      INTEGER NOT NULL DEFAULT 0 CHECK (early_start = 0 OR early_start = 1),
  pickup_method    TEXT NOT NULL DEFAULT 'collect' CHECK ((pickup_method = 'collect' AND address <> '') OR pickup_method = 'brought')
) STRICT;

-- Each entry ends in the seq, so those of a status, and ties of a pickup date, stand in the order of
-- creation. What is asked for in several statuses is read from each at once (src/storage/sql/booking_list.h).
CREATE INDEX bookings_by_status ON bookings (status);
CREATE INDEX bookings_by_status_and_pickup ON bookings (status, pickup_date);
CREATE INDEX bookings_by_owner ON bookings (owner) WHERE owner IS NOT NULL;
CREATE INDEX bookings_by_return ON bookings (return_date) WHERE return_date <> '';
CREATE INDEX bookings_by_due ON bookings (due_on) WHERE due_on <> '';

CREATE TABLE payments (
  booking_seq INTEGER PRIMARY KEY REFERENCES bookings (seq),
  reference   TEXT NOT NULL UNIQUE CHECK (length(reference) = 14 AND reference GLOB 'PAY-*'),
  method      TEXT NOT NULL CHECK (method = 'card' OR method = 'eft' OR method = 'cash'
                                          OR method GLOB 'saved card ending in [0-9][0-9][0-9][0-9]'),
  amount      INTEGER NOT NULL,
  created_at  TEXT NOT NULL
) STRICT;

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
  stop_window TEXT NOT NULL DEFAULT '' CHECK (length(stop_window) <= 40),
  PRIMARY KEY (booking_seq, client_id)
) STRICT, WITHOUT ROWID;

-- By which a customer takes a booking that staff made for them into their account. Of a code, the hash alone is here.
CREATE TABLE claim_codes (
  booking_seq INTEGER PRIMARY KEY REFERENCES bookings (seq),
  code_hash   TEXT NOT NULL CHECK (length(code_hash) = 64),
  expires_at  TEXT NOT NULL
) STRICT;

-- Wrong codes of the last hour.
CREATE TABLE claim_failures (
  account_id TEXT NOT NULL REFERENCES accounts (id),
  failed_at  TEXT NOT NULL
) STRICT;

CREATE INDEX claim_failures_by_account ON claim_failures (account_id, failed_at);

CREATE TABLE notifications (
  id         INTEGER PRIMARY KEY,
  booking_id TEXT REFERENCES bookings (id),
  message    TEXT NOT NULL CHECK (length(message) BETWEEN 1 AND 1000),
  created_at TEXT NOT NULL,
  actor      TEXT NOT NULL DEFAULT '',
  actor_role TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX notifications_by_booking ON notifications (booking_id, id) WHERE booking_id IS NOT NULL;

-- Photos and documents (src/domain/uploads/upload.h). Their files are beside the database or in a bucket, named by the id.
CREATE TABLE uploads (
  id           TEXT PRIMARY KEY CHECK (length(id) = 14 AND id GLOB 'UPL-*'),
  purpose      TEXT NOT NULL CHECK (purpose IN ('item', 'handover', 'document')),
  state        TEXT NOT NULL CHECK (state IN ('waiting', 'ready', 'claimed', 'erasing')),
  owner        TEXT NOT NULL,
  holder       TEXT NOT NULL,
  booking_id   TEXT REFERENCES bookings (id),
  item         INTEGER,
  content_type TEXT NOT NULL,
  size         INTEGER NOT NULL CHECK (size > 0),
  sha256       TEXT NOT NULL CHECK (length(sha256) = 44),
  thumb_type   TEXT,
  thumb_size   INTEGER CHECK (thumb_size > 0),
  thumb_sha256 TEXT CHECK (length(thumb_sha256) = 44),
  width        INTEGER NOT NULL,
  height       INTEGER NOT NULL,
  created_at   TEXT NOT NULL,
  due_at       TEXT NOT NULL,
  CHECK (state <> 'claimed' OR booking_id IS NOT NULL),
  CHECK ((thumb_type IS NULL) = (thumb_size IS NULL) AND (thumb_type IS NULL) = (thumb_sha256 IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX uploads_by_booking ON uploads (booking_id);
CREATE INDEX uploads_by_holder ON uploads (holder, purpose, state);
CREATE INDEX uploads_by_state ON uploads (state, due_at);

-- Words of a booking's reference, name, e-mail and address, and their first four letters
-- (src/storage/sql/search.h). The program takes the text apart, so that every engine finds the same.
CREATE VIRTUAL TABLE booking_search USING fts5 (
  words, content = '', columnsize = 0, detail = none, prefix = '4', tokenize = "ascii"
);
-- The last booking whose words are in it, and the last that the figures below count. Those behind
-- are new (src/storage/sql/new_bookings.h).
CREATE TABLE bookings_indexed (seq INTEGER NOT NULL) STRICT;
INSERT INTO bookings_indexed (seq) VALUES (0);
CREATE TABLE bookings_taken_in (seq INTEGER NOT NULL) STRICT;
INSERT INTO bookings_taken_in (seq) VALUES (0);

-- Where `hss copy` moved the data: then nothing may write here any more. Empty unless it did.
CREATE TABLE moved_to (place TEXT NOT NULL) STRICT;
INSERT INTO moved_to (place) VALUES ('');

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
  state           TEXT NOT NULL CHECK (state = 'waiting' OR state = 'dead' OR state = 'delivered'),
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

-- First answers to requests with an Idempotency-Key, kept for 24 hours; at most 1,000 of a holder.
CREATE TABLE remembered_answers (
  scope       TEXT NOT NULL,
  key         TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  status      INTEGER NOT NULL,
  body        TEXT NOT NULL,
  location    TEXT NOT NULL,
  created_at  TEXT NOT NULL,
  holder      TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (scope, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX remembered_answers_by_age ON remembered_answers (created_at);
CREATE INDEX remembered_answers_by_holder ON remembered_answers (holder, created_at) WHERE holder <> '';

-- When staff drive, as the owner saved it: one document (src/storage/calendar_json.h), or no row until there is one.
CREATE TABLE calendar (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  version    INTEGER NOT NULL CHECK (version > 0),
  document   TEXT NOT NULL CHECK (json_valid(document)),
  updated_at TEXT NOT NULL
) STRICT;

-- How many stops are taken in a window of a date, from the first calendar on: by every booking that is neither declined nor
-- cancelled.
CREATE TABLE places (
  date   TEXT NOT NULL CHECK (length(date) = 10),
  starts TEXT NOT NULL CHECK (length(starts) = 5),
  ends   TEXT NOT NULL CHECK (length(ends) = 5),
  kind   TEXT NOT NULL CHECK (kind IN ('pickup', 'return')),
  taken  INTEGER NOT NULL CHECK (taken >= 0),
  PRIMARY KEY (date, starts, ends, kind)
) STRICT, WITHOUT ROWID;

-- Houses of many students, as the owner describes them (src/domain/residences/residence.h). Bookings keep what they were told.
CREATE TABLE residences (
  id              TEXT PRIMARY KEY CHECK (length(id) = 14 AND id GLOB 'RES-*'),
  name            TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 80),
  suburb          TEXT NOT NULL CHECK (length(suburb) <= 80),
  closes_on       TEXT NOT NULL CHECK (length(closes_on) IN (0, 10)),
  reopens_on      TEXT NOT NULL CHECK (length(reopens_on) IN (0, 10)),
  gate            TEXT NOT NULL CHECK (length(gate) <= 200),
  stairs          TEXT NOT NULL CHECK (length(stairs) <= 200),
  parking         TEXT NOT NULL CHECK (length(parking) <= 200),
  caretaker_phone TEXT NOT NULL CHECK (length(caretaker_phone) <= 40)
) STRICT, WITHOUT ROWID;

-- Counts and sums cost the same at any size, as they are kept: bookings are added many at a time
-- (src/storage/sql/new_bookings.h), what becomes of them by the triggers below.
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

-- `week` is the date of its Monday in South Africa (UTC+2).
CREATE TABLE week_totals (
  week     TEXT PRIMARY KEY,
  bookings INTEGER NOT NULL DEFAULT 0,
  revenue  INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE item_totals (
  item_type TEXT PRIMARY KEY,
  count     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE duration_totals (
  duration_months INTEGER PRIMARY KEY,
  count           INTEGER NOT NULL
) STRICT;

-- Bookings: the lifecycle.

-- One among those that are counted already would never be.
CREATE TRIGGER bookings_begin BEFORE INSERT ON bookings
WHEN NEW.status <> 'submitted'
  OR (NEW.seq > 0 AND NEW.seq <= (SELECT seq FROM bookings_taken_in))
BEGIN SELECT RAISE (ABORT, 'a booking begins as submitted, behind those before it'); END;

-- INSERT OR REPLACE would delete the row without a word where recursive triggers are off.
CREATE TRIGGER bookings_are_not_replaced BEFORE INSERT ON bookings
WHEN EXISTS (SELECT 1 FROM bookings WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM bookings WHERE seq = NEW.seq)
BEGIN SELECT RAISE (ABORT, 'this booking exists'); END;

CREATE TRIGGER bookings_step BEFORE UPDATE OF status ON bookings
WHEN NEW.status <> OLD.status AND NOT CASE OLD.status
  WHEN 'submitted' THEN
    NEW.status = 'approved' OR NEW.status = 'declined' OR NEW.status = 'cancelled'
  WHEN 'approved' THEN
    NEW.status = 'submitted' OR NEW.status = 'paid' OR NEW.status = 'declined'
    OR NEW.status = 'cancelled'
  WHEN 'paid' THEN NEW.status = 'collected'
  WHEN 'collected' THEN NEW.status = 'in_storage' OR NEW.status = 'paid'
  WHEN 'in_storage' THEN NEW.status = 'returned' OR NEW.status = 'collected'
  WHEN 'returned' THEN NEW.status = 'in_storage'
  ELSE FALSE
END
BEGIN SELECT RAISE (ABORT, 'invalid status transition'); END;

CREATE TRIGGER bookings_paid_by_payment BEFORE UPDATE OF status ON bookings
WHEN NEW.status = 'paid' AND OLD.status <> 'paid'
  AND NOT EXISTS (SELECT 1 FROM payments WHERE booking_seq = NEW.seq)
BEGIN SELECT RAISE (ABORT, 'paid is reached by a payment alone'); END;

CREATE TRIGGER bookings_keep_what_was_agreed
BEFORE UPDATE OF seq, id, handling_fee, created_at, terms_version, early_start, pickup_method
ON bookings
BEGIN SELECT RAISE (ABORT, 'a booking keeps its reference and what was agreed'); END;

CREATE TRIGGER bookings_claimed_by_code BEFORE UPDATE OF owner ON bookings
WHEN OLD.owner IS NOT NULL OR NEW.owner IS NULL OR NEW.version <> OLD.version + 1
  OR NOT EXISTS (SELECT 1 FROM claim_codes WHERE booking_seq = OLD.seq)
BEGIN SELECT RAISE (ABORT, 'a booking is given to an account once, by its claim code'); END;

-- The version that a change makes has its row of what changed, and no other change has the same one.
CREATE TRIGGER bookings_change_on_record
BEFORE UPDATE OF customer_name, email, pickup_date, pickup_window, address, phone, whatsapp, access_notes, duration_months,
  monthly_subtotal, total, item_count, items, last_item_id, return_date, return_window, return_address, return_method,
  residence_id, room, return_residence_id, return_room
ON bookings
WHEN NEW.version <> OLD.version + 1
  OR NOT EXISTS (SELECT 1 FROM booking_changes WHERE booking_seq = OLD.seq AND version = NEW.version)
BEGIN SELECT RAISE (ABORT, 'a booking changes with a row of what changed'); END;

CREATE TRIGGER bookings_item_ids_go_up BEFORE UPDATE OF last_item_id ON bookings
WHEN NEW.last_item_id < OLD.last_item_id
BEGIN SELECT RAISE (ABORT, 'the ids of items are not given again'); END;

CREATE TRIGGER bookings_paid_keep_their_price
BEFORE UPDATE OF item_count, duration_months, monthly_subtotal, total ON bookings
WHEN (NEW.total <> OLD.total OR NEW.monthly_subtotal <> OLD.monthly_subtotal
    OR NEW.duration_months <> OLD.duration_months OR NEW.item_count <> OLD.item_count)
  AND EXISTS (SELECT 1 FROM payments WHERE booking_seq = OLD.seq)
BEGIN SELECT RAISE (ABORT, 'a paid booking keeps its items and price'); END;

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

-- `rowid` is another name of seq, which UPDATE OF seq does not see.
CREATE TRIGGER bookings_keep_their_place BEFORE UPDATE ON bookings
WHEN NEW.seq IS NOT OLD.seq
BEGIN SELECT RAISE (ABORT, 'a booking keeps its reference, items and price'); END;

CREATE TRIGGER bookings_stay BEFORE DELETE ON bookings
BEGIN SELECT RAISE (ABORT, 'bookings are not deleted'); END;

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
  UPDATE bookings SET status = 'paid', updated_at = NEW.created_at, version = version + 1
  WHERE seq = NEW.booking_seq;
  UPDATE payment_totals SET count = count + 1, value = value + NEW.amount;
END;

CREATE TRIGGER payments_keep BEFORE UPDATE ON payments
BEGIN SELECT RAISE (ABORT, 'payments are not changed'); END;

CREATE TRIGGER payments_stay BEFORE DELETE ON payments
BEGIN SELECT RAISE (ABORT, 'payments are not deleted'); END;

-- Audit: appended to, in order, each row tied to the one before it.

CREATE TRIGGER audit_events_append BEFORE INSERT ON audit_events
WHEN NOT coalesce (
  (SELECT NEW.id IS id + 1 AND NEW.previous_hash IS hash FROM audit_events ORDER BY id DESC LIMIT 1),
  NEW.id IS 1 AND NEW.previous_hash IS zeroblob (32))
BEGIN SELECT RAISE (ABORT, 'audit events are appended to the chain'); END;

CREATE TRIGGER audit_events_keep BEFORE UPDATE ON audit_events
BEGIN SELECT RAISE (ABORT, 'audit events are not changed'); END;

CREATE TRIGGER audit_events_stay BEFORE DELETE ON audit_events
BEGIN SELECT RAISE (ABORT, 'audit events are not deleted'); END;

-- The catalogue.

CREATE TRIGGER catalog_items_stay BEFORE DELETE ON catalog_items
BEGIN SELECT RAISE (ABORT, 'types are not deleted'); END;

CREATE TRIGGER catalog_items_keep_their_type BEFORE UPDATE OF item_type ON catalog_items
WHEN NEW.item_type IS NOT OLD.item_type
BEGIN SELECT RAISE (ABORT, 'a type keeps its name'); END;

-- The business.

CREATE TRIGGER business_stays BEFORE DELETE ON business
BEGIN SELECT RAISE (ABORT, 'there is one business'); END;

CREATE TRIGGER business_terms_append BEFORE INSERT ON business_terms
WHEN NEW.version IS NOT (SELECT coalesce (max (version), 0) + 1 FROM business_terms)
BEGIN SELECT RAISE (ABORT, 'terms are the next version'); END;

CREATE TRIGGER business_terms_keep BEFORE UPDATE ON business_terms
BEGIN SELECT RAISE (ABORT, 'terms are not changed'); END;

CREATE TRIGGER business_terms_stay BEFORE DELETE ON business_terms
BEGIN SELECT RAISE (ABORT, 'terms are not deleted'); END;

-- Counters.

CREATE TRIGGER bookings_count_step AFTER UPDATE OF status ON bookings
WHEN NEW.status <> OLD.status AND NEW.seq <= (SELECT seq FROM bookings_taken_in)
BEGIN
  UPDATE status_totals SET count = count - 1, value = value - OLD.total WHERE status = OLD.status;
  UPDATE status_totals SET count = count + 1, value = value + NEW.total WHERE status = NEW.status;
END;

CREATE TRIGGER payments_count_week AFTER INSERT ON payments
WHEN date(NEW.created_at) IS NOT NULL
BEGIN
  INSERT INTO week_totals (week, revenue)
  VALUES (date(NEW.created_at, '+2 hours', '-6 days', 'weekday 1'), NEW.amount)
  ON CONFLICT (week) DO UPDATE SET revenue = revenue + excluded.revenue;
END;
