#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace hss::domain {

/// Fills the bytes from a source of randomness: the system's cryptographic one in the product, a
/// seeded one in tests and the demo. Called from any thread.
using RandomBytes = std::function<void(std::span<std::uint8_t>)>;

/// `prefix` and ten characters of Crockford base 32 (50 random bits, no I, L, O or U).
std::string new_reference(std::string_view prefix, const RandomBytes& random);

inline constexpr std::string_view booking_prefix = "HSS-";
inline constexpr std::string_view payment_prefix = "PAY-";
inline constexpr std::string_view webhook_prefix = "WHK-";

}  // namespace hss::domain
