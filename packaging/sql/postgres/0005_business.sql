-- Brings the tables of version 4 to 5.

-- The firm as its administrators describe it to customers (src/domain/business/business.h): one row, and every text of the
-- terms that customers may have agreed to, of which the last holds.
CREATE TABLE business (
  id                  bigint PRIMARY KEY CHECK (id = 1),
  name                text COLLATE "C" NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  legal_name          text COLLATE "C" NOT NULL CHECK (length(legal_name) <= 160),
  registration_number text COLLATE "C" NOT NULL CHECK (length(registration_number) <= 40),
  vat_number          text COLLATE "C" NOT NULL CHECK (length(vat_number) <= 40),
  phone               text COLLATE "C" NOT NULL CHECK (length(phone) <= 40),
  whatsapp            text COLLATE "C" NOT NULL CHECK (length(whatsapp) <= 40),
  email               text COLLATE "C" NOT NULL CHECK (length(email) <= 254),
  address             text COLLATE "C" NOT NULL CHECK (length(address) <= 500),
  opening             text COLLATE "C" NOT NULL CHECK (length(opening) <= 500),
  privacy             text COLLATE "C" NOT NULL CHECK (length(privacy) <= 20000),
  prohibited          text COLLATE "C" NOT NULL CHECK (length(prohibited) <= 20000),
  liability_cap       bigint CHECK (liability_cap >= 0),
  payment_methods     text COLLATE "C" NOT NULL CHECK (payment_methods IN
    ('card', 'eft', 'cash', 'card,eft', 'card,cash', 'eft,cash', 'card,eft,cash'))
);

INSERT INTO business (id, name, legal_name, registration_number, vat_number, phone, whatsapp, email, address, opening, privacy,
  prohibited, liability_cap, payment_methods)
VALUES (1, 'Hatfield Storage Solutions', '', '', '', '', '', '', '', '', '', '', NULL, 'card,eft,cash');

CREATE TABLE business_terms (
  version bigint PRIMARY KEY CHECK (version > 0),
  text    text COLLATE "C" NOT NULL CHECK (length(text) <= 20000),
  date    text COLLATE "C" NOT NULL CHECK (length(date) = 10)
);
