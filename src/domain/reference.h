#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace hss::domain {

/// Fills the bytes from a source of randomness: the system's cryptographic one in the product, a
/// seeded one in tests and the demo. Called from any thread.
using RandomBytes = std::function<void(std::span<std::uint8_t>)>;

/// `prefix` and ten characters of Crockford base 32 (50 random bits, no I, L, O or U).
std::string new_reference(std::string_view prefix, const RandomBytes& random);

inline constexpr std::string_view account_prefix = "ACC-";
inline constexpr std::string_view booking_prefix = "HSS-";
inline constexpr std::string_view payment_prefix = "PAY-";
inline constexpr std::string_view webhook_prefix = "WHK-";

/// References as people and scanners give them, in the form in which they are issued. Case, what
/// stands for the dash, what shows nothing, quotes and a scanner's own prefix do not matter, and O,
/// I and L are the digits that they look like. The page has the same two
/// (web/src/booking/reference.ts); tests/references.json is the table of both.

/// Of a text that is nothing but a reference; a booking's may lack its prefix.
std::optional<std::string> parse_reference(std::string_view text,
                                           std::string_view prefix = booking_prefix);

/// Of a booking, somewhere in a text: a sentence, the page's address. Where `HSS` does not stand
/// before it, only ten characters of letters and digits both are one, names and telephone numbers
/// have ten, too: as a word of their own, or in groups where the text has nothing else.
std::optional<std::string> find_reference(std::string_view text);

}  // namespace hss::domain
