#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/accounts/principal.h"
#include "domain/bookings/booking.h"
#include "domain/clock.h"
#include "domain/store.h"
#include "domain/uploads/upload.h"

namespace hss::domain {

/// The uploads that a booking's items name, found and checked before the booking is stored, and
/// claimed for it afterwards, in the same unit of work. Costs nothing where no item names one.
class Claims {
 public:
  /// Items with ids up to `last_kept` have theirs already. Throws Error{validation_error} that
  /// names every key of an upload that is not ready, not the caller's own, claimed, due, or named
  /// twice: which of these, nobody is told.
  Claims(Tx& tx, const std::vector<Item>& items, const Principal& principal, std::string_view now,
         int last_kept = 0);

  void claim(Tx& tx, const std::string& booking_id);

 private:
  std::vector<Upload> uploads_;
};

/// Says that nobody may use the photos of these items of the booking any more, which is audited:
/// their files are erased later, as those of an upload that its owner deletes.
void erase_photos(Tx& tx, const std::string& booking_id, const std::vector<int>& items,
                  const Caller& caller, Instant now);

}  // namespace hss::domain
