#pragma once

#include <cstdint>
#include <string>

#include "domain/events/event.h"
#include "storage/audit_hash.h"
#include "storage/sqlite/connection.h"

namespace hss::storage {

/// The link of the newest event.
ChainLink last_link(Connection& connection);

/// Appends the event in the transaction that is open on the connection. `last` is its newest link,
/// which moves on to the new event. The seq of the event's booking is looked up where it is not
/// given.
void append_to_chain(Connection& connection, ChainLink& last, const domain::Event& event,
                     std::optional<std::int64_t> booking_seq);

/// Walks the chain, on the view that is open, from its first event, and holds each booking's status
/// against what its last event says, so that a booking changed or a tail cut off outside the
/// program shows as well.
domain::AuditReport verify_chain(Connection& connection);

}  // namespace hss::storage
