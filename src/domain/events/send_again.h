#pragma once

#include <cstdint>
#include <string_view>

#include "domain/store.h"

namespace hss::domain {

/// The event is due at `now` (RFC 3339), for this target alone. Throws Error{not_found} where the
/// target has no delivery of it, Error{conflict} where it is a webhook that is disabled.
void send_again(Tx& tx, std::string_view target, std::int64_t event_id, std::string_view now);
/// The same of all that are set aside; gives how many there were.
std::int64_t send_dead_again(Tx& tx, std::string_view target, std::string_view now);

}  // namespace hss::domain
