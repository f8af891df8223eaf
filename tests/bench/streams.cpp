// Event streams under load: 200 are open while 1,000 requests a second run, one in ten of which
// makes a booking. Reports if each stream received each event once, in order, and how long after
// the request was sent. Usage: hss_stream_bench [seconds] [streams] [requests a second]
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "app/program.h"
#include "transport/http/http_server.h"

namespace {

using namespace hss;
using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr int senders = 8;
constexpr int requests_a_booking = 10;

/// The whole program on a file.
class Server {
 public:
  explicit Server(const std::string& path)
      : program_(config_of(path), app::system_environment({}, [](const std::string& text) {
                   throw std::runtime_error(text);
                 })) {
    port = server_.bind();
    thread_ = std::thread([this] { server_.serve(); });
  }
  ~Server() {
    server_.stop();
    thread_.join();
  }

  int port = 0;

 private:
  static Config config_of(const std::string& path) {
    Config config;
    config.db = path;
    return config;
  }

  app::Program program_;
  api::Router router_{program_.make_router()};
  transport::HttpServer server_{router_, {}};
  std::thread thread_;
};

int connect_to(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  const int yes = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("cannot connect");
  }
  return socket;
}

void send_all(int socket, const std::string& bytes) {
  if (::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(bytes.size())) {
    throw std::runtime_error("cannot send");
  }
}

/// Sends a request and reads its answer to the end.
std::string ask(int socket, const std::string& request) {
  send_all(socket, request);
  std::string answer;
  std::array<char, 16 * 1024> buffer{};
  for (std::size_t size = 0; size == 0 || answer.size() < size;) {
    const auto part = ::recv(socket, buffer.data(), buffer.size(), 0);
    if (part <= 0) throw std::runtime_error("the server closed a connection");
    answer.append(buffer.data(), static_cast<std::size_t>(part));
    const auto head = answer.find("\r\n\r\n");
    if (head == answer.npos) continue;
    size = head + 4 + std::stoul(answer.substr(answer.find("Content-Length: ") + 16, 12));
  }
  return answer;
}

std::string reference_in(const std::string& text) {
  constexpr std::size_t length = 14;
  return text.substr(std::min(text.find("HSS-"), text.size()), length);
}

/// One event on one stream.
struct Arrival {
  long id = 0;
  std::string booking;
  Clock::time_point at;
};

/// Reads all streams on one thread until end() is called.
class Listeners {
 public:
  Listeners(int port, std::size_t count) : epoll_(::epoll_create1(EPOLL_CLOEXEC)), all_(count) {
    for (auto& one : all_) {
      one.socket = connect_to(port);
      send_all(one.socket, "GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.ptr = &one;
      ::epoll_ctl(epoll_, EPOLL_CTL_ADD, one.socket, &event);
    }
    while (greeted_ < count) read_some();
    thread_ = std::thread([this] {
      while (!is_done_) read_some();
    });
  }
  ~Listeners() {
    end();
    for (auto& one : all_) ::close(one.socket);
    ::close(epoll_);
  }

  std::size_t heard() const { return received_; }
  void end() {
    is_done_ = true;
    if (thread_.joinable()) thread_.join();
  }
  /// Called after end().
  std::vector<std::vector<Arrival>> arrivals() const {
    std::vector<std::vector<Arrival>> arrivals;
    for (const auto& one : all_) arrivals.push_back(one.arrivals);
    return arrivals;
  }

 private:
  struct Listener {
    int socket = -1;
    std::string text;
    bool is_greeted = false;
    std::vector<Arrival> arrivals;
  };

  void read_some() {
    std::array<epoll_event, 64> events{};
    std::array<char, 64 * 1024> buffer{};
    const int count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 100);
    for (int i = 0; i < count; ++i) {
      auto& one = *static_cast<Listener*>(events[static_cast<std::size_t>(i)].data.ptr);
      const auto size = ::recv(one.socket, buffer.data(), buffer.size(), 0);
      if (size <= 0) {
        ::epoll_ctl(epoll_, EPOLL_CTL_DEL, one.socket, nullptr);
        continue;
      }
      const auto now = Clock::now();
      one.text.append(buffer.data(), static_cast<std::size_t>(size));
      for (auto end = one.text.find("\n\n"); end != one.text.npos; end = one.text.find("\n\n")) {
        take_block(one, one.text.substr(0, end), now);
        one.text.erase(0, end + 2);
      }
    }
  }

  void take_block(Listener& one, const std::string& block, Clock::time_point now) {
    if (block.find("retry: ") != block.npos && !std::exchange(one.is_greeted, true)) ++greeted_;
    if (block.find("event: booking_submitted") == block.npos) return;
    one.arrivals.push_back({.id = std::stol(block.substr(block.find("id: ") + 4)),
                            .booking = reference_in(block),
                            .at = now});
    ++received_;
  }

