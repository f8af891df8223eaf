#include "storage/sql/totals.h"

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
