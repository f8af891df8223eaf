#pragma once

#include <string>

#include "domain/clock.h"

namespace hss::domain {

/// What has had its time, by a clock that shows `now`. All are RFC 3339: what is kept for a while
/// and is older than its time is deleted (Tx::delete_expired).
struct Expiry {
  std::string now;  ///< sessions, one-time links and token keys name their end themselves
  std::string idempotency_records_from;
  /// A clock that was set back further leaves answers in the future, which would not expire for as
  /// long.
  std::string answers_to;
  std::string pin_failures_from;
  std::string trusted_devices_from;
  std::string deliveries_from;  ///< those that went well, of a target's log
};

Expiry expiry_at(Instant now);

}  // namespace hss::domain
