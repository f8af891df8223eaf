-- Brings the tables of version 7 to 8: the items of a booking may change before it is paid, and returns are found by their
-- day.

-- `last_item_id` is the highest id that an item was ever given; 0 until its items change, when they are as many. `due_on` is
-- the day until which the items are with the business, while they are.
ALTER TABLE bookings
  ADD COLUMN last_item_id integer NOT NULL DEFAULT 0,
  ADD COLUMN due_on varchar(10) NOT NULL DEFAULT '',
  ADD INDEX bookings_by_return (return_date),
  ADD INDEX bookings_by_due (due_on);
ALTER TABLE failed_trips ADD COLUMN stop_window varchar(40) NOT NULL DEFAULT '';

UPDATE bookings SET due_on = date_format(date_add(str_to_date(collected_on, '%Y-%m-%d'), INTERVAL duration_months MONTH), '%Y-%m-%d') WHERE collected_on <> '' AND status IN ('collected', 'in_storage');
