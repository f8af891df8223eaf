#pragma once

#include <string_view>

#include "domain/events/notification.h"
#include "domain/page.h"

namespace hss::domain {

class NotificationReader {
 public:
  virtual ~NotificationReader() = default;

  /// Lists the notifications about the booking, newest first.
  virtual Slice<SentNotification> list(std::string_view booking_id, const Page& page) = 0;
};

class NotificationWriter : public NotificationReader {
 public:
  virtual void insert(const Notification& notification, std::string_view created_at) = 0;
};

}  // namespace hss::domain
