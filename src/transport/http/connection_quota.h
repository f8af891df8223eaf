#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace hss::transport {

/// Bounds the connections of each network, so that no neighbour takes them all. This machine and
/// proxies have no bound, as everybody's connections come from them. Thread-safe.
class ConnectionQuota {
 public:
  /// `is_proxy` returns true for the address of a proxy.
  explicit ConnectionQuota(
      std::size_t max_per_network,
      std::function<bool(const std::string&)> is_proxy = [](const std::string&) { return false; });

  /// Counts one connection until the last copy of the result is destroyed, which may be after the
  /// end of this. Returns null where the address' network has as many as it may have.
  std::shared_ptr<void> take(const std::string& address);

 private:
  struct Counts;
  const std::size_t max_per_network_;
  const std::function<bool(const std::string&)> is_proxy_;
  const std::shared_ptr<Counts> counts_;
};

}  // namespace hss::transport
