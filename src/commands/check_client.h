#pragma once

#include <httplib.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <utility>

namespace hss::commands {

using nlohmann::json;

/// A server's answer; status 0 for none.
struct Answer {
  int status = 0;
  json body;
  std::string text;  ///< of the body, whatever it is
  httplib::Headers headers;
};

/// Thrown for a point that fails, with what was seen instead.
class Unmet : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Thrown when there was no answer at all: no further request is worth sending.
class NoAnswer : public Unmet {
 public:
  using Unmet::Unmet;
};

/// The limit for a whole answer.
inline constexpr std::chrono::seconds answer_time{10};

/// Asks a server. Throws NoAnswer where it gives none.
class Client {
 public:
  /// `base_path` precedes each path.
  Client(const std::string& url, std::string base_path);

  void set_answer_time(std::chrono::seconds time) {
    answer_time_ = time;
    client_.set_read_timeout(time);
    client_.set_max_timeout(time);
  }

  Answer get(const std::string& path, const std::string& role = "customer",
             const std::string& etag = "") {
    httplib::Headers headers{{"X-HSS-Role", role}};
    if (!etag.empty()) headers.emplace("If-None-Match", etag);
    return ask([&] { return client_.Get(base_path_ + path, headers); });
  }
  Answer post(const std::string& path, const json& body, const std::string& role = "customer",
              const std::string& key = "") {
    httplib::Headers headers{{"X-HSS-Role", role}};
    if (!key.empty()) headers.emplace("Idempotency-Key", key);
    return ask(
        [&] { return client_.Post(base_path_ + path, headers, body.dump(), "application/json"); });
  }
  Answer post_text(const std::string& path, const std::string& body) {
    return ask([&] { return client_.Post(base_path_ + path, body, "application/json"); });
  }
  Answer patch(const std::string& path, const json& body, const std::string& role = "staff") {
    return ask([&] {
      return client_.Patch(base_path_ + path, {{"X-HSS-Role", role}}, body.dump(),
                           "application/json");
    });
  }

 private:
  template <class Send>
  Answer ask(const Send& send) {
    const auto start = std::chrono::steady_clock::now();
    const httplib::Result result = send();
    if (!result) throw NoAnswer(why(result.error(), std::chrono::steady_clock::now() - start));
    return {.status = result->status,
            .body = json::parse(result->body, nullptr, false),
            .text = result->body,
            .headers = result->headers};
  }

  std::string why(httplib::Error error, std::chrono::steady_clock::duration passed) const;

  const std::string url_, base_path_;
  std::chrono::seconds answer_time_{};
  httplib::Client client_;
};

/// They throw Unmet where the answer is another.
void expect(bool holds, const std::string& otherwise);
void expect_status(const Answer& answer, int status);
void expect_code(const Answer& answer, int status, const std::string& code);

}  // namespace hss::commands
