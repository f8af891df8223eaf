#include "storage/sql/totals.h"

#include <map>
#include <string>

#include "domain/clock.h"

namespace hss::storage {

void count_step(Connection& connection, std::string_view booking_id, domain::Status status) {
// The booking, if it is counted already and goes to another status.
#define MOVED                                     \
  " FROM bookings WHERE id = ?1 AND status <> ?2" \
  " AND seq <= (SELECT seq FROM bookings_taken_in)"
  const std::string_view to = domain::to_text(status);
  enqueue(connection,
          "UPDATE status_totals SET count = count - 1, value = value - (SELECT total" MOVED
          ") WHERE status = (SELECT status" MOVED ")",
          booking_id, to);
  enqueue(connection,
          "UPDATE status_totals SET count = count + 1, value = value + (SELECT total" MOVED
          ") WHERE status = ?2 AND EXISTS (SELECT 1" MOVED ")",
          booking_id, to);
#undef MOVED
}

// A booking behind those that are counted is counted later, as it is then.
#define IF_COUNTED " AND EXISTS (SELECT 1 FROM bookings_taken_in t WHERE t.seq >= ?)"

void count_change(Connection& connection, std::int64_t seq, const domain::Booking& before,
                  const domain::Booking& after) {
  if (before.price.total != after.price.total) {
    enqueue(connection, "UPDATE status_totals SET value = value + ? WHERE status = ?" IF_COUNTED,
            after.price.total.cents - before.price.total.cents, domain::to_text(before.status),
            seq);
  }
  const int from = before.price.duration_months, to = after.price.duration_months;
  if (from == to) return;
  insert_duration(connection, to);
  constexpr const char* add =
      "UPDATE duration_totals SET count = count + ? WHERE duration_months = ?" IF_COUNTED;
  enqueue(connection, add, -1, from, seq);
  enqueue(connection, add, 1, to, seq);
}

void count_items_change(Connection& connection, std::int64_t seq,
                        const domain::ItemsChange& items) {
  std::map<std::string, std::int64_t> more;
  for (const domain::Item& item : items.before) --more[item.type];
  for (const domain::Item& item : items.after) ++more[item.type];
  for (const auto& [type, pieces] : more) {
    if (pieces == 0) continue;
    insert_item_type(connection, type);
    enqueue(connection, "UPDATE item_totals SET count = count + ? WHERE item_type = ?" IF_COUNTED,
            pieces, type, seq);
  }
}

#undef IF_COUNTED

void insert_item_type(Connection& connection, std::string_view type) {
  // The table of one row is there as MySQL takes no WHERE without a table.
  enqueue(connection,
          "INSERT INTO item_totals (item_type, count) SELECT ?1, 0 FROM payment_totals"
          " WHERE NOT EXISTS (SELECT 1 FROM item_totals WHERE item_type = ?1)",
          type);
}

void insert_duration(Connection& connection, int months) {
  // The table of one row is there as MySQL takes no WHERE without a table.
  enqueue(connection,
          "INSERT INTO duration_totals (duration_months, count) SELECT ?1, 0 FROM payment_totals"
          " WHERE NOT EXISTS (SELECT 1 FROM duration_totals WHERE duration_months = ?1)",
          months);
}

void insert_week(Connection& connection, std::string_view week) {
  // The table of one row is there as MySQL takes no WHERE without a table.
  enqueue(connection,
          "INSERT INTO week_totals (week, bookings, revenue) SELECT ?1, 0, 0 FROM payment_totals"
          " WHERE NOT EXISTS (SELECT 1 FROM week_totals WHERE week = ?1)",
          week);
}

void count_payment(Connection& connection, const domain::Payment& payment) {
  enqueue(connection, "UPDATE payment_totals SET count = count + 1, value = value + ?",
          payment.amount.cents);
  const std::string week = domain::to_week(domain::from_rfc3339(payment.created_at));
  insert_week(connection, week);
  enqueue(connection, "UPDATE week_totals SET revenue = revenue + ? WHERE week = ?",
          payment.amount.cents, week);
}

}  // namespace hss::storage
