#include "certificates/certificate_names.h"

#include <openssl/asn1.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <memory>
#include <string_view>

#include "domain/error.h"
#include "domain/validation/text.h"

namespace hss::certificates {
namespace {

bool is_ip_address(const std::string& text) {
  const std::unique_ptr<ASN1_OCTET_STRING, decltype(&ASN1_OCTET_STRING_free)> bytes(
      a2i_IPADDRESS(text.c_str()), ASN1_OCTET_STRING_free);
  return bytes != nullptr;
}

/// Labels of letters, digits and hyphens. One with a last label of digits would be taken for an
/// address.
bool is_host_name(std::string_view name) {
  if (name.empty() || name.size() > 253) return false;
  std::string_view last;
  for (std::size_t at = 0; at <= name.size();) {
    const auto end = std::min(name.find('.', at), name.size());
    last = name.substr(at, end - at);
    const bool fits = !last.empty() && last.size() <= 63 && last.front() != '-' &&
                      last.back() != '-' &&
                      last.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == last.npos;
    if (!fits) return false;
    at = end + 1;
  }
  return last.find_first_not_of("0123456789") != last.npos;
}

void add(std::vector<std::string>& list, const std::string& one) {
  if (std::find(list.begin(), list.end(), one) == list.end()) list.push_back(one);
}

}  // namespace

CertificateNames names_of_machine(const std::string& name,
                                  const std::vector<std::string>& addresses) {
  CertificateNames names;
  if (!name.empty() && name != "localhost") names.hosts = {name + ".local", name};
  names.hosts.emplace_back("localhost");
  names.addresses = addresses;
  names.addresses.emplace_back("127.0.0.1");
  names.addresses.emplace_back("::1");
  return names;
}

CertificateNames parse_names(const std::vector<std::string>& given) {
  CertificateNames names;
  for (const std::string& text : given) {
    std::string name = domain::to_lower(text);
    if (name.starts_with('[') && name.ends_with(']')) name = name.substr(1, name.size() - 2);
    if (is_ip_address(name)) {
      add(names.addresses, name);
    } else if (is_host_name(name)) {
      add(names.hosts, name);
    } else {
      throw domain::Error(domain::ErrorCode::validation_error,
                          text +
                              " is neither a host name nor an IP address; write it without "
                              "scheme and port: kiosk.example or 192.168.1.20");
    }
  }
  return names;
}

void add_names(CertificateNames& names, const CertificateNames& more) {
  for (const std::string& host : more.hosts) add(names.hosts, host);
  for (const std::string& address : more.addresses) add(names.addresses, address);
}

}  // namespace hss::certificates
