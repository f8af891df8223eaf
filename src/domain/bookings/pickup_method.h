#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace hss::domain {

/// How the things get to the store: staff collect them, or the customer has brought them.
enum class PickupMethod { collect, brought };

inline constexpr std::array all_pickup_methods{PickupMethod::collect, PickupMethod::brought};

std::string_view to_text(PickupMethod method);
std::optional<PickupMethod> find_pickup_method(std::string_view text);

/// The window of what was brought where none is given. It names no hours, so it takes no place.
inline constexpr std::string_view store_window = "At the store";

}  // namespace hss::domain
