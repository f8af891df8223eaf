#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace hss::domain {

/// Named values of an event, in the order in which they are told.
using Payload = std::vector<std::pair<std::string, std::variant<std::string, std::int64_t, bool>>>;

/// Something that happened and is kept for ever in the audit trail (API.md, "Events").
struct Event {
  /// Of bookings: `booking_submitted`, `status_updated`, `payment_captured`, `notification`. Of who
  /// can sign in: `account_created`, `account_changed`, `password_changed`, `pin_changed`,
  /// `pin_locked`, `link_made`, `screen_opened`, `screen_ended`.
  std::string type;
  std::optional<std::string> booking_id;
  Payload payload;
  std::string actor;  ///< the account, or `demo` where demo mode knows only the role
  std::string actor_role;
  std::string request_id;
  std::string created_at;
};

/// An event as the audit trail has it.
struct AuditEvent {
  std::int64_t id = 0;  ///< counts up from 1 without a gap
  std::string type;
  std::optional<std::string> booking_id;
  std::string payload;  ///< a JSON object
  std::string actor;
  std::string actor_role;
  std::string request_id;
  std::string created_at;
};

/// What a look through the whole audit trail found.
struct AuditReport {
  std::int64_t events = 0;               ///< that were looked at
  std::int64_t bookings = 0;             ///< likewise; none where an event does not hold
  std::optional<std::string> violation;  ///< the first thing that does not hold, in a sentence
  std::string checked_at;                ///< when the look began
};

}  // namespace hss::domain
