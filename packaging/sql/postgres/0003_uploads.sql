-- Brings the tables of version 2 to 3.

-- Photos and documents (src/domain/uploads/upload.h). Their files are in a folder of the instances or in a bucket, named by
-- the id.
CREATE TABLE uploads (
  id           text COLLATE "C" PRIMARY KEY CHECK (length(id) = 14 AND id LIKE 'UPL-%'),
  purpose      text COLLATE "C" NOT NULL CHECK (purpose IN ('item', 'handover', 'document')),
  state        text COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'ready', 'claimed', 'erasing')),
  owner        text COLLATE "C" NOT NULL,
  holder       text COLLATE "C" NOT NULL,
  booking_id   text COLLATE "C" REFERENCES bookings (id),
  item         bigint,
  content_type text COLLATE "C" NOT NULL,
  size         bigint NOT NULL CHECK (size > 0),
  sha256       text COLLATE "C" NOT NULL CHECK (length(sha256) = 44),
  thumb_type   text COLLATE "C",
  thumb_size   bigint CHECK (thumb_size > 0),
  thumb_sha256 text COLLATE "C" CHECK (length(thumb_sha256) = 44),
  width        bigint NOT NULL,
  height       bigint NOT NULL,
  created_at   text COLLATE "C" NOT NULL,
  due_at       text COLLATE "C" NOT NULL,
  CHECK (state <> 'claimed' OR booking_id IS NOT NULL),
  CHECK ((thumb_type IS NULL) = (thumb_size IS NULL) AND (thumb_type IS NULL) = (thumb_sha256 IS NULL))
);

CREATE INDEX uploads_by_booking ON uploads (booking_id);
CREATE INDEX uploads_by_holder ON uploads (holder, purpose, state);
CREATE INDEX uploads_by_state ON uploads (state, due_at);
