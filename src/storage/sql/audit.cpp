#include "storage/sql/audit.h"

#include <string>

#include "storage/json_text.h"
#include "storage/sql/audit_chain.h"
#include "storage/sql/page.h"

namespace hss::storage {
namespace {

domain::AuditEvent whole_event_of(const Query& row) {
  domain::AuditEvent event = audit_event_of(row);
  require_json(event.payload);
  return event;
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
        rows, page, whole_event_of,
        [](const domain::AuditEvent& last) { return std::to_string(last.id); });
  };
#define SELECT_AUDIT "SELECT " AUDIT_COLUMNS " FROM audit_events WHERE "
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

void SqlAuditWriter::append(const domain::Event& event) {
  if (!cache_.last_link) cache_.last_link = last_link(connection_);
  const auto& last = cache_.last_booking;
  const bool is_of_last_booking = last && event.booking_id == last->id;
  append_to_chain(connection_, *cache_.last_link, event,
                  is_of_last_booking ? std::optional(last->seq) : std::nullopt);
}

template class AuditQueries<domain::AuditReader>;
template class AuditQueries<domain::AuditWriter>;

}  // namespace hss::storage
