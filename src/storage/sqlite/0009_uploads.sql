-- Brings a file of version 8 to 9.

-- Photos and documents (src/domain/uploads/upload.h). Their files are beside the database or in a bucket, named by the id.
CREATE TABLE uploads (
  id           TEXT PRIMARY KEY CHECK (length(id) = 14 AND id GLOB 'UPL-*'),
  purpose      TEXT NOT NULL CHECK (purpose IN ('item', 'handover', 'document')),
  state        TEXT NOT NULL CHECK (state IN ('waiting', 'ready', 'claimed', 'erasing')),
  owner        TEXT NOT NULL,
  holder       TEXT NOT NULL,
  booking_id   TEXT REFERENCES bookings (id),
  item         INTEGER,
  content_type TEXT NOT NULL,
  size         INTEGER NOT NULL CHECK (size > 0),
  sha256       TEXT NOT NULL CHECK (length(sha256) = 44),
  thumb_type   TEXT,
  thumb_size   INTEGER CHECK (thumb_size > 0),
  thumb_sha256 TEXT CHECK (length(thumb_sha256) = 44),
  width        INTEGER NOT NULL,
  height       INTEGER NOT NULL,
  created_at   TEXT NOT NULL,
  due_at       TEXT NOT NULL,
  CHECK (state <> 'claimed' OR booking_id IS NOT NULL),
  CHECK ((thumb_type IS NULL) = (thumb_size IS NULL) AND (thumb_type IS NULL) = (thumb_sha256 IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX uploads_by_booking ON uploads (booking_id);
CREATE INDEX uploads_by_holder ON uploads (holder, purpose, state);
CREATE INDEX uploads_by_state ON uploads (state, due_at);
