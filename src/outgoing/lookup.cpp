#include "outgoing/lookup.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

namespace hss::outgoing {

struct Lookup::State {
  std::mutex mutex;
  std::condition_variable changed;
  bool is_over = false;
  std::vector<std::string> addresses;
};

std::vector<std::string> system_addresses(const std::string& host) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* first = nullptr;
  std::vector<std::string> addresses;
  if (::getaddrinfo(host.c_str(), nullptr, &hints, &first) != 0) return addresses;
  for (const addrinfo* found = first; found != nullptr; found = found->ai_next) {
    std::array<char, NI_MAXHOST> text{};
    if (::getnameinfo(found->ai_addr, found->ai_addrlen, text.data(), text.size(), nullptr, 0,
                      NI_NUMERICHOST) != 0) {
      continue;
    }
    std::string address = text.data();
    if (std::find(addresses.begin(), addresses.end(), address) == addresses.end()) {
      addresses.push_back(std::move(address));
    }
  }
  ::freeaddrinfo(first);
  return addresses;
}

Lookup::Lookup(Resolver resolver, const std::string& host) : state_(std::make_shared<State>()) {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  if (::inet_pton(AF_INET, host.c_str(), bytes.data()) == 1 ||
      ::inet_pton(AF_INET6, host.c_str(), bytes.data()) == 1) {
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
