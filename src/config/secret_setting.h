#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hss {

/// Splits HSS_JWT_SECRET at its commas into keys, without the space around each; none if `text` is
/// empty. Throws domain::Error{validation_error} for a key that is too short, or a reference (as
/// below).
std::vector<std::string> parse_token_keys(std::string_view text);

/// Throws domain::Error{validation_error} if `value` names the place of a secret (`aws-sm:…`) and
/// is not the secret itself: used as a key, anybody could guess it. The sentence does not contain
/// the value.
void require_no_reference(std::string_view value);

}  // namespace hss
