#pragma once

#include <string_view>

#include "domain/bookings/lifecycle.h"
#include "domain/payments/payment.h"
#include "storage/sql/connection.h"

namespace hss::storage {

/// Totals of what becomes of bookings, on engines without triggers for them; schema.sql has the
/// same as triggers for SQLite. New bookings are counted by new_bookings.h.

/// Moves the booking to the totals of another status. Called before its row is changed.
void count_step(Connection& connection, std::string_view booking_id, domain::Status status);

void count_payment(Connection& connection, const domain::Payment& payment);

/// Makes the week's row of totals if there is none.
void insert_week(Connection& connection, std::string_view week);

}  // namespace hss::storage
