#include "domain/events/notification.h"

#include "domain/validation/form_text.h"
#include "domain/validation/validation_errors.h"

namespace hss::domain {

Notification validate(Notification notification) {
  constexpr std::size_t max_message_length = 1000;
  ValidationErrors errors;
  notification.message = normal_text(notification.message);
  if (notification.message.empty()) {
    errors.add("message is required");
  } else {
    errors.check_text("message", notification.message,
                      {.at_most = max_message_length, .may_break_lines = true});
  }
  errors.throw_if_any("The notification has faults");
  return notification;
}

}  // namespace hss::domain
