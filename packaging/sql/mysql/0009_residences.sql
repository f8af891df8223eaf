-- Brings the tables of version 8 to 9.

-- Houses of many students, as the owner describes them (src/domain/residences/residence.h). Bookings keep what they were told.
CREATE TABLE residences (
  id              varchar(14) PRIMARY KEY CHECK (char_length(id) = 14 AND id LIKE 'RES-%'),
  name            varchar(80) NOT NULL UNIQUE CHECK (char_length(name) > 0),
  suburb          varchar(80) NOT NULL,
  closes_on       varchar(10) NOT NULL CHECK (char_length(closes_on) IN (0, 10)),
  reopens_on      varchar(10) NOT NULL CHECK (char_length(reopens_on) IN (0, 10)),
  gate            varchar(200) NOT NULL,
  stairs          varchar(200) NOT NULL,
  parking         varchar(200) NOT NULL,
  caretaker_phone varchar(40) NOT NULL
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;

-- Where the address of a booking, or of its return, was written from: no reference, as a residence may go and bookings stay.
ALTER TABLE bookings
  ADD COLUMN residence_id varchar(14) NOT NULL DEFAULT '',
  ADD COLUMN room varchar(40) NOT NULL DEFAULT '',
  ADD COLUMN return_residence_id varchar(14) NOT NULL DEFAULT '',
  ADD COLUMN return_room varchar(40) NOT NULL DEFAULT '';
