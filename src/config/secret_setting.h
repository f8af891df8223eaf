#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hss {

/// Splits HSS_JWT_SECRET at its commas, without the space around each part; none if `text` is
/// empty.
std::vector<std::string> split_token_keys(std::string_view text);

/// Throws domain::Error{validation_error} for a key that is too short.
void require_token_key(std::string_view key);

/// Throws domain::Error{validation_error} if `value` says where a secret lies (`aws-sm:…`) and is
/// not the secret itself: used as a key, anybody could guess it. The sentence does not contain the
/// value.
void require_no_reference(std::string_view value);

}  // namespace hss
