-- Brings a file of version 1 to 2: lists by pickup date, and figures by week, item and duration.

CREATE INDEX bookings_by_pickup ON bookings (pickup_date);
CREATE INDEX bookings_by_status_and_pickup ON bookings (status, pickup_date);

CREATE TABLE week_totals (
  week     TEXT PRIMARY KEY,
  bookings INTEGER NOT NULL DEFAULT 0,
  revenue  INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE item_totals (
  item_type TEXT PRIMARY KEY,
  count     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE duration_totals (
  duration_months INTEGER PRIMARY KEY,
  count           INTEGER NOT NULL
) STRICT;

CREATE TRIGGER payments_count_week AFTER INSERT ON payments
WHEN date(NEW.created_at) IS NOT NULL
BEGIN
  INSERT INTO week_totals (week, revenue)
  VALUES (date(NEW.created_at, '+2 hours', '-6 days', 'weekday 1'), NEW.amount)
  ON CONFLICT (week) DO UPDATE SET revenue = revenue + excluded.revenue;
END;

-- Bookings that the search index has not, version 2 takes in with its first commit.
INSERT INTO week_totals (week, bookings)
SELECT date(created_at, '+2 hours', '-6 days', 'weekday 1') AS its_week, count(*)
FROM bookings WHERE seq <= (SELECT seq FROM booking_search_mark)
GROUP BY its_week HAVING its_week IS NOT NULL;

INSERT INTO week_totals (week, revenue)
SELECT date(created_at, '+2 hours', '-6 days', 'weekday 1') AS its_week, sum(amount)
FROM payments GROUP BY its_week HAVING its_week IS NOT NULL
ON CONFLICT (week) DO UPDATE SET revenue = excluded.revenue;

INSERT INTO item_totals (item_type, count)
SELECT item_type, count(*) FROM booking_items
WHERE booking_seq <= (SELECT seq FROM booking_search_mark) GROUP BY item_type;

INSERT INTO duration_totals (duration_months, count)
SELECT duration_months, count(*) FROM bookings
WHERE seq <= (SELECT seq FROM booking_search_mark) GROUP BY duration_months;
