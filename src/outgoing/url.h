#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hss::outgoing {

/// The parts of a URL that a request goes to.
struct Url {
  bool is_https = false;
  std::string host;          ///< lower case; an IPv6 address without its brackets
  int port = 0;              ///< as given, or the scheme's default
  std::string target = "/";  ///< path and query as written; the fragment is dropped

  /// The value of the `Host` header: it has the port only if that is not the scheme's default.
  std::string authority() const;
};

/// Empty for anything but `http://` or `https://` with a host; for user information, spaces,
/// control characters, and bytes that are not ASCII.
std::optional<Url> parse_url(std::string_view text);

}  // namespace hss::outgoing
