#include "outgoing/public_address.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "platform/ip_address.h"

namespace hss::outgoing {
namespace {

struct Range {
  const char* address;
  int bits;
};

// https://www.iana.org/assignments/iana-ipv4-special-registry, and multicast.
constexpr std::array<Range, 16> special_v4{{{"0.0.0.0", 8},
                                            {"10.0.0.0", 8},
                                            {"100.64.0.0", 10},
                                            {"127.0.0.0", 8},
                                            {"169.254.0.0", 16},
                                            {"172.16.0.0", 12},
                                            {"192.0.0.0", 24},
                                            {"192.0.2.0", 24},
                                            {"192.31.196.0", 24},
                                            {"192.52.193.0", 24},
                                            {"192.88.99.0", 24},
                                            {"192.168.0.0", 16},
                                            {"192.175.48.0", 24},
                                            {"198.18.0.0", 15},
                                            {"198.51.100.0", 24},
                                            {"203.0.113.0", 24}}};
constexpr Range beyond_v4{"224.0.0.0", 3};  // multicast, reserved, broadcast

// Parts of global unicast, https://www.iana.org/assignments/iana-ipv6-special-registry.
constexpr Range global_v6{"2000::", 3};
constexpr std::array<Range, 5> special_v6{
    {{"2001::", 23}, {"2001:db8::", 32}, {"2002::", 16}, {"2620:4f:8000::", 48}, {"3fff::", 20}}};
constexpr std::array<Range, 2> holding_v4{{{"::ffff:0:0", 96}, {"64:ff9b::", 96}}};

using platform::IpV4;
using platform::IpV6;

/// The first address of a range.
template <std::size_t Size>
auto first_of(const Range& range) {
  if constexpr (Size == 4) {
    return platform::find_ipv4(range.address).value();
  } else {
    return platform::find_ipv6(range.address).value();
  }
}

template <std::size_t Size>
bool is_in(const std::array<std::uint8_t, Size>& address, const Range& range) {
  const auto first = first_of<Size>(range);
  for (int bit = 0; bit < range.bits; ++bit) {
    const auto byte = static_cast<std::size_t>(bit / 8);
    const int mask = 0x80 >> (bit % 8);
    if ((address[byte] & mask) != (first[byte] & mask)) return false;
  }
  return true;
}

template <std::size_t Size>
bool is_in_any(const std::array<std::uint8_t, Size>& address, std::span<const Range> ranges) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](const Range& range) { return is_in(address, range); });
}

bool is_public(const IpV4& address) {
  return !is_in_any(address, special_v4) && !is_in(address, beyond_v4);
}

bool is_public(const IpV6& address) {
  if (is_in_any(address, holding_v4)) return is_public(platform::mapped_ipv4(address));
  return is_in(address, global_v6) && !is_in_any(address, special_v6);
}

}  // namespace

bool is_public_address(const std::string& address) {
  if (const auto v4 = platform::find_ipv4(address)) return is_public(*v4);
  const auto v6 = platform::find_ipv6(address);
  return v6 && is_public(*v6);
}

}  // namespace hss::outgoing
