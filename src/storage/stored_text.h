#pragma once

#include <string_view>

namespace hss::storage {

/// True if HSS can have stored this text: it is UTF-8 without a zero, checked at the door. Anything
/// else comes from damage, as a block that was lost reads as zeroes.
bool is_stored_text(std::string_view text);

/// The same of a time (RFC 3339, UTC, milliseconds), as domain::to_rfc3339() gives it.
bool is_stored_time(std::string_view text);

}  // namespace hss::storage
