#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <system_error>

#include "platform/poller.h"

namespace hss::platform {

// A member's type may not be of an anonymous namespace where several files compile as one.
namespace epoll {

class Descriptor {
 public:
  Descriptor(int number, const char* what) : number_(number) {
    if (number < 0) throw std::system_error(errno, std::generic_category(), what);
  }
  ~Descriptor() { ::close(number_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int number() const { return number_; }

 private:
  const int number_;
};

void signal(const Descriptor& event) {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(event.number(), &one, sizeof one);
}

}  // namespace epoll

struct Poller::System {
  using Descriptor = epoll::Descriptor;
  const Descriptor poller{::epoll_create1(EPOLL_CLOEXEC), "epoll_create1"};
  const Descriptor stop_signal{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd"};
  const Descriptor wake_signal{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd"};

  System() {
    add(stop_signal, EPOLLIN);
    // Nobody reads it: each signal wakes one sleeping thread.
    add(wake_signal, EPOLLIN | EPOLLET);
  }

  void add(const Descriptor& event, std::uint32_t events) const {
    epoll_event entry{};
    entry.events = events;
    entry.data.fd = event.number();
    if (::epoll_ctl(poller.number(), EPOLL_CTL_ADD, event.number(), &entry) != 0) {
      throw std::system_error(errno, std::generic_category(), "epoll_ctl");
    }
  }
};

Poller::Poller() : system_(std::make_unique<System>()) {}

Poller::~Poller() = default;

bool Poller::watch(SocketHandle socket, Interest interest, Report report) {
  epoll_event event{};
  event.events = EPOLLRDHUP;
  if (interest != Interest::output) event.events |= EPOLLIN;
  if (interest != Interest::input) event.events |= EPOLLOUT;
  if (report == Report::once) event.events |= EPOLLONESHOT;
  event.data.fd = socket;
  const int epoll = system_->poller.number();
  // Mostly it is known already.
  return ::epoll_ctl(epoll, EPOLL_CTL_MOD, socket, &event) == 0 ||
         ::epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event) == 0;
}

void Poller::forget(SocketHandle socket) {
  ::epoll_ctl(system_->poller.number(), EPOLL_CTL_DEL, socket, nullptr);
}

Poller::Wake Poller::wait(std::span<SocketHandle> ready,
                          std::optional<std::chrono::milliseconds> timeout) {
  std::array<epoll_event, 64> events;
  const auto max = static_cast<int>(std::min(ready.size(), events.size()));
  const int timeout_ms = timeout ? static_cast<int>(timeout->count()) : -1;
  const int count = ::epoll_wait(system_->poller.number(), events.data(), max, timeout_ms);
  Wake wake;
  for (int i = 0; i < count; ++i) {
    const int descriptor = events[static_cast<std::size_t>(i)].data.fd;
    if (descriptor == system_->stop_signal.number()) {
      wake.is_stopped = true;
    } else if (descriptor != system_->wake_signal.number()) {
      ready[wake.count++] = descriptor;
    }
  }
  return wake;
}

void Poller::wake() {
  signal(system_->wake_signal);
}

void Poller::stop() {
  signal(system_->stop_signal);
}

}  // namespace hss::platform
