#pragma once

#include <string_view>

#include "domain/bookings/booking.h"
#include "domain/store.h"

namespace hss::domain {

/// What becomes of a window that the calendar does not have.
enum class UnknownWindow {
  rejected,  ///< a fault of the booking
  taken      ///< a client of the reference has windows of its own (demo mode)
};

/// Takes the place of a new booking. Does nothing, and reads no more than that, while no calendar
/// is saved. Throws Error{validation_error} for what is no window, Error{slot_full} and
/// Error{slot_closed} with the reason and the next free places in the details: `reason=full`,
/// `free=2026-12-01 08:00 – 11:00`. With `draft.override`, a place is taken whatever is free.
void take_pickup_place(Tx& tx, const BookingDraft& draft, UnknownWindow unknown, Instant now);

/// Gives back the place of a booking that ends before its pickup.
void give_back_pickup_place(Tx& tx, const Booking& booking);

}  // namespace hss::domain
