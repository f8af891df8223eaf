#pragma once

#include <cstdint>
#include <string_view>

#include "domain/store.h"

namespace hss::domain {

/// Makes the event due at `now` (RFC 3339), for this target only. Throws Error{not_found} if the
/// target has no delivery of it, Error{conflict} if it is a disabled webhook.
void send_again(Tx& tx, std::string_view target, std::int64_t event_id, std::string_view now);
/// The same for all dead-lettered events; returns how many there were.
std::int64_t send_dead_again(Tx& tx, std::string_view target, std::string_view now);

}  // namespace hss::domain
