-- Brings a file of version 14 to 15.

-- Houses of many students, as the owner describes them (src/domain/residences/residence.h). Bookings keep what they were told.
CREATE TABLE residences (
  id              TEXT PRIMARY KEY CHECK (length(id) = 14 AND id GLOB 'RES-*'),
  name            TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 80),
  suburb          TEXT NOT NULL CHECK (length(suburb) <= 80),
  closes_on       TEXT NOT NULL CHECK (length(closes_on) IN (0, 10)),
  reopens_on      TEXT NOT NULL CHECK (length(reopens_on) IN (0, 10)),
  gate            TEXT NOT NULL CHECK (length(gate) <= 200),
  stairs          TEXT NOT NULL CHECK (length(stairs) <= 200),
  parking         TEXT NOT NULL CHECK (length(parking) <= 200),
  caretaker_phone TEXT NOT NULL CHECK (length(caretaker_phone) <= 40)
) STRICT, WITHOUT ROWID;

-- Where the address of a booking, or of its return, was written from: no reference, as a residence may go and bookings stay.
ALTER TABLE bookings ADD COLUMN residence_id TEXT NOT NULL DEFAULT '' CHECK (residence_id = '' OR length(residence_id) = 14);
ALTER TABLE bookings ADD COLUMN room TEXT NOT NULL DEFAULT '' CHECK (length(room) <= 40);
ALTER TABLE bookings ADD COLUMN return_residence_id TEXT NOT NULL DEFAULT '' CHECK (return_residence_id = '' OR length(return_residence_id) = 14);
ALTER TABLE bookings ADD COLUMN return_room TEXT NOT NULL DEFAULT '' CHECK (length(return_room) <= 40);

DROP TRIGGER bookings_change_on_record;
CREATE TRIGGER bookings_change_on_record
BEFORE UPDATE OF customer_name, email, pickup_date, pickup_window, address, phone, whatsapp, access_notes, duration_months,
  monthly_subtotal, total, item_count, items, last_item_id, return_date, return_window, return_address, return_method,
  residence_id, room, return_residence_id, return_room
ON bookings
WHEN NEW.version <> OLD.version + 1
  OR NOT EXISTS (SELECT 1 FROM booking_changes WHERE booking_seq = OLD.seq AND version = NEW.version)
BEGIN SELECT RAISE (ABORT, 'a booking changes with a row of what changed'); END;
