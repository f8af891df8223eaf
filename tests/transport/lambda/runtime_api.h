// A fake of Lambda's Runtime API. tests/packaging/lambda_test.py uses AWS's own emulator, where it
// is available.
#pragma once

#include <httplib.h>

#include <catch2/catch_test_macros.hpp>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "places.h"
#include "support.h"

namespace hss::test {

class RuntimeApi {
 public:
  struct Event {
    std::string json, id, deadline_ms = "99999999999999", trace;
  };
  struct Answer {
    std::string id, verb, body, error_type;
  };

  RuntimeApi() {
    server_.Get("/2018-06-01/runtime/invocation/next",
                [this](const httplib::Request&, httplib::Response& response) { next(response); });
    server_.Post(
        R"(/2018-06-01/runtime/(invocation/([^/]+)|init)/(response|error))",
        [this](const httplib::Request& request, httplib::Response& response) {
          response.status =
              take({.id = request.matches[2],
                    .verb = request.matches[3],
                    .body = request.body,
                    .error_type = request.get_header_value("Lambda-Runtime-Function-Error-Type")});
        });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    server_.wait_until_ready();
  }
  ~RuntimeApi() { end(); }

  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

  void end() {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
      changed_.notify_all();
    }
    server_.stop();
    if (thread_.joinable()) thread_.join();
  }

  /// Delivers the event and returns its response, or an empty one if end() comes first.
  Answer invoke(Event event) {
    std::unique_lock lock(mutex_);
    if (event.id.empty()) event.id = "invocation-" + std::to_string(++count_);
    const std::string id = event.id;
    events_.push_back(std::move(event));
    changed_.notify_all();
    changed_.wait(lock, [&] { return ending_ || find(id) != answers_.end(); });
    const auto answer = find(id);
    return answer == answers_.end() ? Answer{} : *answer;
  }
  Answer invoke(const std::string& json) { return invoke(Event{.json = json}); }

  /// Waits for the report of a failed start.
  Answer wait_for_start_failure() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return find("") != answers_.end(); });
    return *find("");
  }

  /// Returns once a runtime waits for an event.
  void wait_for_listener() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return listening_; });
  }

  /// Rejects answers with this status from now on.
  void reject_answers(int status) {
    const std::lock_guard lock(mutex_);
    rejection_ = status;
  }

 private:
  std::vector<Answer>::iterator find(const std::string& id) {
    return std::find_if(answers_.begin(), answers_.end(),
                        [&](const Answer& answer) { return answer.id == id; });
  }

  void next(httplib::Response& response) {
    std::unique_lock lock(mutex_);
    listening_ = true;
    changed_.notify_all();
    changed_.wait(lock, [&] { return ending_ || !events_.empty(); });
    listening_ = false;
    if (events_.empty()) {
      response.status = 500;
      return;
    }
    const Event event = std::move(events_.front());
    events_.pop_front();
    response.set_header("Lambda-Runtime-Aws-Request-Id", event.id);
    response.set_header("Lambda-Runtime-Deadline-Ms", event.deadline_ms);
    if (!event.trace.empty()) response.set_header("Lambda-Runtime-Trace-Id", event.trace);
    response.set_content(event.json, "application/json");
  }

  int take(Answer answer) {
    const std::lock_guard lock(mutex_);
    if (rejection_ != 0 && answer.verb == "response") return rejection_;
    answers_.push_back(std::move(answer));
    changed_.notify_all();
    return 202;
  }

  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Event> events_;
  std::vector<Answer> answers_;
  int count_ = 0;
  int rejection_ = 0;
  bool listening_ = false;
  bool ending_ = false;
};

inline std::string recorded_event(const std::string& name) {
  return read_file(source_folder() + "/tests/transport/lambda/events/" + name + ".json");
}

}  // namespace hss::test
