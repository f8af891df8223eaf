-- Brings the tables of version 1 to 2.

-- Where `hss copy` moved the data: then nothing may write here any more. Empty unless it did.
ALTER TABLE head ADD COLUMN moved_to text COLLATE "C" NOT NULL DEFAULT '';
-- The search index is filled in transactions of its own, which do not wait for the lock of `head`.
DROP VIEW bookings_indexed;
CREATE TABLE bookings_indexed (seq bigint NOT NULL) WITH (fillfactor = 10);
INSERT INTO bookings_indexed (seq) SELECT indexed FROM head;
ALTER TABLE head DROP COLUMN indexed;
CREATE VIEW moved_to AS SELECT moved_to AS place FROM head;
