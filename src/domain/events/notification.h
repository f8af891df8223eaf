#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace hss::domain {

/// A message from staff, about a booking or to everyone.
struct Notification {
  std::string message;  ///< 1 to 1,000 characters
  std::optional<std::string> booking_id;
  std::string actor{};  ///< its author, as Event::actor; the caller sets it
  std::string actor_role{};
};

/// A notification as it was sent.
struct SentNotification {
  std::int64_t id = 0;
  std::string message;
  std::string actor;  ///< its author, as Event::actor
  std::string actor_role;
  std::string created_at;  ///< RFC 3339
};

/// Returns the notification with its message trimmed. Throws Error{validation_error} with every
/// error.
Notification validate(Notification notification);

}  // namespace hss::domain
