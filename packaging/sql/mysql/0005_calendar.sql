-- Brings the tables of version 4 to 5.

-- When staff drive, as the owner saved it: one document (src/storage/calendar_json.h), or no row until there is one.
CREATE TABLE calendar (
  id         bigint PRIMARY KEY CHECK (id = 1),
  version    bigint NOT NULL CHECK (version > 0),
  document   mediumtext NOT NULL,
  updated_at varchar(40) NOT NULL
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;

-- How many stops are taken in a window of a date, from the first calendar on: by every booking that is neither declined nor
-- cancelled.
CREATE TABLE places (
  date   varchar(10) NOT NULL,
  starts varchar(5) NOT NULL,
  ends   varchar(5) NOT NULL,
  kind   varchar(6) NOT NULL CHECK (kind IN ('pickup', 'return')),
  taken  bigint NOT NULL CHECK (taken >= 0),
  PRIMARY KEY (date, starts, ends, kind)
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;
