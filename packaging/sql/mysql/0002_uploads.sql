-- Brings the tables of version 1 to 2.

-- Photos and documents (src/domain/uploads/upload.h). Their files are in a folder of the instances or in a bucket, named by
-- the id.
CREATE TABLE uploads (
  id           varchar(14) PRIMARY KEY CHECK (id LIKE 'UPL-__________'),
  purpose      varchar(20) NOT NULL CHECK (purpose IN ('item', 'handover', 'document')),
  state        varchar(20) NOT NULL CHECK (state IN ('waiting', 'ready', 'claimed', 'erasing')),
  owner        varchar(40) NOT NULL,
  holder       varchar(80) NOT NULL,
  booking_id   varchar(14),
  item         integer,
  content_type varchar(40) NOT NULL,
  size         bigint NOT NULL CHECK (size > 0),
  sha256       varchar(44) NOT NULL CHECK (char_length(sha256) = 44),
  thumb_type   varchar(40),
  thumb_size   bigint CHECK (thumb_size > 0),
  thumb_sha256 varchar(44) CHECK (char_length(thumb_sha256) = 44),
  width        integer NOT NULL,
  height       integer NOT NULL,
  created_at   varchar(40) NOT NULL,
  due_at       varchar(40) NOT NULL,
  CHECK (state <> 'claimed' OR booking_id IS NOT NULL),
  CHECK ((thumb_type IS NULL) = (thumb_size IS NULL) AND (thumb_type IS NULL) = (thumb_sha256 IS NULL)),
  FOREIGN KEY (booking_id) REFERENCES bookings (id)
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;
CREATE INDEX uploads_by_booking ON uploads (booking_id);
CREATE INDEX uploads_by_holder ON uploads (holder, purpose, state);
CREATE INDEX uploads_by_state ON uploads (state, due_at);
