#include "transport/http/connection_quota.h"

#include <mutex>
#include <unordered_map>
#include <utility>

#include "auth/rate_limiter.h"

namespace hss::transport {
struct ConnectionQuota::Counts {
  std::mutex mutex;
  std::unordered_map<std::string, std::size_t> by_network;
};

ConnectionQuota::ConnectionQuota(std::size_t max_per_network,
                                 std::function<bool(const std::string&)> is_proxy)
    : max_per_network_(max_per_network),
      is_proxy_(std::move(is_proxy)),
      counts_(std::make_shared<Counts>()) {}

std::shared_ptr<void> ConnectionQuota::take(const std::string& address) {
  if (auth::is_this_machine(address) || is_proxy_(address)) return counts_;
  const std::string network = auth::network_of(address);
  {
    const std::lock_guard lock(counts_->mutex);
    std::size_t& count = counts_->by_network[network];
    if (count >= max_per_network_) return nullptr;
    ++count;
  }
  const auto give_back = [counts = counts_, network](void*) {
    const std::lock_guard lock(counts->mutex);
    const auto found = counts->by_network.find(network);
    if (--found->second == 0) counts->by_network.erase(found);
  };
  return {counts_.get(), give_back};
}

}  // namespace hss::transport
