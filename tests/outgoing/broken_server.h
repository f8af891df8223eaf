// Servers that behave as no library's server would.
#pragma once

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>

namespace hss::test {

/// Accepts one connection after another on a port of its own and passes each to `talk`.
class BrokenServer {
 public:
  explicit BrokenServer(std::function<void(BrokenServer&, int connection)> talk)
      : talk_(std::move(talk)) {
    socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* plain = reinterpret_cast<sockaddr*>(&address);
    if (::bind(socket_, plain, size) != 0 || ::listen(socket_, 16) != 0 ||
        ::getsockname(socket_, plain, &size) != 0) {
      throw std::runtime_error("no port to listen on");
    }
    port = ntohs(address.sin_port);
    thread_ = std::thread([this] {
      for (;;) {
        const int connection = ::accept(socket_, nullptr, nullptr);
        if (connection < 0) return;
        talk_(*this, connection);
        ::close(connection);
      }
    });
  }
  ~BrokenServer() {
    {
      const std::lock_guard lock(mutex_);
      ends_ = true;
    }
    changed_.notify_all();
    ::shutdown(socket_, SHUT_RDWR);
    thread_.join();
    ::close(socket_);
  }
  BrokenServer(const BrokenServer&) = delete;
  BrokenServer& operator=(const BrokenServer&) = delete;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port); }

  /// For `talk`: reads the beginning of a request.
  static void receive(int connection) {
    char bytes[64 * 1024];
    [[maybe_unused]] const auto size = ::recv(connection, bytes, sizeof(bytes), 0);
  }
  /// For `talk`: returns false once the client is gone.
  static bool say(int connection, const std::string& text) {
    return ::send(connection, text.data(), text.size(), MSG_NOSIGNAL) >= 0;
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
  std::function<void(BrokenServer&, int)> talk_;
  int socket_ = -1;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool was_called_ = false;
  bool ends_ = false;
  std::thread thread_;
};

}  // namespace hss::test
