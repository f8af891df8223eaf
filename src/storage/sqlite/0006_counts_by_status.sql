-- Brings a file of version 5 to 6: what a booking costs the writer, and what a search costs. The lists by
-- pickup date and the queue are read from the indexes by status, and bookings are counted by status, too,
-- many at a time.

DROP INDEX bookings_by_pickup;
DROP INDEX bookings_in_queue;

-- Under another name, as an earlier program that still runs on the file would move the mark without
-- counting by status: it finds none now, and says so.
CREATE TABLE bookings_taken_in (seq INTEGER NOT NULL) STRICT;
INSERT INTO bookings_taken_in (seq) SELECT seq FROM booking_search_mark;
DROP TABLE booking_search_mark;

DROP TABLE booking_search;
CREATE VIRTUAL TABLE booking_search USING fts5 (
  words, content = '', columnsize = 0, detail = none, prefix = '4',
  tokenize = "unicode61 remove_diacritics 2"
);
INSERT INTO booking_search (rowid, words)
SELECT seq, substr (id, 5) || ' ' || customer_name || ' ' || email
FROM bookings WHERE seq <= (SELECT seq FROM bookings_taken_in) ORDER BY seq;

DROP TRIGGER audit_events_append;
CREATE TRIGGER audit_events_append BEFORE INSERT ON audit_events
WHEN NOT coalesce (
  (SELECT NEW.id IS id + 1 AND NEW.previous_hash IS hash FROM audit_events ORDER BY id DESC LIMIT 1),
  NEW.id IS 1 AND NEW.previous_hash IS zeroblob (32))
BEGIN SELECT RAISE (ABORT, 'audit events are appended to the chain'); END;

DROP TRIGGER bookings_count_new;
UPDATE status_totals SET (count, value) = (
  SELECT status_totals.count - count (*), status_totals.value - coalesce (sum (total), 0)
  FROM bookings
  WHERE seq > (SELECT seq FROM bookings_taken_in) AND status = status_totals.status);

DROP TRIGGER bookings_count_step;
CREATE TRIGGER bookings_count_step AFTER UPDATE OF status ON bookings
WHEN NEW.status <> OLD.status AND NEW.seq <= (SELECT seq FROM bookings_taken_in)
BEGIN
  UPDATE status_totals SET count = count - 1, value = value - OLD.total WHERE status = OLD.status;
  UPDATE status_totals SET count = count + 1, value = value + NEW.total WHERE status = NEW.status;
END;

DROP TRIGGER bookings_begin;
CREATE TRIGGER bookings_begin BEFORE INSERT ON bookings
WHEN NEW.status <> 'submitted'
  OR (NEW.seq > 0 AND NEW.seq <= (SELECT seq FROM bookings_taken_in))
BEGIN SELECT RAISE (ABORT, 'a booking begins as submitted, behind those before it'); END;
