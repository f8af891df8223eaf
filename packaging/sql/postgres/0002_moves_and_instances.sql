-- Brings the tables of version 1 to 2.

-- Where `hss copy` moved the data: then nothing may write here any more. Empty unless it did.
ALTER TABLE head ADD COLUMN moved_to text COLLATE "C" NOT NULL DEFAULT '';
CREATE VIEW moved_to AS SELECT moved_to AS place FROM head;
