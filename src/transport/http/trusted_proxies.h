#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/http/request.h"
#include "platform/ip_address.h"

namespace hss::transport {

/// The proxies whose headers are trusted to say where a request came from.
class TrustedProxies {
 public:
  TrustedProxies() = default;
  /// `ranges`: addresses or CIDR ranges, IPv4 and IPv6. Throws Error{validation_error} that names
  /// one that is neither.
  explicit TrustedProxies(const std::vector<std::string>& ranges);

  bool trusts(std::string_view address) const;

  /// Sets the request's client_address and is_secure: from the connection, or, where the other end
  /// is trusted, from its X-Forwarded-For (the last address that is not a trusted one's own) and
  /// X-Forwarded-Proto.
  void describe_client(api::Request& request, const std::string& remote_address,
                       bool is_secure) const;

 private:
  struct Range {
    platform::IpV6 network{};
    int bits = 0;
  };

  std::vector<Range> ranges_;
};

}  // namespace hss::transport
