#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/accounts/principal.h"
#include "domain/bookings/booking.h"
#include "domain/store.h"
#include "domain/uploads/upload.h"

namespace hss::domain {

/// The uploads that a booking's items name, found and checked before the booking is stored, and
/// claimed for it afterwards, in the same unit of work. Costs nothing where no item names one.
class Claims {
 public:
  /// Throws Error{validation_error} that names every key of an upload that is not ready, not the
  /// caller's own, claimed, due, or named twice: which of these, nobody is told.
  Claims(Tx& tx, const std::vector<Item>& items, const Principal& principal, std::string_view now);

  void claim(Tx& tx, const std::string& booking_id);

 private:
  std::vector<Upload> uploads_;
};

}  // namespace hss::domain
