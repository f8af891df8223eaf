-- Brings a file of version 7 to 8.

-- Where `hss copy` moved the data: then nothing may write here any more. Empty unless it did.
CREATE TABLE moved_to (place TEXT NOT NULL) STRICT;
INSERT INTO moved_to (place) VALUES ('');
