#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <string>

#include "crypto/digest.h"

namespace hss::storage {

/// 64 bits that nobody guesses and that do not come again.
inline std::uint64_t random_number() {
  std::array<std::uint8_t, sizeof(std::uint64_t)> bytes{};
  crypto::fill_random(bytes);
  return std::bit_cast<std::uint64_t>(bytes);
}

/// The revision of a server's data after a change. The sign is left out, as engines' numbers have
/// one.
inline std::int64_t random_revision() {
  return static_cast<std::int64_t>(random_number() >> 1);
}

/// 32 hexadecimal digits that nobody guesses and that do not come again.
inline std::string random_id() {
  return crypto::random_hex(16);
}

}  // namespace hss::storage
