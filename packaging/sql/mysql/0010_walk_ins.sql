-- Brings the tables of version 9 to 10: terms that were accepted, walk-ins, and the codes by which customers claim them.

-- What was brought needs no address, and whom staff can call needs no e-mail. A column's CHECK goes with its new definition
-- on MariaDB, and has the table's name and its number among the first table's CHECKs on MySQL.
ALTER TABLE bookings
  ADD COLUMN terms_version integer NOT NULL DEFAULT 0,
  ADD COLUMN early_start integer NOT NULL DEFAULT 0,
  ADD COLUMN pickup_method varchar(10) NOT NULL DEFAULT 'collect',
  /*M! MODIFY email varchar(254) NOT NULL, MODIFY address varchar(500) NOT NULL, */
  /*!80017 DROP CHECK bookings_chk_4, DROP CHECK bookings_chk_7, */
  ADD CONSTRAINT bookings_email CHECK (char_length(email) BETWEEN 3 AND 254 OR (email = '' AND phone <> '')),
  ADD CONSTRAINT bookings_address CHECK (address <> '' OR pickup_method = 'brought'),
  ADD CONSTRAINT bookings_pickup_method CHECK (pickup_method IN ('collect', 'brought'));

-- By which a customer takes a booking that staff made for them into their account. Of a code, the hash alone is here.
CREATE TABLE claim_codes (
  booking_seq bigint PRIMARY KEY,
  code_hash   varchar(64) NOT NULL CHECK (char_length(code_hash) = 64),
  expires_at  varchar(40) NOT NULL,
  FOREIGN KEY (booking_seq) REFERENCES bookings (seq)
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;

-- Wrong codes of the last hour.
CREATE TABLE claim_failures (
  rowid      bigint AUTO_INCREMENT PRIMARY KEY,
  account_id varchar(14) NOT NULL,
  failed_at  varchar(40) NOT NULL,
  FOREIGN KEY (account_id) REFERENCES accounts (id)
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;
CREATE INDEX claim_failures_by_account ON claim_failures (account_id, failed_at);
