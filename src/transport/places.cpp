#include "transport/places.h"

#include <mutex>
#include <unordered_map>
#include <utility>

#include "api/rate_limiter.h"

namespace hss::transport {
struct Places::Taken {
  std::mutex mutex;
  std::unordered_map<std::string, std::size_t> by_network;
};

Places::Places(std::size_t max_per_network, std::function<bool(const std::string&)> is_proxy)
    : max_per_network_(max_per_network),
      is_proxy_(std::move(is_proxy)),
      taken_(std::make_shared<Taken>()) {}

std::shared_ptr<void> Places::take(const std::string& address) {
  if (api::is_this_machine(address) || is_proxy_(address)) return taken_;
  const std::string network = api::network_of(address);
  {
    const std::lock_guard lock(taken_->mutex);
    std::size_t& count = taken_->by_network[network];
    if (count >= max_per_network_) return nullptr;
    ++count;
  }
  const auto give_back = [taken = taken_, network](void*) {
    const std::lock_guard lock(taken->mutex);
    const auto found = taken->by_network.find(network);
    if (--found->second == 0) taken->by_network.erase(found);
  };
  return {taken_.get(), give_back};
}

}  // namespace hss::transport
