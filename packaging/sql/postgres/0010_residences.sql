-- Brings the tables of version 9 to 10.

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

-- Where the address of a booking, or of its return, was written from: no reference, as a residence may go and bookings stay.
ALTER TABLE bookings
  ADD COLUMN residence_id text COLLATE "C" NOT NULL DEFAULT '' CHECK (residence_id = '' OR length(residence_id) = 14),
  ADD COLUMN room text COLLATE "C" NOT NULL DEFAULT '' CHECK (length(room) <= 40),
  ADD COLUMN return_residence_id text COLLATE "C" NOT NULL DEFAULT '' CHECK (return_residence_id = '' OR length(return_residence_id) = 14),
  ADD COLUMN return_room text COLLATE "C" NOT NULL DEFAULT '' CHECK (length(return_room) <= 40);
