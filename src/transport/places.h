#pragma once

#include <cstddef>
#include <memory>
#include <string>

namespace hss::transport {

/// How many connections each network has at once, so that no neighbour takes them all. This machine
/// has as many as it likes, as a proxy on it has everybody's. Thread-safe.
class Places {
 public:
  explicit Places(std::size_t most_of_network);

  /// A place for one connection, given back when the last who holds it lets it go, also after the
  /// end of this. Null where the address' network has none left.
  std::shared_ptr<void> take(const std::string& address);

 private:
  struct Taken;
  const std::size_t most_of_network_;
  const std::shared_ptr<Taken> taken_;
};

}  // namespace hss::transport
