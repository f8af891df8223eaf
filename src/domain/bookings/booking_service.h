#pragma once

#include <string_view>

#include "domain/accounts/principal.h"
#include "domain/bookings/booking.h"
#include "domain/clock.h"
#include "domain/events/notification.h"
#include "domain/payments/payment.h"
#include "domain/reference.h"
#include "domain/store.h"

namespace hss::domain {

/// The use cases. Each checks the rules and makes one change with its audit event, inside the unit
/// of work that it is handed. Thread-safe; holds no state of its own.
class BookingService {
 public:
  BookingService(Clock now, RandomBytes random);

  /// Prices the draft from the catalogue and submits it, as the booking of a customer who has an
  /// account. Throws Error{price_changed} where the
  /// draft states other amounts, with the quote in the details.
  Booking create(Tx& tx, const BookingDraft& draft, const Caller& caller) const;

  /// Takes the step, or nothing where the booking stands there already (no event then). Throws
  /// Error{not_found}, Error{conflict}, also where the booking does not stand where the request
  /// takes it from, and Error{forbidden} where a customer with an account asks for any step but to
  /// cancel.
  Booking change_status(Tx& tx, std::string_view booking_id, const StatusRequest& request,
                        const Caller& caller) const;

  /// Captures the booking's total. Throws Error{not_found}, or Error{conflict} unless approved.
  Payment pay(Tx& tx, std::string_view booking_id, const std::string& method,
              const Caller& caller) const;

  /// Stores the message. Throws Error{not_found} where it names a booking that does not exist.
  void notify(Tx& tx, const Notification& notification, const Caller& caller) const;

 private:
  void record(Tx& tx, std::string_view type, std::optional<std::string> booking_id, Payload payload,
              const Caller& caller, std::string_view at) const;

  Clock now_;
  RandomBytes random_;
};

}  // namespace hss::domain
