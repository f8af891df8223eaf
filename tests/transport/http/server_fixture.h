// A server behind a real socket, and clients of it.
#pragma once

#include <httplib.h>

#include <catch2/catch_test_macros.hpp>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>

#include "api/api_fixture.h"
#include "platform/stop_request.h"
#include "storage/sqlite/sqlite_store.h"
#include "support.h"
#include "transport/http/http_server.h"

namespace hss::test {

/// The whole program on a free port.
class Server {
 public:
  explicit Server(transport::HttpOptions options = {})
      : server_(router_, with_log(std::move(options))) {
    // OpenSSL writes to closed sockets, so the program does this, too.
    platform::ignore_broken_pipes();
    port = server_.bind();
    thread_ = std::thread([this] { server_.serve(); });
  }
  ~Server() { stop(); }

  void stop() {
    if (!thread_.joinable()) return;
    server_.stop();
    thread_.join();
  }

  httplib::Client client() const {
    httplib::Client client("127.0.0.1", port);
    client.set_keep_alive(true);
    client.set_tcp_nodelay(true);
    return client;
  }

  /// Returns the log once it has `count` lines.
  std::vector<transport::Access> wait_for_log(std::size_t count) {
    std::unique_lock lock(mutex_);
    logged_.wait(lock, [&] { return log_.size() >= count; });
    return log_;
  }

  int port = 0;

 private:
  TestClock clock_;
  app::Program program_{in_memory(), test_environment(
                                         clock_, [](const std::string&) {}, seeded_random())};

 public:
  storage::Store& store{program_.store()};

 private:
  api::Router router_{program_.make_router()};
  transport::HttpOptions with_log(transport::HttpOptions options) {
    options.log = [this](const transport::Access& access) {
      const std::lock_guard lock(mutex_);
      log_.push_back(access);
      logged_.notify_all();
    };
    return options;
  }

  std::mutex mutex_;
  std::condition_variable logged_;
  std::vector<transport::Access> log_;
  transport::HttpServer server_;
  std::thread thread_;
};

/// A client that sends any bytes.
class RawClient {
 public:
  explicit RawClient(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  }
  ~RawClient() { ::close(socket_); }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  void send(const std::string& bytes) {
    for (std::size_t sent = 0; sent < bytes.size();) {
      const auto part = ::send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
      if (part <= 0) return;
      sent += static_cast<std::size_t>(part);
    }
  }

  /// True while the server still reads.
  bool is_taken() { return ::send(socket_, "", 0, MSG_NOSIGNAL) == 0; }

  /// Returns one answer: its head and as much body as its length says.
  std::string receive() {
    std::string& text = received_;
    while (text.find("\r\n\r\n") == text.npos) {
      if (!more()) return std::exchange(text, {});
    }
    const auto head = text.find("\r\n\r\n") + 4;
    const auto at = text.find("Content-Length: ");
    const std::size_t length = at < head ? std::stoul(text.substr(at + 16)) : 0;
    while (text.size() < head + length) {
      if (!more()) break;
    }
    const std::string answer = text.substr(0, head + length);
    text.erase(0, head + length);
    return answer;
  }

  /// True if the server has closed its side; waits a moment for that.
  bool has_ended() {
    pollfd entry{.fd = socket_, .events = POLLIN, .revents = 0};
    constexpr int moment_ms = 50;
    return ::poll(&entry, 1, moment_ms) > 0 && !more();
  }

  /// Ends sending; answers can still be read.
  void end() { ::shutdown(socket_, SHUT_WR); }

  /// True if the server has closed its side and nothing is left to read.
  bool is_closed() { return received_.empty() && !more(); }

 private:
  bool more() {
    char buffer[4096];
    pollfd entry{.fd = socket_, .events = POLLIN, .revents = 0};
    constexpr int give_up_ms = 20'000;
    if (::poll(&entry, 1, give_up_ms) <= 0) return false;
    const auto size = ::recv(socket_, buffer, sizeof buffer, 0);
    if (size <= 0) return false;
    received_.append(buffer, static_cast<std::size_t>(size));
    return true;
  }

  int socket_;
  std::string received_;
};

inline std::string request_of(const std::string& method, const std::string& target,
                              const std::string& headers = "", const std::string& body = "") {
  return method + " " + target + " HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n" + body;
}

inline std::string post_of(const std::string& body) {
  return request_of("POST", "/api/v1/bookings",
                    "Content-Length: " + std::to_string(body.size()) + "\r\n", body);
}

inline int status_of(const std::string& answer) {
  return answer.size() > 12 ? std::stoi(answer.substr(9, 3)) : 0;
}

inline bool is_in_shape(const std::string& answer) {
  const Json body = Json::parse(answer.substr(answer.find("\r\n\r\n") + 4), nullptr, false);
  return body.is_object() && body.contains("error") && body.contains("request_id");
}

}  // namespace hss::test
