#pragma once

#include <string>
#include <vector>

namespace hss::certificates {

/// The names and IP addresses that a certificate is valid for, each once.
struct CertificateNames {
  std::vector<std::string> hosts;      ///< in lower case
  std::vector<std::string> addresses;  ///< IPv4 and IPv6, without brackets
};

/// What browsers on this machine and in its network call it: its name, that name under `.local`
/// (mDNS), `localhost` and the loopback addresses, and its addresses. `name` may be empty.
CertificateNames names_of_machine(const std::string& name,
                                  const std::vector<std::string>& addresses);

/// Parses what a person gave as names: host names, IP addresses, also in brackets. Throws
/// domain::Error{validation_error} for anything else, such as an address with a scheme or a port.
CertificateNames parse_names(const std::vector<std::string>& given);

/// All of `more` that `names` has not, behind it.
void add_names(CertificateNames& names, const CertificateNames& more);

}  // namespace hss::certificates
