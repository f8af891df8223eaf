// The router behind Lambda, through a fake of its Runtime API.
#include "transport/lambda/lambda_runtime.h"

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "api/api_fixture.h"
#include "transport/lambda/runtime_api.h"

using namespace hss;
using namespace hss::test;

namespace {

/// The whole program behind the fake.
class Lambda {
 public:
  Lambda()
      : runtime_(router_, {.runtime_api = api.address(),
                           .before_answer = [this](auto deadline) { before_answer(deadline); },
                           .log = [this](const transport::Access& access) { logged = access; },
                           .report = [this](const std::string& text) { reported += text; }}),
        thread_([this] { stopped_ = runtime_.serve(); }) {}
  ~Lambda() { end(); }

  /// True if it ended because of stop().
  bool end() {
    if (thread_.joinable()) {
      runtime_.stop();
      thread_.join();
    }
    return stopped_;
  }
  bool wait_for_end() {
    thread_.join();
    return stopped_;
  }

  RuntimeApi api;
  // The runtime's thread changes these before its answer, tests read them after it.
  transport::Access logged;
  std::string reported;
  std::function<void(std::chrono::steady_clock::time_point)> before_answer = [](auto) {};

 private:
  TestClock clock_;
  app::Program program_{in_memory(),
                        test_environment(
                            clock_, [](const std::string&) {}, seeded_random()),
                        app::Program::Life::by_request};
  api::Router router_{program_.make_router()};
  transport::LambdaRuntime runtime_;
  bool stopped_ = false;
  std::thread thread_;
};

Json answered(const RuntimeApi::Answer& answer) {
  CHECK(answer.verb == "response");
  return Json::parse(answer.body);
}

Json body_of(const Json& answer) {
  return Json::parse(answer["body"].get<std::string>());
}

}  // namespace

TEST_CASE("Lambda's requests are answered by the same router, one after the other") {
  Lambda lambda;
  const Json health = answered(lambda.api.invoke(recorded_event("function_url_health")));
  CHECK(health["statusCode"] == 200);
  CHECK(body_of(health)["status"] == "ok");
  const Json list = answered(lambda.api.invoke(recorded_event("rest_booking")));
  // Two statuses are sent, and the first one counts.
  CHECK(list["statusCode"] == 200);
  CHECK(body_of(list)["count"] == 0);
  const Json payment = answered(lambda.api.invoke(recorded_event("http_payment")));
  CHECK(payment["statusCode"] == 404);
  CHECK(lambda.logged.path == "/api/v1/bookings/HSS-0123456789/payment");
  CHECK(lambda.logged.status == 404);
  CHECK(lambda.end());
}

TEST_CASE("a request has the client's id, or else Lambda's") {
  Lambda lambda;
  const Json made = answered(
      lambda.api.invoke({.json = recorded_event("function_url_health"), .id = "8476a536-e9f4"}));
  CHECK(made["headers"]["X-Request-Id"] == "8476a536-e9f4");
  CHECK(body_of(made)["request_id"] == "8476a536-e9f4");
  const Json given = answered(lambda.api.invoke(recorded_event("rest_notification_base64")));
  CHECK(given["multiValueHeaders"]["X-Request-Id"] == Json{"from-the-client"});
}

TEST_CASE("an event that is no request is answered 400, and the next one is served") {
  Lambda lambda;
  for (const std::string event : {"{}", "[1, 2]", "nonsense"}) {
    const Json answer = answered(lambda.api.invoke(event));
    CHECK(answer["statusCode"] == 400);
    CHECK(body_of(answer)["error"]["code"] == "validation_error");
  }
  const Json balanced = answered(lambda.api.invoke(recorded_event("load_balancer")));
  CHECK(balanced["statusCode"] == 400);
  CHECK(lambda.reported.find("Load Balancer") != std::string::npos);
  CHECK(answered(lambda.api.invoke(recorded_event("function_url_health")))["statusCode"] == 200);
}

TEST_CASE("what is left to do is done a second before Lambda ends the function") {
  using namespace std::chrono;
  Lambda lambda;
  steady_clock::time_point deadline;
  const auto end = system_clock::now() + seconds(30);
  const auto expected = steady_clock::now() + seconds(29);
  std::string trace;
  lambda.before_answer = [&](auto by) {
    deadline = by;
    trace = std::getenv("_X_AMZN_TRACE_ID");
  };
  lambda.api.invoke(
      {.json = recorded_event("function_url_health"),
       .deadline_ms = std::to_string(duration_cast<milliseconds>(end.time_since_epoch()).count()),
       .trace = "Root=1-5e6722a7"});
  CHECK(deadline > expected - milliseconds(500));
  CHECK(deadline < expected + milliseconds(500));
  CHECK(trace == "Root=1-5e6722a7");
}

TEST_CASE("a failure outside the router is told to Lambda, and the next request is served") {
  Lambda lambda;
  lambda.before_answer = [](auto) { throw std::runtime_error("out of everything"); };
  const auto failed = lambda.api.invoke(recorded_event("function_url_health"));
  CHECK(failed.verb == "error");
  CHECK(failed.error_type == "Hss.Failure");
  CHECK(Json::parse(failed.body)["errorMessage"] == "Something went wrong on our side");
  CHECK(lambda.reported.find("out of everything") != std::string::npos);
  lambda.before_answer = [](auto) {};
  CHECK(answered(lambda.api.invoke(recorded_event("function_url_health")))["statusCode"] == 200);
}

TEST_CASE("an answer that Lambda does not take is told as a failure, so that nobody waits for it") {
  Lambda lambda;
  lambda.api.reject_answers(413);
  const auto rejected = lambda.api.invoke(recorded_event("function_url_health"));
  CHECK(rejected.verb == "error");
  CHECK(rejected.error_type == "Hss.AnswerRefused");
  CHECK(lambda.reported.find("status 413") != std::string::npos);
}

TEST_CASE("a function that waits for an event ends when it is asked to") {
  Lambda lambda;
  lambda.api.wait_for_listener();
  CHECK(lambda.end());
}

TEST_CASE("a function whose Runtime API is gone ends and says why") {
  Lambda lambda;
  lambda.api.wait_for_listener();
  lambda.api.end();
  CHECK_FALSE(lambda.wait_for_end());
  CHECK(lambda.reported.find("Runtime API") != std::string::npos);
}

TEST_CASE("a start that fails is told to Lambda in a sentence") {
  RuntimeApi api;
  transport::report_start_failure(api.address(), "The database is locked");
  const auto failure = api.wait_for_start_failure();
  CHECK(failure.verb == "error");
  CHECK(failure.error_type == "Hss.StartFailure");
  CHECK(Json::parse(failure.body)["errorMessage"] == "The database is locked");
}
