#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hss::platform {

/// The bytes of an IP address in the order in which they travel.
using IpV4 = std::array<std::uint8_t, 4>;
using IpV6 = std::array<std::uint8_t, 16>;

/// Parses four decimal numbers without leading zeros, and nothing else.
std::optional<IpV4> find_ipv4(std::string_view text);
/// Parses the older ways to write an address, too, which name look-ups accept: `127.1`, `0x7f.1`,
/// `017700000001`.
std::optional<IpV4> find_short_ipv4(std::string_view text);
/// Parses an address without brackets and zone.
std::optional<IpV6> find_ipv6(const std::string& text);

/// Returns the usual form, so that an address has one spelling.
std::string text_of(const IpV4& address);
std::string text_of(const IpV6& address);

/// `::ffff:a.b.c.d`, so that addresses of both kinds compare one way.
IpV6 map_to_ipv6(const IpV4& address);
bool is_mapped_ipv4(const IpV6& address);
/// The IPv4 address that an IPv6 one ends with.
IpV4 mapped_ipv4(const IpV6& address);

bool is_loopback(const IpV4& address);
/// True for `::1` alone.
bool is_loopback(const IpV6& address);
/// True for an IPv4 loopback address that is mapped to IPv6, too.
bool is_loopback_of_either(const IpV6& address);

}  // namespace hss::platform
