// A fake receiver of webhooks.
#pragma once

#include <httplib.h>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace hss::test {

/// Listens on a port of its own, records its requests, and answers as `answer` says.
class Receiver {
 public:
  struct Message {
    std::string id, timestamp, signature, type, body;
  };

  /// `retry_after`: the header of every answer other than 2xx; empty: none.
  explicit Receiver(
      std::function<int(const Message&)> answer = [](const Message&) { return 204; },
      const std::string& retry_after = "")
      : answer_(std::move(answer)) {
    server_.Post("/hook",
                 [this, retry_after](const httplib::Request& request, httplib::Response& response) {
                   const Message message{.id = request.get_header_value("webhook-id"),
                                         .timestamp = request.get_header_value("webhook-timestamp"),
                                         .signature = request.get_header_value("webhook-signature"),
                                         .type = request.get_header_value("Content-Type"),
                                         .body = request.body};
                   const std::lock_guard lock(mutex_);
                   messages_.push_back(message);
                   response.status = answer_(message);
                   if (response.status >= 300 && !retry_after.empty()) {
                     response.set_header("Retry-After", retry_after);
                   }
                   if (response.status == 302) response.set_header("Location", url());
                   received_.notify_all();
                 });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    server_.wait_until_ready();
  }
  ~Receiver() {
    server_.stop();
    thread_.join();
  }
  Receiver(const Receiver&) = delete;
  Receiver& operator=(const Receiver&) = delete;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/hook"; }
  int port() const { return port_; }

  /// Returns all requests so far, once there are `count`.
  std::vector<Message> wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    received_.wait(lock, [&] { return messages_.size() >= count; });
    return messages_;
  }
  std::size_t count() {
    const std::lock_guard lock(mutex_);
    return messages_.size();
  }

 private:
  const std::function<int(const Message&)> answer_;
  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
  std::mutex mutex_;
  std::condition_variable received_;
  std::vector<Message> messages_;
};

}  // namespace hss::test
