#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "api/http/host.h"
#include "api/site/local_network.h"
#include "config/config.h"
#include "transport/http/tls.h"

namespace hss::app {

/// The local network of a running server, asked for anew each time, as it changes.
class LocalNetwork final : public api::LocalNetwork {
 public:
  /// `config` and `tls` outlive it. Leaves out names to which `allowed_hosts` does not answer.
  LocalNetwork(const Config& config, const transport::Tls* tls,
               std::optional<api::AllowedHosts> allowed_hosts)
      : config_(config), tls_(tls), allowed_hosts_(std::move(allowed_hosts)) {}

  /// The port that was bound. Before that, no address is known.
  void set_port(int port) { port_ = port; }

  std::vector<std::string> addresses() const override;
  std::optional<Authority> authority() const override;

 private:
  std::vector<std::string> hosts() const;

  const Config& config_;
  const transport::Tls* const tls_;
  const std::optional<api::AllowedHosts> allowed_hosts_;
  std::atomic<int> port_ = 0;
};

}  // namespace hss::app
