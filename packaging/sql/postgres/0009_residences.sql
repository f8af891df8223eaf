-- Brings the tables of version 8 to 9.

-- Houses of many students, as the owner describes them (src/domain/residences/residence.h). Bookings keep what they were told.
CREATE TABLE residences (
  id              text COLLATE "C" PRIMARY KEY CHECK (length(id) = 14 AND id LIKE 'RES-%'),
  name            text COLLATE "C" NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 80),
  suburb          text COLLATE "C" NOT NULL CHECK (length(suburb) <= 80),
  closes_on       text COLLATE "C" NOT NULL CHECK (length(closes_on) IN (0, 10)),
  reopens_on      text COLLATE "C" NOT NULL CHECK (length(reopens_on) IN (0, 10)),
  gate            text COLLATE "C" NOT NULL CHECK (length(gate) <= 200),
  stairs          text COLLATE "C" NOT NULL CHECK (length(stairs) <= 200),
  parking         text COLLATE "C" NOT NULL CHECK (length(parking) <= 200),
  caretaker_phone text COLLATE "C" NOT NULL CHECK (length(caretaker_phone) <= 40)
);
