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
