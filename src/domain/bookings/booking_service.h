#pragma once

#include <optional>
#include <string_view>

#include "domain/accounts/principal.h"
#include "domain/bookings/booking.h"
#include "domain/bookings/booking_change.h"
#include "domain/bookings/booking_places.h"
#include "domain/bookings/claim_code.h"
#include "domain/bookings/failed_trip.h"
#include "domain/clock.h"
#include "domain/events/notification.h"
#include "domain/payments/payment.h"
#include "domain/reference.h"
#include "domain/store.h"

namespace hss::domain {

/// Throws Error{forbidden} if somebody else than staff would override the calendar.
void require_override_of_staff(bool override, const Principal& principal);

/// The use cases for bookings. Each checks the rules and makes one change with its audit event,
/// inside the unit of work that it receives. Thread-safe; has no state of its own.
class BookingService {
 public:
  BookingService(Clock now, RandomBytes random,
                 UnknownWindow unknown_window = UnknownWindow::rejected);

  /// Prices the draft from the catalogue and submits it, for a customer's account if there is one.
  /// Throws what with_todays_prices(), changed_address() and take_pickup_place() throw,
  /// Error{price_changed} if the draft states other amounts, with the quote in the details,
  /// Error{terms_changed} if the terms that were accepted are not today's, and Error{forbidden} if
  /// a customer would override, or say that the things were brought.
  Booking create(Tx& tx, const BookingDraft& draft, const Caller& caller) const;

  /// Takes the step, or does nothing if the booking is in that state already (no event then).
  /// Throws Error{not_found}, Error{conflict}, also if the booking is not in the state that the
  /// request expects, and Error{forbidden} if a customer with an account asks for any step but to
  /// cancel.
  Booking change_status(Tx& tx, std::string_view booking_id, const StatusRequest& request,
                        const Caller& caller) const;

  /// Makes the change, or nothing if all is so already (no event then). Throws Error{not_found};
  /// Error{validation_error} for a return that is incomplete or before the pickup; Error{conflict}
  /// where the booking's status or the calendar's lead leaves it to staff, or to nobody;
  /// Error{price_changed} unless `expected_total` is the new one; Error{unpaid_change} for another
  /// price after the payment; Error{forbidden} if a customer would override; and what
  /// changed_address(), take_pickup_place(), changed_items() and Claims throw. An approved booking
  /// whose items, price or day a customer changes is submitted again, unless the calendar says that
  /// this needs none.
  Booking change(Tx& tx, std::string_view booking_id, const BookingChange& change,
                 const Caller& caller) const;

  /// Notes that a pickup or a return could not be made, once for a `client_id`, or that on the same
  /// day it was no failure after all. Throws Error{not_found}, and Error{conflict} for a booking
  /// with nothing planned, or a trip of another day.
  Booking note_failed_trip(Tx& tx, std::string_view booking_id, const FailedTripRequest& request,
                           const Caller& caller) const;

  /// Makes a code by which a customer takes the booking into their account; an earlier one holds no
  /// more. Throws Error{not_found}, and Error{conflict} if the booking has an account.
  ClaimCode make_claim_code(Tx& tx, std::string_view booking_id, const Caller& caller) const;

  /// Gives the booking to the caller's account, by its code as they typed it. None for any miss,
  /// which then counts: five in an hour, and Error{rate_limited} is thrown whatever the code. The
  /// caller's own booking needs no code.
  std::optional<Booking> claim(Tx& tx, std::string_view booking_id, std::string_view code,
                               const Caller& caller) const;

  /// Captures the booking's total. Throws Error{not_found}, or Error{conflict} unless approved.
  Payment pay(Tx& tx, std::string_view booking_id, const std::string& method,
              const Caller& caller) const;

  /// Stores the message. Throws Error{not_found} if it names a booking that does not exist.
  void notify(Tx& tx, const Notification& notification, const Caller& caller) const;

 private:
  void submit_again(Tx& tx, Booking& booking, const Caller& caller) const;
  void record(Tx& tx, std::string_view type, std::optional<std::string> booking_id, Payload payload,
              const Caller& caller, std::string_view at) const;

  Clock now_;
  RandomBytes random_;
  UnknownWindow unknown_window_;
};

}  // namespace hss::domain
