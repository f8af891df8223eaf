// Servers that behave as no library's server would.
#pragma once

#include <array>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>

#include "client_socket.h"
#include "platform/poller.h"

namespace hss::test {

/// Accepts one connection after another on a port of its own and passes each to `talk`.
class BrokenServer {
 public:
  explicit BrokenServer(std::function<void(BrokenServer&, platform::SocketHandle connection)> talk)
      : talk_(std::move(talk)) {
    socket_ = platform::listen_at("127.0.0.1", 0, 64 * 1024).socket;
    if (socket_ == platform::no_socket) throw std::runtime_error("no port to listen on");
    port = platform::local_port(socket_);
    poller_.watch(socket_, platform::Interest::input, platform::Poller::Report::always);
    thread_ = std::thread([this] { serve(); });
  }
  ~BrokenServer() {
    {
      const std::lock_guard lock(mutex_);
      ends_ = true;
    }
    changed_.notify_all();
    poller_.stop();
    thread_.join();
    poller_.forget(socket_);
    platform::close(socket_);
  }
  BrokenServer(const BrokenServer&) = delete;
  BrokenServer& operator=(const BrokenServer&) = delete;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port); }

  /// For `talk`: reads the beginning of a request.
  static void receive(platform::SocketHandle connection) {
    char bytes[64 * 1024];
    receive_some(connection, bytes, sizeof(bytes));
  }
  /// For `talk`: returns false once the client is gone.
  static bool say(platform::SocketHandle connection, const std::string& text) {
    return send_all(connection, text);
  }
  /// For `talk`: releases wait_for_call(), and sends nothing until the test is over.
  void hang() {
    std::unique_lock lock(mutex_);
    was_called_ = true;
    changed_.notify_all();
    changed_.wait(lock, [this] { return ends_; });
  }
  void wait_for_call() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return was_called_; });
  }

  int port = 0;

 private:
  void serve() {
    std::array<platform::SocketHandle, 1> ready{};
    while (!poller_.wait(ready).is_stopped) {
      const platform::SocketHandle connection = platform::accept(socket_).socket;
      if (connection == platform::no_socket) continue;
      talk_(*this, connection);
      platform::close(connection);
    }
  }

  std::function<void(BrokenServer&, platform::SocketHandle)> talk_;
  platform::SocketHandle socket_ = platform::no_socket;
  platform::Poller poller_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool was_called_ = false;
  bool ends_ = false;
  std::thread thread_;
};

}  // namespace hss::test
