#pragma once

#include <string>
#include <string_view>

#include "domain/bookings/booking.h"
#include "domain/bookings/claim_code.h"

namespace hss::domain {

/// The wrong codes of an account after some time.
struct ClaimFailures {
  int count = 0;
  std::string first_at;  ///< empty if there are none
};

/// The codes of bookings without an account, and the wrong ones that were tried. May throw as
/// Reader says.
class ClaimCodeStore {
 public:
  virtual ~ClaimCodeStore() = default;

  /// In place of the booking's earlier code. Of a code, only its hash is stored.
  virtual void put(std::string_view booking_id, const ClaimCode& code) = 0;
  /// True if it is the booking's code, and ends after `now`.
  virtual bool holds(std::string_view booking_id, std::string_view code, std::string_view now) = 0;
  /// Stores the owner and updated_at of a booking that had no owner, as its next version, and
  /// deletes its code.
  virtual void give(const Booking& booking) = 0;

  virtual ClaimFailures failures(std::string_view account_id, std::string_view since) = 0;
  /// Also deletes the account's failures up to `since`.
  virtual void insert_failure(std::string_view account_id, std::string_view failed_at,
                              std::string_view since) = 0;
};

}  // namespace hss::domain
