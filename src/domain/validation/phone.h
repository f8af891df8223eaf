#pragma once

#include <string>
#include <string_view>

namespace hss::domain {

/// True for a telephone number as people write it: 7 to 15 digits, with a `+` before them at most,
/// and spaces, dots, hyphens, slashes and brackets between them.
bool is_phone(std::string_view text);

/// The number in E.164, `+27821234567`; one without a country's code is South African. Empty where
/// the text leaves that open.
std::string to_e164(std::string_view phone);

}  // namespace hss::domain
