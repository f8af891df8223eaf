-- Brings the tables of version 3 to 4.

-- The firm as its administrators describe it to customers (src/domain/business/business.h): one row, and every text of the
-- terms that customers may have agreed to, of which the last holds.
CREATE TABLE business (
  id                  bigint PRIMARY KEY CHECK (id = 1),
  name                varchar(120) NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
  legal_name          varchar(160) NOT NULL CHECK (char_length(legal_name) <= 160),
  registration_number varchar(40) NOT NULL CHECK (char_length(registration_number) <= 40),
  vat_number          varchar(40) NOT NULL CHECK (char_length(vat_number) <= 40),
  phone               varchar(40) NOT NULL CHECK (char_length(phone) <= 40),
  whatsapp            varchar(40) NOT NULL CHECK (char_length(whatsapp) <= 40),
  email               varchar(254) NOT NULL CHECK (char_length(email) <= 254),
  address             varchar(500) NOT NULL CHECK (char_length(address) <= 500),
  opening             varchar(500) NOT NULL CHECK (char_length(opening) <= 500),
  privacy             mediumtext NOT NULL CHECK (char_length(privacy) <= 20000),
  prohibited          mediumtext NOT NULL CHECK (char_length(prohibited) <= 20000),
  liability_cap       bigint CHECK (liability_cap >= 0),
  payment_methods     varchar(40) NOT NULL CHECK (payment_methods IN
    ('card', 'eft', 'cash', 'card,eft', 'card,cash', 'eft,cash', 'card,eft,cash'))
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;

INSERT INTO business (id, name, legal_name, registration_number, vat_number, phone, whatsapp, email, address, opening, privacy,
  prohibited, liability_cap, payment_methods)
VALUES (1, 'Hatfield Storage Solutions', '', '', '', '', '', '', '', '', '', '', NULL, 'card,eft,cash');

CREATE TABLE business_terms (
  version bigint PRIMARY KEY CHECK (version > 0),
  text    mediumtext NOT NULL CHECK (char_length(text) <= 20000),
  date    varchar(10) NOT NULL CHECK (char_length(date) = 10)
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;
