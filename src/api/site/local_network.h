#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/route.h"
#include "domain/clock.h"

namespace hss::api {

/// How other machines of the local network reach a server, and what they have to trust.
/// Thread-safe.
class LocalNetwork {
 public:
  /// The authority behind the server's certificate, if it is one that HSS made.
  struct Authority {
    std::string name;
    std::string pem;
    std::string fingerprint;          ///< SHA-256, as systems show it
    domain::Instant certificate_end;  ///< of the server's certificate
  };

  virtual ~LocalNetwork() = default;
  /// The server's addresses with scheme, port and base path, each ending in a slash; the best to
  /// remember first. Empty if only this machine reaches it.
  virtual std::vector<std::string> addresses() const = 0;
  virtual std::optional<Authority> authority() const = 0;
};

Response list_addresses(const Request& request, const Services& services);
Response get_authority(const Request& request, const Services& services);
/// The authority's certificate as a file. Throws Error{not_found} if there is none.
Response get_authority_file(const Request& request, const Services& services);

}  // namespace hss::api
