-- Brings a file of version 11 to 12: the owner says what can be stored, and a booking's items keep their label and price.

-- A booking is priced by a catalogue that its owner may change, so what its items were called and cost is with them from
-- now on. The text cannot occur within a string, whose quotes have backslashes.
DROP TRIGGER bookings_keep_what_was_agreed;
CREATE TEMP TABLE agreed AS
SELECT item_type AS type,
  '{"type":"' || item_type || '","label":' || json_quote (substr (label, 1, 40)) || ',"price":' || monthly_price AS agreed
FROM catalog_items;
UPDATE bookings SET items =
  replace (replace (replace (replace (replace (items,
    '{"type":"bed"', (SELECT agreed FROM agreed WHERE type = 'bed')),
    '{"type":"box"', (SELECT agreed FROM agreed WHERE type = 'box')),
    '{"type":"fridge"', (SELECT agreed FROM agreed WHERE type = 'fridge')),
    '{"type":"other"', (SELECT agreed FROM agreed WHERE type = 'other')),
    '{"type":"suitcase"', (SELECT agreed FROM agreed WHERE type = 'suitcase'));
DROP TABLE agreed;
CREATE TRIGGER bookings_keep_what_was_agreed
BEFORE UPDATE OF seq, id, item_count, duration_months, monthly_subtotal, handling_fee, total, created_at,
  owner, items
ON bookings
BEGIN SELECT RAISE (ABORT, 'a booking keeps its reference, items and price'); END;

CREATE TEMP TABLE present AS SELECT item_type, substr (label, 1, 40) AS label, monthly_price FROM catalog_items;
DROP TABLE catalog_items;
-- What can be stored, in the order in which customers see it, and what that costs today. A type stays for ever, perhaps no
-- longer offered. Bookings keep the labels and prices at which they were made.
CREATE TABLE catalog_items (
  item_type     TEXT PRIMARY KEY CHECK (length(item_type) BETWEEN 2 AND 30 AND item_type NOT GLOB '*[^a-z0-9_]*'),
  label         TEXT NOT NULL CHECK (length(label) BETWEEN 1 AND 40),
  icon          TEXT NOT NULL CHECK (length(icon) BETWEEN 1 AND 30),
  monthly_price INTEGER NOT NULL CHECK (monthly_price >= 0),
  position      INTEGER NOT NULL CHECK (position > 0),
  offered       INTEGER NOT NULL CHECK (offered IN (0, 1)),
  CHECK (item_type <> 'other' OR offered = 1)
) STRICT, WITHOUT ROWID;
INSERT INTO catalog_items (item_type, label, icon, monthly_price, position, offered)
SELECT item_type, label, item_type, monthly_price,
  CASE item_type WHEN 'bed' THEN 1 WHEN 'box' THEN 2 WHEN 'fridge' THEN 3 WHEN 'other' THEN 4 ELSE 5 END, 1
FROM present;
DROP TABLE present;

-- What the owner charges besides, as the owner has named it.
CREATE TABLE catalog_charges (
  position INTEGER PRIMARY KEY CHECK (position > 0),
  name     TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 60),
  amount   INTEGER NOT NULL CHECK (amount >= 0)
) STRICT;

CREATE TRIGGER catalog_items_stay BEFORE DELETE ON catalog_items
BEGIN SELECT RAISE (ABORT, 'types are not deleted'); END;

CREATE TRIGGER catalog_items_keep_their_type BEFORE UPDATE OF item_type ON catalog_items
WHEN NEW.item_type IS NOT OLD.item_type
BEGIN SELECT RAISE (ABORT, 'a type keeps its name'); END;
