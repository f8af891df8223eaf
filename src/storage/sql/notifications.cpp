#include "storage/sql/notifications.h"

#include <string>

#include "storage/sql/page.h"

namespace hss::storage {

template <class Interface>
domain::Slice<domain::SentNotification> NotificationQueries<Interface>::list(
    std::string_view booking_id, const domain::Page& page) {
  Query rows(connection_,
             "SELECT id, message, created_at, actor, actor_role FROM notifications"
             " WHERE booking_id = ? AND id < ?"
             " ORDER BY id DESC LIMIT ? OFFSET ?",
             booking_id, number_of_cursor(page), page.limit + 1, page.offset);
  return slice_of<domain::SentNotification>(
      rows, page,
      [](const Query& row) {
        return domain::SentNotification{.id = row.integer(0),
                                        .message = row.text(1),
                                        .actor = row.text(3),
                                        .actor_role = row.text(4),
                                        .created_at = row.text(2)};
      },
      [](const domain::SentNotification& last) { return std::to_string(last.id); });
}

void SqlNotificationWriter::insert(const domain::Notification& notification,
                                   std::string_view created_at) {
  enqueue(connection_,
          "INSERT INTO notifications (id, booking_id, message, created_at, actor, actor_role)"
          " SELECT coalesce(max(id), 0) + 1, ?, ?, ?, ?, ? FROM notifications",
          notification.booking_id, notification.message, created_at, notification.actor,
          notification.actor_role);
}

template class NotificationQueries<domain::NotificationReader>;
template class NotificationQueries<domain::NotificationWriter>;

}  // namespace hss::storage
