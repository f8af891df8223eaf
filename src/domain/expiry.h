#pragma once

#include <string>

#include "domain/clock.h"

namespace hss::domain {

/// The limits beyond which rows have expired at `now`. All are RFC 3339; Tx::delete_expired deletes
/// older rows.
struct Expiry {
  std::string now;  ///< sessions, links, claim codes and token keys store their own end
  std::string idempotency_records_from;
  /// After the clock was set back, idempotency records may have times in the future and would
  /// expire too late; records later than this are deleted, too.
  std::string answers_to;
  std::string pin_failures_from;
  std::string claim_failures_from;
  std::string trusted_devices_from;
  std::string deliveries_from;  ///< of a target's log of successful deliveries
};

Expiry expiry_at(Instant now);

}  // namespace hss::domain
