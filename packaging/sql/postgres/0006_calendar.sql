-- Brings the tables of version 5 to 6.

-- When staff drive, as the owner saved it: one document (src/storage/calendar_json.h), or no row until there is one.
CREATE TABLE calendar (
  id         bigint PRIMARY KEY CHECK (id = 1),
  version    bigint NOT NULL CHECK (version > 0),
  document   text COLLATE "C" NOT NULL,
  updated_at text COLLATE "C" NOT NULL
);

-- How many stops are taken in a window of a date, from the first calendar on: by every booking that is neither declined nor
-- cancelled.
CREATE TABLE places (
  date   text COLLATE "C" NOT NULL CHECK (length(date) = 10),
  starts text COLLATE "C" NOT NULL CHECK (length(starts) = 5),
  ends   text COLLATE "C" NOT NULL CHECK (length(ends) = 5),
  kind   text COLLATE "C" NOT NULL CHECK (kind IN ('pickup', 'return')),
  taken  bigint NOT NULL CHECK (taken >= 0),
  PRIMARY KEY (date, starts, ends, kind)
);
