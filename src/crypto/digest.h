#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace hss::crypto {

/// OpenSSL behind the few calls that HSS needs. Throws std::runtime_error if OpenSSL fails, which
/// does not happen on a healthy system. Thread-safe.

/// 32 bytes.
std::string sha256(std::string_view text);
/// 32 bytes.
std::string hmac_sha256(std::string_view key, std::string_view text);
/// Takes the same time wherever the two differ.
bool is_equal(std::string_view a, std::string_view b);
/// Fills them from the system's cryptographic source.
void fill_random(std::span<std::uint8_t> bytes);
/// So many of them, in hexadecimal.
std::string random_hex(std::size_t bytes);
/// Lower-case hexadecimal.
std::string to_hex(std::string_view bytes);

}  // namespace hss::crypto
