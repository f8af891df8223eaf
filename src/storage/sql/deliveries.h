#pragma once

#include <optional>
#include <string>

#include "domain/events/outbox.h"
#include "storage/sql/connection.h"

namespace hss::storage {

/// The columns of an audit event `e` and its booking `b`, as outbox_event_of() reads them.
#define EVENT_COLUMNS "e.id, e.event_type, e.booking_id, e.payload, e.created_at, b.owner, e.hash"
/// The columns of a delivery `d`, after those.
#define DELIVERY_COLUMNS                                                                  \
  "d.target, d.state, d.tries, d.next_try_at, d.first_failed_at, d.status_code, d.error," \
  " d.took_ms, d.updated_at"
// SQLite estimates the table's own key to be as good as an index of few of its rows, so each query
// names its index.
#define SELECT_DELIVERIES(by)                                            \
  "SELECT " EVENT_COLUMNS ", " DELIVERY_COLUMNS " FROM deliveries d " by \
  " CROSS JOIN audit_events e ON e.id = d.event_id"                      \
  " LEFT JOIN bookings b ON b.seq = e.booking_seq WHERE "

domain::OutboxEvent outbox_event_of(const Query& row);
/// Reads a row of SELECT_DELIVERIES.
domain::Delivery delivery_of(const Query& row);

/// Implements domain::OutboxReader::list_deliveries().
domain::Slice<domain::Delivery> list_deliveries(Connection& connection,
                                                const std::optional<std::string>& target,
                                                std::optional<domain::DeliveryState> state,
                                                const domain::Page& page);

}  // namespace hss::storage
