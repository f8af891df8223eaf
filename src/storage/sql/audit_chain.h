#pragma once

#include <cstdint>
#include <string>

#include "domain/events/event.h"
#include "storage/audit_hash.h"
#include "storage/sql/connection.h"

namespace hss::storage {

/// The link of the newest event.
ChainLink last_link(Connection& connection);

/// Appends the event in the transaction that is open on the connection. `last` is the newest link,
/// and becomes the new event's. Looks up the seq of the event's booking if it is not given.
void append_to_chain(Connection& connection, ChainLink& last, const domain::Event& event,
                     std::optional<std::int64_t> booking_seq);

/// The columns of an audit event, as audit_event_of() reads them from a row's first.
#define AUDIT_COLUMNS \
  "id, event_type, booking_id, payload, actor, actor_role, request_id, created_at"
domain::AuditEvent audit_event_of(const Query& row);

/// Verifies the chain from its first event, on the view that is open. Compares each booking's
/// status with its last event, so that it also finds a booking that was changed or a tail that was
/// cut off outside the program.
domain::AuditReport verify_chain(Connection& connection);

}  // namespace hss::storage
