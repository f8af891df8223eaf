#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "domain/bookings/booking.h"
#include "domain/bookings/failed_trip.h"
#include "storage/sql/connection.h"

namespace hss::storage {

/// What happened to a booking: domain::BookingReader's find_steps(), find_events(),
/// find_failed_trip() and count_failed_trips(). The first two read the audit trail.
std::vector<domain::BookingStep> read_steps(Connection& connection, std::string_view booking_id);
std::vector<domain::BookingEvent> read_events(Connection& connection, std::string_view booking_id);
std::optional<domain::FailedTrip> read_failed_trip(Connection& connection,
                                                   std::string_view booking_id,
                                                   std::string_view client_id);
int count_trips_to(Connection& connection, std::string_view booking_id,
                   const domain::FailedTrip& stop);

}  // namespace hss::storage
