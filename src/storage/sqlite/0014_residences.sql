-- Brings a file of version 13 to 14.

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
