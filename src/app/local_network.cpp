#include "app/local_network.h"

#include "certificates/certificate.h"
#include "config/listen_host.h"
#include "platform/network_addresses.h"

namespace hss::app {

std::vector<std::string> LocalNetwork::hosts() const {
  if (is_loopback(config_.host)) return {};
  const bool is_any_v4 = config_.host == "0.0.0.0";
  if (!is_any_v4 && config_.host != "::") return {config_.host};
  std::vector<std::string> hosts;
  const std::string name = platform::host_name();
  const std::string local_name = name + ".local";
  if (!name.empty() && (!allowed_hosts_ || allowed_hosts_->allows(local_name))) {
    hosts.push_back(local_name);
  }
  for (const std::string& address : platform::local_network_addresses()) {
    if (!is_any_v4 || address.find(':') == address.npos) hosts.push_back(address);
  }
  return hosts;
}

std::vector<std::string> LocalNetwork::addresses() const {
  std::vector<std::string> addresses;
  const int port = port_;
  if (port == 0) return addresses;
  for (const std::string& host : hosts()) {
    std::string url = url_of(host, port, tls_ != nullptr);
    url.pop_back();
    addresses.push_back(url + config_.base_path + "/");
  }
  return addresses;
}

std::optional<api::LocalNetwork::Authority> LocalNetwork::authority() const {
  if (tls_ == nullptr) return std::nullopt;
  const auto chain = tls_->certificates();
  if (chain.authority == nullptr) return std::nullopt;
  return Authority{.name = certificates::name_of(*chain.authority),
                   .pem = certificates::to_pem(*chain.authority),
                   .fingerprint = certificates::fingerprint_of(*chain.authority),
                   .certificate_end = certificates::end_of(*chain.server)};
}

}  // namespace hss::app
