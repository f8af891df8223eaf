-- Brings a file of version 10 to 11.

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
