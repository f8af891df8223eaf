#pragma once

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "api/http/response.h"
#include "api/http/stream_sink.h"

namespace hss::test {

/// A client of a stream. It reads at once, or leaves everything unread until the test lets it read.
class Listener final : public api::StreamSink {
 public:
  explicit Listener(bool is_slow = false) : is_slow_(is_slow) {}

  bool write(std::string_view text) override {
    const std::lock_guard lock(mutex_);
    if (!is_open_) return false;
    text_ += text;
    if (is_slow_) waiting_ += text.size();
    received_.notify_all();
    return true;
  }
  std::size_t waiting() const override {
    const std::lock_guard lock(mutex_);
    return waiting_;
  }
  bool is_open() const override {
    const std::lock_guard lock(mutex_);
    ++looks_;
    return is_open_;
  }
  void close() override {
    const std::lock_guard lock(mutex_);
    is_open_ = false;
    received_.notify_all();
  }
  void watch(std::function<void()> changed) override { changed_ = std::move(changed); }

  void read_all() {
    {
      const std::lock_guard lock(mutex_);
      waiting_ = 0;
    }
    changed_();
  }

  std::string text() const {
    const std::lock_guard lock(mutex_);
    return text_;
  }
  /// Returns once the broadcaster has registered the stream.
  void wait_until_taken_in() {
    while (looks() == 0) {
      changed_();
      std::this_thread::yield();
    }
  }
  /// Returns true once the text has been received.
  bool receives(const std::string& text, std::size_t times = 1) {
    return waits_for([&] { return count(text_, text) >= times; });
  }
  bool is_closed() {
    return waits_for([&] { return !is_open_; });
  }
  /// The ids of the events received so far.
  std::vector<std::int64_t> ids() const {
    std::vector<std::int64_t> ids;
    const std::string text = this->text();
    for (auto at = text.find("\nevent: "); at != text.npos; at = text.find("\nevent: ", at + 1)) {
      ids.push_back(std::stoll(text.substr(text.rfind("id: ", at) + 4)));
    }
    return ids;
  }

 private:
  static std::size_t count(const std::string& text, const std::string& part) {
    std::size_t times = 0;
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++times;
    return times;
  }
  template <class Fact>
  bool waits_for(const Fact& fact) {
    std::unique_lock lock(mutex_);
    return received_.wait_for(lock, std::chrono::seconds(20), fact);
  }

  int looks() const {
    const std::lock_guard lock(mutex_);
    return looks_;
  }

  const bool is_slow_;
  mutable std::mutex mutex_;
  mutable int looks_ = 0;  ///< calls of is_open() so far
  std::condition_variable received_;
  std::string text_;
  std::size_t waiting_ = 0;
  bool is_open_ = true;
  std::function<void()> changed_;
};

using Heard = std::shared_ptr<Listener>;

inline Heard listen(const api::Response& response, Heard listener = std::make_shared<Listener>()) {
  REQUIRE(response.status == 200);
  REQUIRE(response.on_stream);
  response.on_stream(listener);
  return listener;
}

}  // namespace hss::test
