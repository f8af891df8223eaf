-- Brings a file of version 13 to 14: the items of a booking may change before it is paid, and returns are found by their day.

-- `last_item_id` is the highest id that an item was ever given; 0 until its items change, when they are as many.
ALTER TABLE bookings ADD COLUMN last_item_id INTEGER NOT NULL DEFAULT 0 CHECK (last_item_id >= 0);
-- While the items are with the business: the day until which they are.
ALTER TABLE bookings ADD COLUMN due_on TEXT NOT NULL DEFAULT '' CHECK (due_on = '' OR length(due_on) = 10);
ALTER TABLE failed_trips ADD COLUMN stop_window TEXT NOT NULL DEFAULT '' CHECK (length(stop_window) <= 40);

-- The month's last day where it has no such day, of which SQLite would make one of the next month.
UPDATE bookings SET due_on = coalesce(
  min(date(collected_on, '+' || duration_months || ' months'),
    date(collected_on, 'start of month', '+' || (duration_months + 1) || ' months', '-1 day')), '9999-12-31')
WHERE collected_on <> '' AND status IN ('collected', 'in_storage');

CREATE INDEX bookings_by_return ON bookings (return_date) WHERE return_date <> '';
CREATE INDEX bookings_by_due ON bookings (due_on) WHERE due_on <> '';

DROP TRIGGER bookings_keep_what_was_agreed;
CREATE TRIGGER bookings_keep_what_was_agreed
BEFORE UPDATE OF seq, id, handling_fee, created_at, owner
ON bookings
BEGIN SELECT RAISE (ABORT, 'a booking keeps its reference, handling fee and owner'); END;

-- The version that a change makes has its row of what changed, and no other change has the same one.
DROP TRIGGER bookings_change_on_record;
CREATE TRIGGER bookings_change_on_record
BEFORE UPDATE OF customer_name, email, pickup_date, pickup_window, address, phone, whatsapp, access_notes, duration_months,
  monthly_subtotal, total, item_count, items, last_item_id, return_date, return_window, return_address, return_method
ON bookings
WHEN NEW.version <> OLD.version + 1
  OR NOT EXISTS (SELECT 1 FROM booking_changes WHERE booking_seq = OLD.seq AND version = NEW.version)
BEGIN SELECT RAISE (ABORT, 'a booking changes with a row of what changed'); END;

CREATE TRIGGER bookings_item_ids_go_up BEFORE UPDATE OF last_item_id ON bookings
WHEN NEW.last_item_id < OLD.last_item_id
BEGIN SELECT RAISE (ABORT, 'the ids of items are not given again'); END;

CREATE TRIGGER bookings_paid_keep_their_price
BEFORE UPDATE OF item_count, duration_months, monthly_subtotal, total ON bookings
WHEN (NEW.total <> OLD.total OR NEW.monthly_subtotal <> OLD.monthly_subtotal
    OR NEW.duration_months <> OLD.duration_months OR NEW.item_count <> OLD.item_count)
  AND EXISTS (SELECT 1 FROM payments WHERE booking_seq = OLD.seq)
BEGIN SELECT RAISE (ABORT, 'a paid booking keeps its items and price'); END;
