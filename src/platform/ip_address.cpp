#include "platform/ip_address.h"

#include <algorithm>
#include <charconv>

#include "platform/system_sockets.h"

namespace hss::platform {
namespace {

constexpr std::array<std::uint8_t, 12> mapped_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

/// The number that the whole text is.
std::optional<std::uint32_t> find_number(std::string_view text, int base) {
  std::uint32_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number, base);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return number;
}

/// As C writes numbers: hexadecimal behind 0x, octal behind 0.
std::optional<std::uint32_t> find_c_number(std::string_view text) {
  if (text.starts_with("0x") || text.starts_with("0X")) return find_number(text.substr(2), 16);
  return find_number(text, text.starts_with('0') ? 8 : 10);
}

}  // namespace

std::optional<IpV4> find_ipv4(std::string_view text) {
  IpV4 address{};
  for (std::size_t i = 0; i < address.size(); ++i) {
    const bool is_last = i + 1 == address.size();
    const auto dot = text.find('.');
    if ((dot == text.npos) != is_last) return std::nullopt;
    const std::string_view part = text.substr(0, dot);
    const auto number = find_number(part, 10);
    if (!number || *number > 255 || (part.size() > 1 && part.front() == '0')) return std::nullopt;
    address[i] = static_cast<std::uint8_t>(*number);
    if (!is_last) text.remove_prefix(dot + 1);
  }
  return address;
}

std::optional<IpV4> find_short_ipv4(std::string_view text) {
  std::uint32_t address = 0;
  for (unsigned bits_left = 32;;) {
    const auto dot = text.find('.');
    const auto number = find_c_number(text.substr(0, dot));
    if (!number) return std::nullopt;
    if (dot == text.npos) {
      // The last number has all the bytes that are left.
      if (bits_left < 32 && *number >> bits_left != 0) return std::nullopt;
      address |= *number;
      break;
    }
    if (*number > 255 || bits_left == 8) return std::nullopt;
    bits_left -= 8;
    address |= *number << bits_left;
    text.remove_prefix(dot + 1);
  }
  return IpV4{static_cast<std::uint8_t>(address >> 24), static_cast<std::uint8_t>(address >> 16),
              static_cast<std::uint8_t>(address >> 8), static_cast<std::uint8_t>(address)};
}

std::optional<IpV6> find_ipv6(const std::string& text) {
  IpV6 address{};
  if (::inet_pton(AF_INET6, text.c_str(), address.data()) != 1) return std::nullopt;
  return address;
}

std::string text_of(const IpV4& address) {
  std::string text;
  for (const std::uint8_t byte : address) {
    if (!text.empty()) text += '.';
    text += std::to_string(byte);
  }
  return text;
}

std::string text_of(const IpV6& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  ::inet_ntop(AF_INET6, address.data(), text.data(), text.size());
  return text.data();
}

IpV6 map_to_ipv6(const IpV4& address) {
  IpV6 mapped{};
  std::copy(mapped_prefix.begin(), mapped_prefix.end(), mapped.begin());
  std::copy(address.begin(), address.end(), mapped.begin() + mapped_prefix.size());
  return mapped;
}

bool is_mapped_ipv4(const IpV6& address) {
  return std::equal(mapped_prefix.begin(), mapped_prefix.end(), address.begin());
}

IpV4 mapped_ipv4(const IpV6& address) {
  IpV4 last{};
  std::copy(address.end() - last.size(), address.end(), last.begin());
  return last;
}

bool is_loopback(const IpV4& address) {
  return address.front() == 127;
}

bool is_loopback(const IpV6& address) {
  IpV6 loopback{};
  loopback.back() = 1;
  return address == loopback;
}

bool is_loopback_of_either(const IpV6& address) {
  return is_mapped_ipv4(address) ? is_loopback(mapped_ipv4(address)) : is_loopback(address);
}

}  // namespace hss::platform
