#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hss::api {

/// Replaces each number that a double would round to a different number by the double next to that,
/// and each that is out of range by the greatest double, so that no number passes for another.
/// Returns none if there is no such number and the text can be used as it is. Does not make valid
/// JSON of text that is not.
std::optional<std::string> with_exact_numbers(std::string_view json);

}  // namespace hss::api
