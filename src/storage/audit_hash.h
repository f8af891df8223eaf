#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "domain/events/event.h"

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

/// An event's payload as it is stored and hashed: a JSON object without white space.
std::string payload_json(const domain::Payload& payload);

/// The hash by which an event knows what is kept outside the chain, so that it can be erased: the
/// SHA-256 of salt and text in hexadecimal. Empty if there is no text.
std::string hash_of_personal(std::string_view salt, std::string_view text);

}  // namespace hss::storage