  const int epoll_;
  std::vector<Listener> all_;
  std::size_t greeted_ = 0;
  std::atomic<std::size_t> received_ = 0;
  std::atomic<bool> is_done_ = false;
  std::thread thread_;
};

/// Sends `rate` requests a second, and records when it asked for each booking.
class Load {
 public:
  Load(int port, double rate, std::chrono::seconds lasts) {
    const std::string body =
        R"({"customer_name":"Thandi Mokoena","email":"thandi@tuks.co.za","pickup_date":"2026-12-01",)"
        R"("pickup_window":"08:00 - 11:00","address":"12 Burnett Street, Hatfield",)"
        R"("items":[{"type":"bed"}],"pricing":{"duration":3}})";
    const std::string create =
        "POST /api/v1/bookings HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        "Content-Length: " +
        std::to_string(body.size()) + "\r\n\r\n" + body;
    const std::string read = "GET /api/v1/catalog HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    const auto gap =
        std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(senders / rate));
    const auto start = Clock::now();
    std::vector<std::thread> threads;
    for (int sender = 0; sender < senders; ++sender) {
      threads.emplace_back([&, sender] {
        const int socket = connect_to(port);
        auto due = start + gap * sender / senders;
        for (int n = sender; due < start + lasts; due += gap, ++n) {
          std::this_thread::sleep_until(due);
          const auto sent = Clock::now();
          const bool creates = n % requests_a_booking == 0;
          const std::string answer = ask(socket, creates ? create : read);
          const std::lock_guard lock(mutex_);
          ++answered;
          if (creates) asked_at.emplace(reference_in(answer.substr(answer.find("\r\n\r\n"))), sent);
        }
        ::close(socket);
      });
    }
    for (auto& thread : threads) thread.join();
    seconds = std::chrono::duration<double>(Clock::now() - start).count();
  }

  std::size_t answered = 0;
  double seconds = 0;
  std::map<std::string, Clock::time_point> asked_at;

 private:
  std::mutex mutex_;
};

void print_times(const char* what, std::vector<double>& times) {
  if (times.empty()) return;
  std::sort(times.begin(), times.end());
  const auto at = [&](double share) {
    return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
  };
  std::printf("%-44s p50 %7.2f ms  p99 %7.2f ms  most %7.2f ms\n", what, at(0.5), at(0.99),
              times.back());
}

bool run(const std::string& folder, std::chrono::seconds lasts, std::size_t streams, double rate) {
  Server program(folder + "/hss.db");
  Listeners listeners(program.port, streams);
  const Load load(program.port, rate, lasts);
  const std::size_t wanted = load.asked_at.size() * streams;
  const auto give_up = Clock::now() + std::chrono::seconds(20);
  while (listeners.heard() < wanted && Clock::now() < give_up) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  listeners.end();

  std::size_t whole = 0;
  std::vector<double> each, last;
  std::map<std::string, double> last_of;
  for (const auto& arrivals : listeners.arrivals()) {
    bool in_order = arrivals.size() == load.asked_at.size();
    for (std::size_t i = 1; i < arrivals.size(); ++i) {
      in_order = in_order && arrivals[i].id == arrivals[i - 1].id + 1;
    }
    whole += in_order ? 1u : 0u;
    for (const Arrival& arrival : arrivals) {
      const auto asked = load.asked_at.find(arrival.booking);
      if (asked == load.asked_at.end()) continue;
      each.push_back(Milliseconds(arrival.at - asked->second).count());
      last_of[arrival.booking] = std::max(last_of[arrival.booking], each.back());
    }
  }
  for (const auto& [booking, time] : last_of) last.push_back(time);
  std::printf("%zu streams, %.0f requests a second, %zu events\n", streams,
              static_cast<double>(load.answered) / load.seconds, load.asked_at.size());
  std::printf("%zu of %zu streams heard every event once, in order\n", whole, streams);
  print_times("from the request to a stream", each);
  print_times("from the request to the last of the streams", last);
  return whole == streams;
}

}  // namespace

int main(int argc, char** argv) {
  const auto given = [&](int at, int otherwise) {
    return argc > at ? std::max(1, std::atoi(argv[at])) : otherwise;
  };
  std::string folder = (std::filesystem::temp_directory_path() / "hss-bench-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) return 1;
  int exit_code = 1;
  try {
    exit_code = run(folder, std::chrono::seconds(given(1, 10)),
                    static_cast<std::size_t>(given(2, 200)), given(3, 1'000))
                    ? 0
                    : 1;
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "hss_stream_bench: %s\n", failure.what());
  }
  std::filesystem::remove_all(folder);
  return exit_code;
}
