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

/// Returns `prefix` and ten characters of Crockford base 32 (50 random bits, no I, L, O or U).
std::string new_reference(std::string_view prefix, const RandomBytes& random);

inline constexpr std::string_view account_prefix = "ACC-";
inline constexpr std::string_view booking_prefix = "HSS-";
inline constexpr std::string_view payment_prefix = "PAY-";
inline constexpr std::string_view residence_prefix = "RES-";
inline constexpr std::string_view upload_prefix = "UPL-";
inline constexpr std::string_view webhook_prefix = "WHK-";

/// Both read references as people and scanners enter them, and return the form in which they are
/// issued. They ignore case, substitutes for the dash, invisible characters, quotes and a scanner's
/// own prefix, and read O, I and L as the digits that they look like. The page has the same two
/// (web/src/booking/reference.ts); tests/references.json is the table of both.

/// Reads text that is nothing but a reference; a booking's may lack its prefix.
std::optional<std::string> parse_reference(std::string_view text,
                                           std::string_view prefix = booking_prefix);

/// Finds a booking's reference somewhere in text: a sentence, the page's address. Without `HSS`
/// before it, only ten characters with both letters and digits count, as names and telephone
/// numbers have ten, too: as a word of their own, or in groups if the text has nothing else.
std::optional<std::string> find_reference(std::string_view text);

/// Reads what stands where a booking's reference is asked for: it alone, or somewhere in the text.
std::optional<std::string> read_reference(std::string_view text);

}  // namespace hss::domain
