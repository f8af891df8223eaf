#include "domain/bookings/failed_trip.h"

#include "domain/bookings/booking_service.h"
#include "domain/error.h"
#include "domain/validation/form_text.h"

namespace hss::domain {
namespace {

/// The stop that staff make next; empty date: none is planned.
FailedTrip planned_stop(const Booking& booking) {
  FailedTrip trip;
  switch (booking.status) {
    case Status::submitted:
    case Status::approved:
    case Status::paid:
      if (booking.pickup_method == PickupMethod::brought) break;
      trip.date = booking.pickup_date;
      trip.window = booking.pickup_window;
      break;
    case Status::collected:
    case Status::in_storage:
      trip.kind = PlaceKind::handback;
      if (booking.handback) {
        trip.date = booking.handback->date;
        trip.window = booking.handback->window;
      }
      break;
    case Status::returned:
    case Status::declined:
    case Status::cancelled:
      break;
  }
  return trip;
}

Error nothing_planned(const Booking& booking) {
  return {ErrorCode::conflict, "Booking " + booking.id + " is " +
                                   std::string(to_text(booking.status)) +
                                   ", and no stop is planned for it"};
}

bool is_same_stop(const FailedTrip& trip, const FailedTrip& planned) {
  return trip.kind == planned.kind && trip.date == planned.date &&
         (trip.window.empty() || trip.window == planned.window);
}

/// True if the stop that is planned has not failed, once this trip has not: two staff may have
/// noted the same one.
bool can_still_be_made(Tx& tx, const Booking& booking, const FailedTrip& trip) {
  const FailedTrip planned = planned_stop(booking);
  return is_same_stop(trip, planned) && tx.bookings().count_failed_trips(booking.id, planned) <= 1;
}

void require_of_today(const FailedTrip& trip, Instant now) {
  const std::string day = to_day(from_rfc3339(trip.failed_at));
  if (day == to_day(now)) return;
  throw Error(ErrorCode::conflict, "A failed trip can be undone on its own day alone",
              {"the trip failed on " + day});
}

Payload payload_of_trip(const FailedTrip& trip, const Booking& booking) {
  return {{"kind", std::string(to_text(trip.kind))},
          {"date", trip.date},
          {"reason", trip.reason},
          {"client_id", trip.client_id},
          {"failed_trips", booking.failed_trips}};
}

}  // namespace

FailedTripRequest validate(const FailedTripForm& form) {
  constexpr std::size_t max_id_length = 80, max_reason_length = 500;
  ValidationErrors errors;
  FailedTripRequest request{
      .client_id = required_text("client_id", form.client_id, {.at_most = max_id_length}, errors)};
  if (form.undo.is_wrong_type()) errors.add("undo must be true or false");
  request.undo = form.undo.value() && *form.undo.value();
  if (!request.undo || !form.reason.is_absent()) {
    request.reason = required_text("reason", form.reason,
                                   {.at_most = max_reason_length, .may_break_lines = true}, errors);
  }
  errors.throw_if_any("The failed trip has faults");
  return request;
}

Booking BookingService::note_failed_trip(Tx& tx, std::string_view booking_id,
                                         const FailedTripRequest& request,
                                         const Caller& caller) const {
  Booking booking = tx.bookings().get(booking_id, caller.principal);
  auto trip = tx.bookings().find_failed_trip(booking.id, request.client_id);
  const Instant instant = now_();
  const std::string now = to_rfc3339(instant);
  const bool is_done = request.undo ? trip && !trip->undone_at.empty() : trip.has_value();
  if (is_done) return booking;
  booking.updated_at = now;
  if (request.undo) {
    if (!trip) throw Error(ErrorCode::not_found, "There is no such failed trip");
    require_of_today(*trip, instant);
    if (can_still_be_made(tx, booking, *trip)) booking.needs_new_date = false;
    trip->undone_at = now;
    --booking.failed_trips;
    tx.bookings().update_failed_trip(booking, *trip);
  } else {
    trip = planned_stop(booking);
    if (trip->date.empty()) throw nothing_planned(booking);
    trip->client_id = request.client_id;
    trip->reason = request.reason;
    trip->failed_at = now;
    ++booking.failed_trips;
    booking.needs_new_date = true;
    tx.bookings().insert_failed_trip(booking, *trip);
  }
  ++booking.version;
  record(tx, request.undo ? "failed_trip_undone" : "failed_trip", booking.id,
         payload_of_trip(*trip, booking), caller, now);
  return booking;
}

}  // namespace hss::domain
