#include "bench/server/delay_proxy.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <deque>
#include <memory>
#include <stdexcept>
#include <string>
#include <unordered_map>

namespace hss::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t bytes_at_once = 64 * 1024;
/// One direction of a connection holds no more, so that an answer without end fills no memory.
constexpr std::size_t max_held_bytes = 64 * 1024 * 1024;

void make_prompt(int socket) {
  const int yes = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

/// One direction of a connection: what it has read and when it may write that.
class Way {
 public:
  Way(int from, int to) : from_(from), to_(to) {}

  /// Reads all that is there. False if the connection is broken.
  bool read(Clock::time_point due) {
    std::array<char, bytes_at_once> buffer;
    while (!has_ended_ && held_bytes_ < max_held_bytes) {
      const auto size = ::recv(from_, buffer.data(), buffer.size(), MSG_DONTWAIT);
      if (size < 0) return errno == EAGAIN || errno == EINTR;
      has_ended_ = size == 0;
      held_.push_back({due, std::string(buffer.data(), static_cast<std::size_t>(size))});
      held_bytes_ += static_cast<std::size_t>(size);
      if (static_cast<std::size_t>(size) < buffer.size()) return true;
    }
    return true;
  }

  /// Writes what is due. False if the connection is broken.
  bool write(Clock::time_point now) {
    while (!held_.empty() && held_.front().due <= now) {
      std::string& bytes = held_.front().bytes;
      if (bytes.empty()) {
        ::shutdown(to_, SHUT_WR);
        is_closed_ = true;
      } else {
        const auto size = ::send(to_, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (size < 0 && errno != EAGAIN) return false;
        is_blocked_ = size < static_cast<ssize_t>(bytes.size());
        const auto written = static_cast<std::size_t>(std::max<ssize_t>(size, 0));
        held_bytes_ -= written;
        bytes.erase(0, written);
        if (is_blocked_) return true;
      }
      held_.pop_front();
    }
    is_blocked_ = false;
    return true;
  }

  int from() const { return from_; }
  bool reads() const { return !has_ended_ && held_bytes_ < max_held_bytes; }
  bool is_blocked() const { return is_blocked_; }
  /// Its end was passed on.
  bool is_closed() const { return is_closed_; }

 private:
  struct Held {
    Clock::time_point due;
    std::string bytes;  ///< none: the end
  };
  int from_, to_;
  std::deque<Held> held_;
  std::size_t held_bytes_ = 0;
  bool has_ended_ = false, is_blocked_ = false, is_closed_ = false;
};

struct Passage {
  Passage(int client, int server) : up(client, server), down(server, client) {}
  ~Passage() {
    ::close(up.from());
    ::close(down.from());
  }
  Passage(const Passage&) = delete;
  Passage& operator=(const Passage&) = delete;

  Way up, down;
  std::uint32_t client_events = EPOLLIN, server_events = EPOLLIN;
};

class Proxy {
 public:
  Proxy(const std::string& host, int port, std::chrono::microseconds each_way)
      : each_way_(each_way) {
    // By default the kernel wakes a sleeper up to 50 us late.
    ::prctl(PR_SET_TIMERSLACK, 1);
    const addrinfo hints{.ai_flags = 0,
                         .ai_family = AF_UNSPEC,
                         .ai_socktype = SOCK_STREAM,
                         .ai_protocol = 0,
                         .ai_addrlen = 0,
                         .ai_addr = nullptr,
                         .ai_canonname = nullptr,
                         .ai_next = nullptr};
    if (::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &server_) != 0) {
      throw std::runtime_error("nobody knows the address of " + host);
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(listener_, SOMAXCONN) != 0) {
      throw std::runtime_error("the network's stand-in cannot listen on 127.0.0.1");
    }
    watch(EPOLL_CTL_ADD, listener_, EPOLLIN);
    watch(EPOLL_CTL_ADD, timer_, EPOLLIN);
  }

  int port() const {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
  }

  [[noreturn]] void serve() {
    std::array<epoll_event, 64> events;
    for (;;) {
      set_timer();
      const int count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), -1);
      for (int i = 0; i < count; ++i) {
        const auto& event = events[static_cast<std::size_t>(i)];
        if (event.data.fd == listener_) {
          accept();
        } else if (event.data.fd == timer_) {
          std::uint64_t times = 0;
          static_cast<void>(::read(timer_, &times, sizeof times));
        } else {
          handle(event.data.fd, event.events);
        }
      }
      write_what_is_due();
    }
  }

 private:
  using Shared = std::shared_ptr<Passage>;

  void watch(int operation, int socket, std::uint32_t what) {
    epoll_event event{};
    event.events = what;
    event.data.fd = socket;
    ::epoll_ctl(epoll_, operation, socket, &event);
  }

  /// A server that takes no connection looks like one behind a network: the client's one ends.
  void accept() {
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) return;
    int server = -1;
    for (const addrinfo* at = server_; at != nullptr && server < 0; at = at->ai_next) {
      server = ::socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
      if (server >= 0 && ::connect(server, at->ai_addr, at->ai_addrlen) != 0) {
        ::close(server);
        server = -1;
      }
    }
    if (server < 0) {
      ::close(client);
      return;
    }
    make_prompt(client);
    make_prompt(server);
    passages_[client] = passages_[server] = std::make_shared<Passage>(client, server);
    watch(EPOLL_CTL_ADD, client, EPOLLIN);
    watch(EPOLL_CTL_ADD, server, EPOLLIN);
  }

  void handle(int socket, std::uint32_t what) {
    const auto at = passages_.find(socket);
    if (at == passages_.end()) return;
    const Shared passage = at->second;
    Way& in = socket == passage->up.from() ? passage->up : passage->down;
    Way& out = socket == passage->up.from() ? passage->down : passage->up;
    const auto due = Clock::now() + each_way_;
    if ((what & EPOLLERR) != 0 || !in.read(due)) {
      end(*passage);
      return;
    }
    due_.push_back({due, passage, &in});
    if ((what & EPOLLOUT) != 0) {
      write(passage, out);
    } else {
      watch_again(*passage);
    }
  }

  /// All are held equally long, so that the order in which they came is the one in which they go.
  void write_what_is_due() {
    const auto now = Clock::now();
    while (!due_.empty() && due_.front().at <= now) {
      write(due_.front().passage, *due_.front().way);
      due_.pop_front();
    }
  }

  void write(const Shared& passage, Way& way) {
    const bool goes_on = way.write(Clock::now());
    if (goes_on && !(passage->up.is_closed() && passage->down.is_closed())) {
      watch_again(*passage);
    } else {
      end(*passage);
    }
  }

  void watch_again(Passage& passage) {
    const auto wanted = [](const Way& in, const Way& out) {
      return (in.reads() ? EPOLLIN : 0u) | (out.is_blocked() ? EPOLLOUT : 0u);
    };
    const std::uint32_t client = wanted(passage.up, passage.down);
    const std::uint32_t server = wanted(passage.down, passage.up);
    if (client != passage.client_events) watch(EPOLL_CTL_MOD, passage.up.from(), client);
    if (server != passage.server_events) watch(EPOLL_CTL_MOD, passage.down.from(), server);
    passage.client_events = client;
    passage.server_events = server;
  }

  /// Both sockets close with the last use of the passage, so that their numbers are not given to
  /// others while something is due there.
  void end(Passage& passage) {
    for (const int socket : {passage.up.from(), passage.down.from()}) {
      ::epoll_ctl(epoll_, EPOLL_CTL_DEL, socket, nullptr);
      ::shutdown(socket, SHUT_RDWR);
      passages_.erase(socket);
    }
  }

  void set_timer() {
    itimerspec when{};
    if (!due_.empty()) {
      const auto since =
          std::chrono::duration_cast<std::chrono::nanoseconds>(due_.front().at.time_since_epoch())
              .count();
      when.it_value = {.tv_sec = since / 1'000'000'000, .tv_nsec = since % 1'000'000'000};
    }
    ::timerfd_settime(timer_, TFD_TIMER_ABSTIME, &when, nullptr);
  }

  struct Due {
    Clock::time_point at;
    Shared passage;
    Way* way;
  };
  const std::chrono::microseconds each_way_;
  const int epoll_ = ::epoll_create1(EPOLL_CLOEXEC);
  const int timer_ = ::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
  const int listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  addrinfo* server_ = nullptr;
  std::unordered_map<int, Shared> passages_;  ///< by either of its sockets
  std::deque<Due> due_;
};

}  // namespace

void serve_delay_proxy(const std::string& host, int port, std::chrono::microseconds each_way,
                       const std::function<void(int port)>& publish_port) {
  Proxy proxy(host, port, each_way);
  publish_port(proxy.port());
  proxy.serve();
}

}  // namespace hss::bench
