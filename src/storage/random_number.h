#pragma once

#include <array>
#include <bit>
#include <cstdint>

#include "crypto/digest.h"

namespace hss::storage {

/// 64 bits that nobody guesses and that do not come again.
inline std::uint64_t random_number() {
  std::array<std::uint8_t, sizeof(std::uint64_t)> bytes{};
  crypto::fill_random(bytes);
  return std::bit_cast<std::uint64_t>(bytes);
}

}  // namespace hss::storage
