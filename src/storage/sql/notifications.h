#pragma once

#include "domain/events/notification_store.h"
#include "storage/sql/connection.h"

namespace hss::storage {

/// Notifications to customers. `Interface` is domain::NotificationReader, or
/// domain::NotificationWriter, which includes it.
template <class Interface>
class NotificationQueries : public Interface {
 public:
  explicit NotificationQueries(Connection& connection) : connection_(connection) {}

  domain::Slice<domain::SentNotification> list(std::string_view booking_id,
                                               const domain::Page& page) override;

 protected:
  Connection& connection_;
};

using SqlNotificationReader = NotificationQueries<domain::NotificationReader>;

class SqlNotificationWriter final : public NotificationQueries<domain::NotificationWriter> {
 public:
  using NotificationQueries::NotificationQueries;

  void insert(const domain::Notification& notification, std::string_view created_at) override;
};

}  // namespace hss::storage
