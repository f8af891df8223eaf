#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace hss::domain {

/// Named values of an event, in the order in which they are written.
using Payload = std::vector<std::pair<std::string, std::variant<std::string, std::int64_t, bool>>>;

/// An event that the audit trail keeps for ever (API.md, "Events").
struct Event {
  /// About bookings: `booking_submitted`, `status_updated`, `booking_changed`, `failed_trip`,
  /// `failed_trip_undone`, `payment_captured`, `booking_claimed`, `claim_code_made`,
  /// `notification`.
  /// About accounts: `account_created`, `account_changed`, `password_changed`, `pin_changed`,
  /// `pin_locked`, `link_made`, `screen_opened`, `screen_ended`. About the business:
  /// `business_changed`, `calendar_changed`, `catalog_changed`, `residences_changed`.
  std::string type;
  std::optional<std::string> booking_id;
  Payload payload;
  std::string actor;  ///< the account, or `demo` if demo mode knows only the role
  std::string actor_role;
  std::string request_id;
  std::string created_at;
};

/// An event as stored in the audit trail.
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

/// The result of checking the whole audit trail.
struct AuditReport {
  std::int64_t events = 0;               ///< that were checked
  std::int64_t bookings = 0;             ///< likewise; none if an event is invalid
  std::optional<std::string> violation;  ///< the first violation, in a sentence
  std::string checked_at;                ///< when the check began
};

}  // namespace hss::domain
