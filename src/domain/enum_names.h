#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace hss::domain {

/// The texts of an enumeration whose values count up from 0: one array, both directions.
template <class Enum, std::size_t N>
struct EnumNames {
  std::array<std::string_view, N> names;

  constexpr std::string_view operator[](Enum value) const {
    return names[static_cast<std::size_t>(value)];
  }

  constexpr std::optional<Enum> find(std::string_view text) const {
    for (std::size_t i = 0; i < N; ++i) {
      if (names[i] == text) return static_cast<Enum>(i);
    }
    return std::nullopt;
  }
};

}  // namespace hss::domain
