// A server behind a real socket, and clients of it.
#pragma once

#include <httplib.h>

#include <catch2/catch_test_macros.hpp>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "api/api_fixture.h"
#include "client_socket.h"
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
  explicit RawClient(int port) : socket_(connect_to(port)) {}
  ~RawClient() { platform::close(socket_); }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  void send(const std::string& bytes) { send_all(socket_, bytes); }

  /// True while the server still reads.
  bool is_taken() { return ::send(socket_, "", 0, 0) == 0; }

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
    constexpr std::chrono::milliseconds moment{50};
    return platform::wait_for(socket_, platform::Interest::input, moment) && !more();
  }

  /// Ends sending; answers can still be read.
  void end() { platform::shut_down(socket_, platform::Direction::send); }

  /// True if the server has closed its side and nothing is left to read; waits for that.
  bool is_closed() { return received_.empty() && read() == platform::Transfer::State::ended; }

 private:
  platform::Transfer::State read() {
    char buffer[4096];
    const platform::Transfer part = receive_some(socket_, buffer, sizeof buffer);
    received_.append(buffer, part.size);
    return part.state;
  }
  bool more() { return read() == platform::Transfer::State::moved; }

  platform::SocketHandle socket_;
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
