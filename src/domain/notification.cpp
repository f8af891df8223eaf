#include "domain/notification.h"

#include "domain/faults.h"
#include "domain/form_text.h"

namespace hss::domain {

Notification validate(Notification notification) {
  constexpr std::size_t max_message_length = 1000;
  Faults faults;
  notification.message = normal_text(notification.message);
  if (notification.message.empty()) {
    faults.add("message is required");
  } else {
    faults.check_text("message", notification.message,
                      {.at_most = max_message_length, .may_break_lines = true});
  }
  faults.throw_if_any("The notification has faults");
  return notification;
}

}  // namespace hss::domain
