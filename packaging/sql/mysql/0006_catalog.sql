-- Brings the tables of version 5 to 6: the owner says what can be stored, and a booking's items keep their label and price.

-- A booking is priced by a catalogue that its owner may change, so what its items were called and cost is with them from
-- now on. The text cannot occur within a string, whose quotes have backslashes.
UPDATE bookings SET items =
  replace(replace(replace(replace(replace(items,
    '{"type":"bed"', (SELECT concat('{"type":"bed","label":', json_quote(substr(label, 1, 40)), ',"price":', monthly_price)
      FROM catalog_items WHERE item_type = 'bed')),
    '{"type":"box"', (SELECT concat('{"type":"box","label":', json_quote(substr(label, 1, 40)), ',"price":', monthly_price)
      FROM catalog_items WHERE item_type = 'box')),
    '{"type":"fridge"', (SELECT concat('{"type":"fridge","label":', json_quote(substr(label, 1, 40)), ',"price":', monthly_price)
      FROM catalog_items WHERE item_type = 'fridge')),
    '{"type":"other"', (SELECT concat('{"type":"other","label":', json_quote(substr(label, 1, 40)), ',"price":', monthly_price)
      FROM catalog_items WHERE item_type = 'other')),
    '{"type":"suitcase"', (SELECT concat('{"type":"suitcase","label":', json_quote(substr(label, 1, 40)), ',"price":', monthly_price)
      FROM catalog_items WHERE item_type = 'suitcase'));

-- In the order in which customers see it. A type stays for ever, perhaps no longer offered. The table is made anew, as the
-- engines differ in how they change a column's CHECK.
CREATE TABLE catalog_items_now (
  item_type     varchar(30) PRIMARY KEY CHECK (item_type REGEXP '^[a-z0-9_]{2,30}$'),
  label         varchar(40) NOT NULL CHECK (char_length(label) BETWEEN 1 AND 40),
  icon          varchar(30) NOT NULL CHECK (char_length(icon) BETWEEN 1 AND 30),
  monthly_price bigint NOT NULL CHECK (monthly_price >= 0),
  position      bigint NOT NULL CHECK (position > 0),
  offered       bigint NOT NULL CHECK (offered IN (0, 1)),
  CHECK (item_type <> 'other' OR offered = 1)
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;
INSERT INTO catalog_items_now (item_type, label, icon, monthly_price, position, offered)
SELECT item_type, substr(label, 1, 40), item_type, monthly_price,
  CASE item_type WHEN 'bed' THEN 1 WHEN 'box' THEN 2 WHEN 'fridge' THEN 3 WHEN 'other' THEN 4 ELSE 5 END, 1
FROM catalog_items;
-- Done twice, as after a failure, it fails as its first new name is there.
RENAME TABLE catalog_items TO catalog_items_before, catalog_items_now TO catalog_items;
DROP TABLE IF EXISTS catalog_items_before;
ALTER TABLE item_totals MODIFY item_type varchar(30) NOT NULL;

-- What the owner charges besides, as the owner has named it.
CREATE TABLE catalog_charges (
  position bigint PRIMARY KEY CHECK (position > 0),
  name     varchar(60) NOT NULL UNIQUE CHECK (char_length(name) BETWEEN 1 AND 60),
  amount   bigint NOT NULL CHECK (amount >= 0)
) ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;
