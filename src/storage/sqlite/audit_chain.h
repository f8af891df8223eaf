#pragma once

#include <cstdint>
#include <string>

#include "domain/events/event.h"
#include "storage/sqlite/connection.h"

namespace hss::storage {

/// The audit trail as a hash chain. An event's hash is the SHA-256 of the JSON array
///
///   [id, previous_hash, event_type, booking_id, payload, actor, actor_role, request_id,
///   created_at]
///
/// without white space, where `previous_hash` is the hash of the event before it (32 zero bytes
/// before the first) in hex, `payload` the stored text as a string, and an absent booking_id null.
/// `booking_seq` only helps to find a booking's events. Changing, removing or reordering rows
/// behind the program's back breaks it.
struct ChainLink {
  std::int64_t id = 0;
  std::string hash = std::string(32, '\0');  ///< 32 bytes
};

std::string chain_hash(const domain::AuditEvent& event, const std::string& previous_hash);

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
