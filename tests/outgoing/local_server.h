// Another service's server, on a port of its own.
#pragma once

#include <httplib.h>

#include <string>
#include <thread>

namespace hss::test {

class LocalServer {
 public:
  LocalServer() {
    port = server.bind_to_any_port("127.0.0.1");
    server.set_keep_alive_timeout(1);
  }
  ~LocalServer() {
    server.stop();
    if (thread_.joinable()) thread_.join();
  }

  /// Called once its routes are added.
  void start() {
    thread_ = std::thread([this] { server.listen_after_bind(); });
    server.wait_until_ready();
  }

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port); }

  httplib::Server server;
  int port = 0;

 private:
  std::thread thread_;
};

}  // namespace hss::test
