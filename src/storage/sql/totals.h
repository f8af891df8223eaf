#pragma once

#include <cstdint>
#include <string_view>

#include "domain/bookings/booking.h"
#include "domain/bookings/item_change.h"
#include "domain/payments/payment.h"
#include "storage/sql/connection.h"

namespace hss::storage {

/// Totals of what becomes of bookings, on engines without triggers for them; schema.sql has the
/// same as triggers for SQLite. New bookings are counted by new_bookings.h.

/// Moves the booking to the totals of another status. Called before its row is changed.
void count_step(Connection& connection, std::string_view booking_id, domain::Status status);

/// Counts another price and length of a booking, on every engine, as no trigger does.
void count_change(Connection& connection, std::int64_t seq, const domain::Booking& before,
                  const domain::Booking& after);

/// Counts other items of a booking, likewise.
void count_items_change(Connection& connection, std::int64_t seq, const domain::ItemsChange& items);

void count_payment(Connection& connection, const domain::Payment& payment);

/// Each makes the row of totals if there is none.
void insert_item_type(Connection& connection, std::string_view type);
void insert_duration(Connection& connection, int months);
void insert_week(Connection& connection, std::string_view week);

}  // namespace hss::storage
