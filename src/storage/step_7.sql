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
