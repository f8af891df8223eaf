-- Brings a file of version 9 to 10.

-- The firm as its administrators describe it to customers (src/domain/business/business.h): one row, and every text of the
-- terms that customers may have agreed to, of which the last holds.
CREATE TABLE business (
  id                  INTEGER PRIMARY KEY CHECK (id = 1),
  name                TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  legal_name          TEXT NOT NULL CHECK (length(legal_name) <= 160),
  registration_number TEXT NOT NULL CHECK (length(registration_number) <= 40),
  vat_number          TEXT NOT NULL CHECK (length(vat_number) <= 40),
  phone               TEXT NOT NULL CHECK (length(phone) <= 40),
  whatsapp            TEXT NOT NULL CHECK (length(whatsapp) <= 40),
  email               TEXT NOT NULL CHECK (length(email) <= 254),
  address             TEXT NOT NULL CHECK (length(address) <= 500),
  opening             TEXT NOT NULL CHECK (length(opening) <= 500),
  privacy             TEXT NOT NULL CHECK (length(privacy) <= 20000),
  prohibited          TEXT NOT NULL CHECK (length(prohibited) <= 20000),
  liability_cap       INTEGER CHECK (liability_cap >= 0),
  payment_methods     TEXT NOT NULL CHECK (payment_methods IN
    ('card', 'eft', 'cash', 'card,eft', 'card,cash', 'eft,cash', 'card,eft,cash'))
) STRICT;

INSERT INTO business (id, name, legal_name, registration_number, vat_number, phone, whatsapp, email, address, opening, privacy,
  prohibited, liability_cap, payment_methods)
VALUES (1, 'Hatfield Storage Solutions', '', '', '', '', '', '', '', '', '', '', NULL, 'card,eft,cash');

CREATE TABLE business_terms (
  version INTEGER PRIMARY KEY CHECK (version > 0),
  text    TEXT NOT NULL CHECK (length(text) <= 20000),
  date    TEXT NOT NULL CHECK (length(date) = 10)
) STRICT;

CREATE TRIGGER business_stays BEFORE DELETE ON business
BEGIN SELECT RAISE (ABORT, 'there is one business'); END;

CREATE TRIGGER business_terms_append BEFORE INSERT ON business_terms
WHEN NEW.version IS NOT (SELECT coalesce (max (version), 0) + 1 FROM business_terms)
BEGIN SELECT RAISE (ABORT, 'terms are the next version'); END;

CREATE TRIGGER business_terms_keep BEFORE UPDATE ON business_terms
BEGIN SELECT RAISE (ABORT, 'terms are not changed'); END;

CREATE TRIGGER business_terms_stay BEFORE DELETE ON business_terms
BEGIN SELECT RAISE (ABORT, 'terms are not deleted'); END;
