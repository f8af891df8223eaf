#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "platform/poller.h"
#include "platform/system_sockets.h"

namespace hss::platform {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// A socket that sends to itself, so that it interrupts WSAPoll(), which waits for sockets alone.
SocketHandle open_signal() {
  const SocketHandle socket = open_socket(AF_INET, SOCK_DGRAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  auto* const plain = reinterpret_cast<sockaddr*>(&address);
  int size = sizeof address;
  if (socket == no_socket || ::bind(socket, plain, size) != 0 ||
      ::getsockname(socket, plain, &size) != 0 || ::connect(socket, plain, size) != 0) {
    const std::error_code error = last_error();
    if (socket != no_socket) close(socket);
    throw std::system_error(error, "a socket to itself");
  }
  return socket;
}

}  // namespace

/// One of the threads that wait polls; the others sleep until it has found something for them, or
/// one of them is to poll next.
struct Poller::System {
  struct Watched {
    Interest interest;
    Report report;
    std::uint64_t version;  ///< another one for each watch()
  };

  const SocketHandle signal = open_signal();
  std::mutex mutex;
  std::condition_variable changed;
  std::unordered_map<SocketHandle, Watched> watched;
  std::deque<SocketHandle> found;
  std::uint64_t last_version = 0;
  std::size_t sleepers = 0;
  bool is_polling = false, is_interrupted = false, is_woken = false, is_stopped = false;

  System() = default;
  ~System() { close(signal); }
  System(const System&) = delete;
  System& operator=(const System&) = delete;

  // The mutex is locked in the rest.

  void interrupt_poll() {
    if (is_polling && !std::exchange(is_interrupted, true)) send(signal, "!", 1);
  }

  void end_interrupt() {
    char byte = 0;
    while (receive(signal, &byte, 1).state == Transfer::State::moved) {
    }
    is_interrupted = false;
  }

  /// Without the lock while it waits; -1: for as long as it takes.
  void poll(std::unique_lock<std::mutex>& lock, int timeout_ms) {
    std::vector<WSAPOLLFD> entries{{.fd = signal, .events = POLLRDNORM, .revents = 0}};
    std::vector<std::uint64_t> versions{0};
    for (const auto& [socket, entry] : watched) {
      entries.push_back({.fd = socket, .events = poll_events(entry.interest), .revents = 0});
      versions.push_back(entry.version);
    }
    is_polling = true;
    lock.unlock();
    const int count = ::WSAPoll(entries.data(), static_cast<ULONG>(entries.size()), timeout_ms);
    // It passes; without a pause, this thread would have the processor for itself.
    if (count < 0) std::this_thread::sleep_for(milliseconds(1));
    lock.lock();
    is_polling = false;
    if (entries.front().revents != 0) end_interrupt();
    for (std::size_t i = 1; count > 0 && i < entries.size(); ++i) {
      if (entries[i].revents != 0) report(entries[i], versions[i]);
    }
  }

  void report(const WSAPOLLFD& polled, std::uint64_t version) {
    const auto entry = watched.find(polled.fd);
    // It may be another socket by now.
    if (entry == watched.end() || entry->second.version != version) return;
    const bool is_closed = (polled.revents & POLLNVAL) != 0;
    if (!is_closed) found.push_back(polled.fd);
    if (is_closed || entry->second.report == Report::once) watched.erase(entry);
  }

  std::size_t take_found(std::span<SocketHandle> ready) {
    const std::size_t count = std::min(ready.size(), found.size());
    const auto end = found.begin() + static_cast<std::ptrdiff_t>(count);
    std::copy(found.begin(), end, ready.begin());
    found.erase(found.begin(), end);
    return count;
  }
};

Poller::Poller() : system_(std::make_unique<System>()) {}

Poller::~Poller() = default;

bool Poller::watch(SocketHandle socket, Interest interest, Report report) {
  const std::lock_guard lock(system_->mutex);
  system_->watched[socket] = {interest, report, ++system_->last_version};
  system_->interrupt_poll();
  return true;
}

void Poller::forget(SocketHandle socket) {
  const std::lock_guard lock(system_->mutex);
  system_->watched.erase(socket);
  std::erase(system_->found, socket);
}

Poller::Wake Poller::wait(std::span<SocketHandle> ready, std::optional<milliseconds> timeout) {
  System& system = *system_;
  const auto end = steady_clock::now() + timeout.value_or(milliseconds(0));
  std::unique_lock lock(system.mutex);
  Wake wake;
  for (bool is_over = false;;) {
    wake = {.count = system.take_found(ready), .is_stopped = system.is_stopped};
    if (wake.count > 0 || wake.is_stopped || std::exchange(system.is_woken, false)) break;
    if (is_over) break;
    const auto left =
        std::max(milliseconds(0), std::chrono::ceil<milliseconds>(end - steady_clock::now()));
    is_over = timeout && left.count() == 0;
    if (!system.is_polling) {
      system.poll(lock, timeout ? static_cast<int>(left.count()) : -1);
      continue;
    }
    if (is_over) break;
    ++system.sleepers;
    if (timeout) {
      system.changed.wait_for(lock, left);
    } else {
      system.changed.wait(lock);
    }
    --system.sleepers;
  }
  // Another one takes what is left, or polls.
  if (!system.is_polling) system.changed.notify_one();
  return wake;
}

void Poller::wake() {
  const std::lock_guard lock(system_->mutex);
  system_->is_woken = true;
  if (system_->sleepers > 0) {
    system_->changed.notify_one();
  } else {
    system_->interrupt_poll();
  }
}

void Poller::stop() {
  const std::lock_guard lock(system_->mutex);
  system_->is_stopped = true;
  system_->changed.notify_all();
  system_->interrupt_poll();
}

}  // namespace hss::platform
