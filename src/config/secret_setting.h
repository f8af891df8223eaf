#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hss {

/// The keys of HSS_JWT_SECRET, separated by commas, without the space around each; none where
/// `text` is empty. Throws domain::Error{validation_error} for one that is too short to be a key,
/// or a reference (as below).
std::vector<std::string> parse_token_keys(std::string_view text);

/// Throws domain::Error{validation_error} where `value` says where a secret lies (`aws-sm:…`) and
/// is none itself: taken as it stands, it would be a secret that anybody can guess. The sentence
/// does not hold the value.
void require_no_reference(std::string_view value);

}  // namespace hss
