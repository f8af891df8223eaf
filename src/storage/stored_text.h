#pragma once

#include <string_view>

namespace hss::storage {

/// True if HSS can have stored this text: UTF-8 without zero bytes, which is checked on input. Any
/// other text comes from damage, as a lost block reads as zeroes.
bool is_stored_text(std::string_view text);

/// True if HSS can have stored this time (RFC 3339, UTC, milliseconds), as domain::to_rfc3339()
/// writes it.
bool is_stored_time(std::string_view text);

}  // namespace hss::storage
