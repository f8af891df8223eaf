-- Brings the tables of version 8 to 9: the items of a booking may change before it is paid, and returns are found by their
-- day.

-- `last_item_id` is the highest id that an item was ever given; 0 until its items change, when they are as many. `due_on` is
-- the day until which the items are with the business, while they are.
ALTER TABLE bookings
  ADD COLUMN last_item_id integer NOT NULL DEFAULT 0 CHECK (last_item_id >= 0),
  ADD COLUMN due_on text COLLATE "C" NOT NULL DEFAULT '' CHECK (due_on = '' OR length(due_on) = 10);
ALTER TABLE failed_trips
  ADD COLUMN stop_window text COLLATE "C" NOT NULL DEFAULT '' CHECK (length(stop_window) <= 40);

UPDATE bookings SET due_on = to_char(collected_on::date + duration_months * interval '1 month', 'YYYY-MM-DD')
WHERE collected_on <> '' AND status IN ('collected', 'in_storage');

CREATE INDEX bookings_by_return ON bookings (return_date) WHERE return_date <> '';
CREATE INDEX bookings_by_due ON bookings (due_on) WHERE due_on <> '';
