#pragma once

#include <cstdint>
#include <string>

#include "domain/events/event.h"
#include "storage/sqlite/connection.h"

namespace hss::storage {

/// The audit trail as a hash chain. An event's hash is the SHA-256 of the JSON array
///
///   [id, previous_hash, event_type, booking_id, payload, actor, actor_role, request_id,
///    created_at]
///
/// without white space, where `previous_hash` is the hash of the event before it (32 zero bytes
/// before the first) in hex, `payload` the stored text as a string, and an absent booking_id null.
/// `booking_seq` only helps to find a booking's events. A row that is changed, removed or reordered
/// outside the program breaks the chain.
struct ChainLink {
  std::int64_t id = 0;
  std::string hash = std::string(32, '\0');  ///< 32 bytes
};

std::string chain_hash(const domain::AuditEvent& event, const std::string& previous_hash);

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
