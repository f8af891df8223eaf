#pragma once

#include <string_view>

namespace hss::domain {

/// True for a telephone number as people write it: 7 to 15 digits, with a `+` before them at most,
/// and spaces, dots, hyphens, slashes and brackets between them.
bool is_phone(std::string_view text);

}  // namespace hss::domain
