#include "domain/notification.h"

#include "domain/faults.h"
#include "domain/form_text.h"

namespace hss::domain {

Notification validate(Notification notification) {
  constexpr std::size_t longest_message = 1000;
  Faults faults;
  notification.message = normal_text(notification.message);
  if (notification.message.empty()) {
    faults.add("message is required");
  } else {
    faults.check_text("message", notification.message,
                      {.at_most = longest_message, .may_break_lines = true});
  }
  faults.throw_if_any("The notification has faults");
  return notification;
}

}  // namespace hss::domain
