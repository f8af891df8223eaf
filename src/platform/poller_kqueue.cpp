#include <sys/event.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <system_error>

#include "platform/poller.h"

namespace hss::platform {
namespace {

using Event = struct kevent;

constexpr std::uintptr_t stop_signal = 0;
constexpr std::uintptr_t wake_signal = 1;

Event event_of(std::uintptr_t id, int filter, int flags, unsigned what = 0,
               bool has_partner = false) {
  Event event{};
  event.ident = id;
  event.filter = static_cast<std::int16_t>(filter);
  event.flags = static_cast<std::uint16_t>(flags);
  event.fflags = what;
  event.udata = reinterpret_cast<void*>(static_cast<std::uintptr_t>(has_partner));
  return event;
}

}  // namespace

struct Poller::System {
  const int queue = ::kqueue();

  System() {
    const bool is_ready = queue >= 0 && change(event_of(stop_signal, EVFILT_USER, EV_ADD)) &&
                          // It is reported to one thread, and then reset.
                          change(event_of(wake_signal, EVFILT_USER, EV_ADD | EV_CLEAR));
    if (is_ready) return;
    const int failure = errno;
    ::close(queue);
    throw std::system_error(failure, std::generic_category(), "kqueue");
  }
  ~System() { ::close(queue); }
  System(const System&) = delete;
  System& operator=(const System&) = delete;

  bool change(const Event& event) const {
    return ::kevent(queue, &event, 1, nullptr, 0, nullptr) == 0;
  }

  /// A socket that was to be reported once, for input or output, has its other event still here.
  void forget_partner(const Event& event) const {
    if (event.udata == nullptr) return;
    change(
        event_of(event.ident, event.filter == EVFILT_READ ? EVFILT_WRITE : EVFILT_READ, EV_DELETE));
  }
};

Poller::Poller() : system_(std::make_unique<System>()) {}

Poller::~Poller() = default;

bool Poller::watch(SocketHandle socket, Interest interest, Report report) {
  const auto id = static_cast<std::uintptr_t>(socket);
  const bool is_once = report == Report::once;
  const bool has_partner = is_once && interest == Interest::input_and_output;
  const auto change_of = [&](int filter, Interest other) {
    const int add = EV_ADD | (is_once ? EV_ONESHOT : 0);
    return event_of(id, filter, EV_RECEIPT | (interest != other ? add : EV_DELETE), 0, has_partner);
  };
  const std::array<Event, 2> changes{change_of(EVFILT_READ, Interest::output),
                                     change_of(EVFILT_WRITE, Interest::input)};
  std::array<Event, 2> receipts{};
  const int count = ::kevent(system_->queue, changes.data(), 2, receipts.data(), 2, nullptr);
  return count == 2 && std::equal(changes.begin(), changes.end(), receipts.begin(),
                                  [](const Event& change, const Event& receipt) {
                                    // What is deleted may be unknown.
                                    return (change.flags & EV_ADD) == 0 || receipt.data == 0;
                                  });
}

void Poller::forget(SocketHandle socket) {
  const auto id = static_cast<std::uintptr_t>(socket);
  system_->change(event_of(id, EVFILT_READ, EV_DELETE));
  system_->change(event_of(id, EVFILT_WRITE, EV_DELETE));
}

Poller::Wake Poller::wait(std::span<SocketHandle> ready,
                          std::optional<std::chrono::milliseconds> timeout) {
  std::array<Event, 64> events;
  const auto max = static_cast<int>(std::min(ready.size(), events.size()));
  timespec time{};
  if (timeout) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(*timeout);
    time.tv_sec = static_cast<time_t>(seconds.count());
    time.tv_nsec = static_cast<long>(std::chrono::nanoseconds(*timeout - seconds).count());
  }
  const int count =
      ::kevent(system_->queue, nullptr, 0, events.data(), max, timeout ? &time : nullptr);
  Wake wake;
  for (int i = 0; i < count; ++i) {
    const Event& event = events[static_cast<std::size_t>(i)];
    if (event.filter == EVFILT_USER) {
      wake.is_stopped = wake.is_stopped || event.ident == stop_signal;
    } else {
      system_->forget_partner(event);
      ready[wake.count++] = static_cast<SocketHandle>(event.ident);
    }
  }
  return wake;
}

void Poller::wake() {
  system_->change(event_of(wake_signal, EVFILT_USER, 0, NOTE_TRIGGER));
}

void Poller::stop() {
  system_->change(event_of(stop_signal, EVFILT_USER, 0, NOTE_TRIGGER));
}

}  // namespace hss::platform
