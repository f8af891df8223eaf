#include "domain/notification.h"

#include <vector>

#include "domain/error.h"
#include "domain/text.h"

namespace hss::domain {

Notification validate(Notification notification) {
  constexpr std::size_t longest_message = 1000;
  std::vector<std::string> faults;
  notification.message = std::string(trim(notification.message));
  if (notification.message.empty()) faults.emplace_back("message is required");
  if (character_count(notification.message) > longest_message) {
    faults.push_back("message must be at most " + std::to_string(longest_message) + " characters");
  }
  if (has_control_characters(notification.message)) {
    faults.emplace_back("message must not contain control characters");
  }
  if (!faults.empty()) {
    throw Error(ErrorCode::validation_error, "The notification has faults", std::move(faults));
  }
  return notification;
}

}  // namespace hss::domain
