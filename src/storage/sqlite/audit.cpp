#include "storage/sqlite/audit.h"

#include <string>

#include "storage/json_text.h"
#include "storage/sqlite/audit_chain.h"
#include "storage/sqlite/page.h"

namespace hss::storage {
namespace {

domain::AuditEvent audit_event_of(const Query& row) {
  require_json(row.text(3));
  return {.id = row.integer(0),
          .type = row.text(1),
          .booking_id = row.optional_text(2),
          .payload = row.text(3),
          .actor = row.text(4),
          .actor_role = row.text(5),
          .request_id = row.text(6),
          .created_at = row.text(7)};
}

}  // namespace

template <class Interface>
domain::Slice<domain::AuditEvent> AuditQueries<Interface>::list(const domain::AuditFilter& filter,
                                                                const domain::Page& page) {
  const std::int64_t before = number_of_cursor(page);
  const int limit = page.limit + 1;
  const auto list = [&](const char* sql, const auto&... conditions) {
    Query rows(connection_, sql, conditions..., before, limit, page.offset);
    return slice_of<domain::AuditEvent>(
        rows, page, audit_event_of,
        [](const domain::AuditEvent& last) { return std::to_string(last.id); });
  };
#define SELECT_AUDIT                                                            \
  "SELECT id, event_type, booking_id, payload, actor, actor_role, request_id, " \
  "created_at FROM audit_events WHERE "
#define AUDIT_OF_BOOKING "booking_seq = (SELECT seq FROM bookings WHERE id = ?) "
#define NEWEST_EVENT_FIRST "id < ? ORDER BY id DESC LIMIT ? OFFSET ?"
  if (filter.booking_id && filter.event_type) {
    // The plus keeps SQLite from the index by type: a booking has a handful of events, a type has
    // millions.
    return list(SELECT_AUDIT AUDIT_OF_BOOKING "AND +event_type = ? AND " NEWEST_EVENT_FIRST,
                *filter.booking_id, *filter.event_type);
  }
  if (filter.booking_id) {
    return list(SELECT_AUDIT AUDIT_OF_BOOKING "AND " NEWEST_EVENT_FIRST, *filter.booking_id);
  }
  if (filter.event_type) {
    return list(SELECT_AUDIT "event_type = ? AND " NEWEST_EVENT_FIRST, *filter.event_type);
  }
  return list(SELECT_AUDIT NEWEST_EVENT_FIRST);
}

template <class Interface>
domain::AuditReport AuditQueries<Interface>::verify() {
  return verify_chain(connection_);
}

void SqliteAuditWriter::append(const domain::Event& event) {
  if (!cache_.last_link) cache_.last_link = last_link(connection_);
  const bool is_of_last_booking = event.booking_id == cache_.last_booking.id;
  append_to_chain(connection_, *cache_.last_link, event,
                  is_of_last_booking ? std::optional(cache_.last_booking.seq) : std::nullopt);
}

template class AuditQueries<domain::AuditReader>;
template class AuditQueries<domain::AuditWriter>;

}  // namespace hss::storage
