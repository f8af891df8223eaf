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
  /// `is_proxy` tells of an address whether it is one.
  explicit ConnectionQuota(
      std::size_t max_per_network,
      std::function<bool(const std::string&)> is_proxy = [](const std::string&) { return false; });

  /// A place for one connection, given back when the last who holds it lets it go, also after the
  /// end of this. Null where the address' network has none left.
  std::shared_ptr<void> take(const std::string& address);

 private:
  struct Counts;
  const std::size_t max_per_network_;
  const std::function<bool(const std::string&)> is_proxy_;
  const std::shared_ptr<Counts> counts_;
};

}  // namespace hss::transport
