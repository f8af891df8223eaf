#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hss::api {

/// The same JSON where each number that a double would round to another one is the double beside
/// it, and each beyond the doubles is the greatest: none passes for a number that it is not.
/// Nothing where there is no such number, so that the text is good as it is. Text that is not JSON
/// stays so.
std::optional<std::string> with_exact_numbers(std::string_view json);

}  // namespace hss::api
