-- Brings a file of version 6 to 7.

-- What is kept for a while is bounded for each holder of keys, and what has expired is found by its age.
ALTER TABLE remembered_answers ADD COLUMN holder TEXT NOT NULL DEFAULT '';
CREATE INDEX remembered_answers_by_holder ON remembered_answers (holder, created_at) WHERE holder <> '';
CREATE INDEX device_marks_by_age ON device_marks (used_at);
