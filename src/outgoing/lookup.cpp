#include "outgoing/lookup.h"

#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "platform/ip_address.h"

namespace hss::outgoing {

struct Lookup::State {
  std::mutex mutex;
  std::condition_variable changed;
  bool is_over = false;
  std::vector<std::string> addresses;
};

Lookup::Lookup(Resolver resolver, const std::string& host) : state_(std::make_shared<State>()) {
  if (platform::find_ipv4(host) || platform::find_ipv6(host)) {
    state_->is_over = true;
    state_->addresses = {host};
    return;
  }
  std::thread([state = state_, resolver = std::move(resolver), host] {
    std::vector<std::string> addresses = resolver(host);
    const std::lock_guard lock(state->mutex);
    if (!state->is_over) state->addresses = std::move(addresses);
    state->is_over = true;
    state->changed.notify_all();
  }).detach();
}

std::vector<std::string> Lookup::wait(std::chrono::steady_clock::time_point until) {
  std::unique_lock lock(state_->mutex);
  state_->changed.wait_until(lock, until, [this] { return state_->is_over; });
  state_->is_over = true;
  return state_->addresses;
}

void Lookup::stop() {
  const std::lock_guard lock(state_->mutex);
  state_->is_over = true;
  state_->changed.notify_all();
}

}  // namespace hss::outgoing
