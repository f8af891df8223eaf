#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hss::outgoing {

/// An address that a request goes to, taken apart.
struct Url {
  bool is_https = false;
  std::string host;          ///< lower case; an IPv6 address without its brackets
  int port = 0;              ///< given, or the scheme's own
  std::string target = "/";  ///< path and query as they were written; the fragment is dropped

  /// As the `Host` header has it: the port only where it is not the scheme's own.
  std::string authority() const;
};

/// Empty for anything but `http://` or `https://` with a host; for user information, spaces,
/// control characters, and bytes that are not ASCII.
std::optional<Url> parse_url(std::string_view text);

}  // namespace hss::outgoing
