-- Brings a file of version 6 to 7.

-- What is kept for a while is bounded for each holder of keys, and what has expired is found by its age.
ALTER TABLE remembered_answers ADD COLUMN holder TEXT NOT NULL DEFAULT '';
CREATE INDEX remembered_answers_by_holder ON remembered_answers (holder, created_at) WHERE holder <> '';
CREATE INDEX device_marks_by_age ON device_marks (used_at);

-- Whoever listens for events is asked again whether they may whenever this has changed.
CREATE TABLE rights_revision (revision INTEGER NOT NULL) STRICT;
INSERT INTO rights_revision (revision) VALUES (0);

CREATE TRIGGER sessions_end AFTER DELETE ON sessions
BEGIN UPDATE rights_revision SET revision = revision + 1; END;

CREATE TRIGGER accounts_change_rights AFTER UPDATE OF role, enabled ON accounts
WHEN NEW.role <> OLD.role OR NEW.enabled <> OLD.enabled
BEGIN UPDATE rights_revision SET revision = revision + 1; END;

-- The words of the search index are the program's own (src/storage/search_words.h), and those of the address are among
-- them, so it is built anew: behind this the program indexes every booking from the first. What the figures count has
-- its own mark and stays.
DROP TABLE booking_search;
CREATE VIRTUAL TABLE booking_search USING fts5 (
  words, content = '', columnsize = 0, detail = none, prefix = '4', tokenize = "ascii"
);
CREATE TABLE bookings_indexed (seq INTEGER NOT NULL) STRICT;
INSERT INTO bookings_indexed (seq) VALUES (0);

-- Staff correct a slip of the same day: three steps back pass. Role, reason and day are the program's to ask for.
DROP TRIGGER bookings_step;
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

-- A message says who wrote it, also each that was written before: its audit event knows.
ALTER TABLE notifications ADD COLUMN actor TEXT NOT NULL DEFAULT '';
ALTER TABLE notifications ADD COLUMN actor_role TEXT NOT NULL DEFAULT '';
UPDATE notifications SET actor = event.actor, actor_role = event.actor_role
FROM (SELECT booking_id, payload ->> 'message' AS message, created_at, actor, actor_role
      FROM audit_events WHERE event_type = 'notification') event
WHERE event.created_at = notifications.created_at AND event.booking_id IS notifications.booking_id
  AND event.message = notifications.message;
