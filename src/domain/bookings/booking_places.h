#pragma once

#include <optional>
#include <string_view>

#include "domain/bookings/booking.h"
#include "domain/store.h"

namespace hss::domain {

/// What becomes of a window that the calendar does not have.
enum class UnknownWindow {
  rejected,  ///< a fault of the booking
  taken      ///< a client of the reference has windows of its own (demo mode)
};

/// Takes the place of a new booking. Does nothing for one that was brought, nor, reading no more
/// than that, while no calendar is saved. Throws Error{validation_error} for what is no window,
/// Error{slot_full} and Error{slot_closed} with the reason and the next free places in the details:
/// `reason=full`, `free=2026-12-01 08:00 – 11:00`. With `draft.override`, a place is taken whatever
/// is free.
void take_pickup_place(Tx& tx, const BookingDraft& draft, UnknownWindow unknown, Instant now);

/// Gives back the places that `before` takes and `after` does not, then takes those that are new,
/// and throws as take_pickup_place() does.
void move_places(Tx& tx, const Booking& before, const Booking& after, bool override,
                 UnknownWindow unknown, Instant now);

/// Gives back the places of a booking that ends before its pickup.
void give_back_places(Tx& tx, const Booking& booking);

/// The place of the booking's return; none where there is none, or it is at the store.
std::optional<Place> find_return_place(const Booking& booking);

/// True once it is too late to leave this window, or the day where the text names no hours: the
/// calendar's lead before it begins, or its beginning while no calendar is saved.
bool is_too_late_to_leave(Tx& tx, std::string_view date, std::string_view window, Instant now);

}  // namespace hss::domain
