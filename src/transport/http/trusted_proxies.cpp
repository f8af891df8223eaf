#include "transport/http/trusted_proxies.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "domain/error.h"
#include "domain/validation/text.h"
#include "platform/ip_address.h"

namespace hss::transport {
namespace {

using Address = platform::IpV6;

/// IPv4 addresses as IPv6 has them (::ffff:a.b.c.d), so that both are compared one way.
std::optional<Address> find_address(std::string_view text) {
  if (const auto v4 = platform::find_ipv4(text)) return platform::map_to_ipv6(*v4);
  return platform::find_ipv6(std::string(text));
}

bool is_v4(std::string_view text) {
  return text.find(':') == text.npos;
}

/// The address of a member of X-Forwarded-For, some of which have a port: `203.0.113.9:5555`,
/// `[2001:db8::1]:443`. It has the system's spelling, so that one client has one address, and is
/// empty where the member is no address.
std::string address_in(std::string_view hop) {
  if (hop.starts_with('"') && hop.ends_with('"') && hop.size() > 1) {
    hop = hop.substr(1, hop.size() - 2);
  }
  const auto end = hop.rfind(']');
  const auto colon = hop.find(':');
  if (hop.starts_with('[') && end != hop.npos) {
    hop = hop.substr(1, end - 1);
  } else if (colon != hop.npos && hop.find(':', colon + 1) == hop.npos) {
    hop = hop.substr(0, colon);
  }
  const auto address = find_address(hop.substr(0, hop.find('%')));
  if (!address) return {};
  return platform::is_mapped_ipv4(*address) ? platform::text_of(platform::mapped_ipv4(*address))
                                            : platform::text_of(*address);
}

/// The number behind the slash, of an address that has `max` bits.
std::optional<int> find_bits(std::string_view text, int max) {
  int bits = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bits);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (bits < 0 || bits > max) return std::nullopt;
  return bits;
}

bool same_network(const Address& one, const Address& other, int bits) {
  for (std::size_t i = 0; bits > 0; ++i, bits -= 8) {
    const auto mask = static_cast<std::uint8_t>(bits >= 8 ? 0xff : 0xff << (8 - bits));
    if ((one[i] & mask) != (other[i] & mask)) return false;
  }
  return true;
}

/// Every value of the header, in the order in which they came, as one list.
std::vector<std::string_view> members_of(const api::Request& request, std::string_view name) {
  std::vector<std::string_view> members;
  for (const auto& [header, value] : request.headers) {
    if (domain::to_lower(header) != name) continue;
    for (std::string_view rest = value;;) {
      const auto comma = rest.find(',');
      members.push_back(domain::trim(rest.substr(0, comma)));
      if (comma == rest.npos) break;
      rest.remove_prefix(comma + 1);
    }
  }
  return members;
}

}  // namespace

TrustedProxies::TrustedProxies(const std::vector<std::string>& ranges) {
  for (const std::string& text : ranges) {
    const std::string_view range = text;
    const auto slash = range.find('/');
    const std::string_view host = range.substr(0, slash);
    const int max = is_v4(host) ? 32 : 128;
    const auto address = find_address(host);
    const auto bits =
        slash == range.npos ? std::optional(max) : find_bits(range.substr(slash + 1), max);
    if (!address || !bits) {
      throw domain::Error(domain::ErrorCode::validation_error,
                          text + " is neither an address nor a range such as 10.0.0.0/8");
    }
    ranges_.push_back({.network = *address, .bits = *bits + (128 - max)});
  }
}

bool TrustedProxies::trusts(std::string_view text) const {
  if (ranges_.empty()) return false;
  const auto address = find_address(text);
  return address && std::any_of(ranges_.begin(), ranges_.end(), [&](const Range& range) {
           return same_network(*address, range.network, range.bits);
         });
}

void TrustedProxies::describe_client(api::Request& request, const std::string& remote_address,
                                     bool is_secure) const {
  request.client_address = remote_address;
  request.is_secure = is_secure;
  if (!trusts(remote_address)) return;
  // Each proxy appends the address that it received from, so the list is trustworthy from its end,
  // and only as far as its writers are trusted.
  const auto hops = members_of(request, "x-forwarded-for");
  for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
    const std::string address = address_in(*hop);
    if (address.empty()) break;
    request.client_address = address;
    if (!trusts(address)) break;
  }
  const auto schemes = members_of(request, "x-forwarded-proto");
  if (!schemes.empty()) request.is_secure = domain::to_lower(schemes.back()) == "https";
}

}  // namespace hss::transport
