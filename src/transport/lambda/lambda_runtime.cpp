#include "transport/lambda/lambda_runtime.h"

#include <httplib.h>

#include <algorithm>
#include <charconv>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <utility>

#include "transport/lambda/lambda_event.h"

namespace hss::transport {
namespace {

using std::chrono::steady_clock;
using std::chrono::system_clock;

const std::string version = "/2018-06-01/runtime/";

httplib::Headers failure_type(const char* type) {
  return {{"Lambda-Runtime-Function-Error-Type", type}};
}

/// A request as the Runtime API returns it: the event, and what its headers say.
struct Invocation {
  std::string id;
  std::string event;
  steady_clock::time_point deadline;  ///< of the answer
};

/// `end` is when Lambda ends the function, in milliseconds since 1970.
steady_clock::time_point deadline_of(const std::string& end) {
  using std::chrono::milliseconds;
  constexpr std::chrono::seconds time_to_answer{1};
  constexpr milliseconds usual{3'000}, max_timeout{900'000};
  std::int64_t count = 0;
  const auto read = std::from_chars(end.data(), end.data() + end.size(), count);
  const bool is_number = read.ec == std::errc() && read.ptr == end.data() + end.size();
  const auto now = std::chrono::duration_cast<milliseconds>(system_clock::now().time_since_epoch());
  const milliseconds left = is_number
                                ? std::clamp(milliseconds(std::max<std::int64_t>(count, 0)) - now,
                                             milliseconds(0), max_timeout)
                                : usual;
  return steady_clock::now() + left - time_to_answer;
}

}  // namespace

class LambdaRuntime::Session {
 public:
  Session(const api::Router& router, LambdaOptions options)
      : router_(router),
        options_(std::move(options)),
        events_("http://" + options_.runtime_api),
        answers_("http://" + options_.runtime_api) {
    // Lambda freezes the process while it waits, for as long as it likes; this is about the most
    // that httplib can count.
    constexpr std::chrono::hours max_wait{20 * 24};
    events_.set_read_timeout(max_wait);
    for (httplib::Client* client : {&events_, &answers_}) {
      client->set_keep_alive(true);
      client->set_tcp_nodelay(true);
    }
  }

  bool serve();
  void stop();

 private:
  bool begin(bool is_waiting);
  std::optional<Invocation> next();
  void handle(const Invocation& invocation);
  std::string answer_to(const Invocation& invocation);
  void post(const Invocation& invocation, const std::string& answer);

  const api::Router& router_;
  const LambdaOptions options_;
  httplib::Client events_, answers_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool serving_ = false;
  bool waiting_ = false;  ///< for the next event
  bool stopping_ = false;
};

bool LambdaRuntime::Session::serve() {
  constexpr int max_failures = 3;
  int failures = 0;
  while (failures < max_failures && begin(true)) {
    const auto invocation = next();
    begin(false);
    failures = invocation ? 0 : failures + 1;
    if (invocation) handle(*invocation);
  }
  const std::lock_guard lock(mutex_);
  serving_ = waiting_ = false;
  ended_.notify_all();
  return stopping_;
}

/// Returns false once stop() was called.
bool LambdaRuntime::Session::begin(bool is_waiting) {
  const std::lock_guard lock(mutex_);
  serving_ = true;
  waiting_ = is_waiting && !stopping_;
  return !stopping_;
}

void LambdaRuntime::Session::stop() {
  std::unique_lock lock(mutex_);
  stopping_ = true;
  while (serving_) {
    // Between saying that it waits and waiting, there is nothing yet to interrupt.
    if (waiting_) events_.stop();
    ended_.wait_for(lock, std::chrono::milliseconds(10));
  }
}

std::optional<Invocation> LambdaRuntime::Session::next() {
  const auto taken = events_.Get(version + "invocation/next");
  if (!taken || taken->status != 200) {
    const std::lock_guard lock(mutex_);
    if (!stopping_) {
      options_.report(
          "Lambda's Runtime API at " + options_.runtime_api + " gave no event: " +
          (taken ? "status " + std::to_string(taken->status) : httplib::to_string(taken.error())));
    }
    return std::nullopt;
  }
  const std::string trace = taken->get_header_value("Lambda-Runtime-Trace-Id");
  if (trace.empty()) {
    ::unsetenv("_X_AMZN_TRACE_ID");
  } else {
    ::setenv("_X_AMZN_TRACE_ID", trace.c_str(), 1);
  }
  Invocation invocation{
      .id = taken->get_header_value("Lambda-Runtime-Aws-Request-Id"),
      .event = taken->body,
      .deadline = deadline_of(taken->get_header_value("Lambda-Runtime-Deadline-Ms"))};
  if (invocation.id.empty()) {
    options_.report("Lambda's Runtime API gave an event without an id, which nobody can answer");
    return std::nullopt;
  }
  return invocation;
}

void LambdaRuntime::Session::handle(const Invocation& invocation) {
  try {
    post(invocation, answer_to(invocation));
  } catch (const std::exception& failure) {
    // The router throws nothing, so this is memory or the like.
    options_.report("request " + invocation.id + ": " + failure.what());
    answers_.Post(version + "invocation/" + invocation.id + "/error", failure_type("Hss.Failure"),
                  lambda_failure("Hss.Failure", "Something went wrong on our side"),
                  "application/json");
  }
}

std::string LambdaRuntime::Session::answer_to(const Invocation& invocation) {
  const auto start = steady_clock::now();
  LambdaEvent event = read_lambda_event(invocation.event);
  api::Request& request = event.request;
  request.deadline = invocation.deadline;
  if (request.find_header("X-Request-Id") == nullptr) {
    request.headers.emplace_back("X-Request-Id", invocation.id);
  }
  const api::Response response =
      event.error ? router_.reject(request, *event.error) : router_.handle(request);
  if (event.error) {
    options_.report("event " + invocation.id + " was refused: " + event.error->what());
  }
  options_.before_answer(invocation.deadline);
  options_.log(
      {.method = request.method,
       .path = request.target.substr(0, request.target.find('?')),
       .status = response.status,
       .time = std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - start),
       .request_id = request.request_id,
       .remote_address = request.client_address});
  return lambda_answer(response, event.shape, request.method);
}

void LambdaRuntime::Session::post(const Invocation& invocation, const std::string& answer) {
  const std::string path = version + "invocation/" + invocation.id;
  const auto taken = answers_.Post(path + "/response", answer, "application/json");
  if (taken && taken->status / 100 == 2) return;
  options_.report(
      "Lambda did not take the answer to request " + invocation.id + ": " +
      (taken ? "status " + std::to_string(taken->status) : httplib::to_string(taken.error())));
  if (!taken) return;
  // The client would otherwise wait for the time-out.
  answers_.Post(path + "/error", failure_type("Hss.AnswerRefused"),
                lambda_failure("Hss.AnswerRefused", "Lambda did not take the answer"),
                "application/json");
}

LambdaRuntime::LambdaRuntime(const api::Router& router, LambdaOptions options)
    : session_(std::make_unique<Session>(router, std::move(options))) {}

LambdaRuntime::~LambdaRuntime() = default;

bool LambdaRuntime::serve() {
  return session_->serve();
}

void LambdaRuntime::stop() {
  session_->stop();
}

void report_start_failure(const std::string& runtime_api, const std::string& why) {
  httplib::Client client("http://" + runtime_api);
  client.Post(version + "init/error", failure_type("Hss.StartFailure"),
              lambda_failure("Hss.StartFailure", why), "application/json");
}

}  // namespace hss::transport
