-- Brings the tables of version 6 to 7: the owner says what can be stored, and a booking's items keep their label and price.

-- A booking is priced by a catalogue that its owner may change, so what its items were called and cost is with them from
-- now on. The text cannot occur within a string, whose quotes have backslashes.
CREATE TEMP TABLE agreed AS
SELECT item_type AS type,
  '{"type":"' || item_type || '","label":' || to_json(substr(label, 1, 40))::text || ',"price":' || monthly_price AS agreed
FROM catalog_items;
UPDATE bookings SET items =
  replace(replace(replace(replace(replace(items,
    '{"type":"bed"', (SELECT agreed FROM agreed WHERE type = 'bed')),
    '{"type":"box"', (SELECT agreed FROM agreed WHERE type = 'box')),
    '{"type":"fridge"', (SELECT agreed FROM agreed WHERE type = 'fridge')),
    '{"type":"other"', (SELECT agreed FROM agreed WHERE type = 'other')),
    '{"type":"suitcase"', (SELECT agreed FROM agreed WHERE type = 'suitcase'));
DROP TABLE agreed;

-- In the order in which customers see it. A type stays for ever, perhaps no longer offered.
ALTER TABLE catalog_items DROP CONSTRAINT catalog_items_item_type_check;
ALTER TABLE catalog_items ADD CHECK (item_type ~ '^[a-z0-9_]{2,30}$');
UPDATE catalog_items SET label = substr(label, 1, 40);
ALTER TABLE catalog_items ADD CHECK (length(label) BETWEEN 1 AND 40);
ALTER TABLE catalog_items ADD COLUMN icon text COLLATE "C";
ALTER TABLE catalog_items ADD COLUMN position bigint;
ALTER TABLE catalog_items ADD COLUMN offered bigint NOT NULL DEFAULT 1 CHECK (offered IN (0, 1));
UPDATE catalog_items SET icon = item_type, position =
  CASE item_type WHEN 'bed' THEN 1 WHEN 'box' THEN 2 WHEN 'fridge' THEN 3 WHEN 'other' THEN 4 ELSE 5 END;
ALTER TABLE catalog_items ALTER COLUMN icon SET NOT NULL, ADD CHECK (length(icon) BETWEEN 1 AND 30);
ALTER TABLE catalog_items ALTER COLUMN position SET NOT NULL, ADD CHECK (position > 0);
ALTER TABLE catalog_items ALTER COLUMN offered DROP DEFAULT;
ALTER TABLE catalog_items ADD CHECK (item_type <> 'other' OR offered = 1);

-- What the owner charges besides, as the owner has named it.
CREATE TABLE catalog_charges (
  position bigint PRIMARY KEY CHECK (position > 0),
  name     text COLLATE "C" NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 60),
  amount   bigint NOT NULL CHECK (amount >= 0)
);
