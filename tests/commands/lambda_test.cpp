// The routes that the function serves, what it stores, and when it publishes.
#include <SQLiteCpp/SQLiteCpp.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <chrono>
#include <filesystem>
#include <future>
#include <nlohmann/json.hpp>

#include "api/api_fixture.h"
#include "app/lambda_function.h"
#include "commands/process.h"
#include "outgoing/broken_server.h"
#include "transport/lambda/runtime_api.h"

using namespace hss;
using namespace hss::test;
using namespace std::chrono_literals;
using domain::DeliveryResult;

namespace {

/// A fake bus; it records what the function's publisher sends.
struct Bus {
  std::vector<domain::OutboxEvent> heard;
  DeliveryResult answer{.result = DeliveryResult::Result::delivered};
  bool is_there = true;
  std::vector<domain::Deadline> deadlines;  ///< of each call
};

class BusPublisher final : public domain::Publisher {
 public:
  explicit BusPublisher(Bus& bus) : bus_(bus) {}
  std::vector<DeliveryResult> publish(std::span<const domain::OutboxEvent> events,
                                      domain::Deadline deadline) override {
    bus_.deadlines.push_back(deadline);
    if (bus_.answer.result == DeliveryResult::Result::delivered) {
      bus_.heard.insert(bus_.heard.end(), events.begin(), events.end());
    }
    return std::vector<DeliveryResult>(events.size(), bus_.answer);
  }
  void stop() override {}

 private:
  Bus& bus_;
};

/// The function under test, with requests as the runtime makes them.
class Function {
 public:
  explicit Function(Bus& bus, std::vector<std::string> routes, const std::string& db = ":memory:")
      : config_(make_config(std::move(routes), db)),
        function_(config_, bus.is_there ? std::make_unique<BusPublisher>(bus) : nullptr,
                  [this](const std::string& text) { reported += text + "\n"; }) {}

  api::Response send(const std::string& method, const std::string& target,
                     const std::string& body = "", std::chrono::milliseconds time_left = 30s) {
    api::Request request;
    request.deadline = std::chrono::steady_clock::now() + time_left;
    request.method = method;
    request.target = target;
    request.body = body;
    const api::Response response = function_.router().handle(request);
    function_.publish_due(request.deadline);
    last_deadline = request.deadline;
    return response;
  }

  std::string reported;
  domain::Deadline last_deadline;

 private:
  static Config make_config(std::vector<std::string> routes, const std::string& db) {
    Config config;
    config.db = db;
    config.allowed_origins = {"*"};
    config.lambda_routes = std::move(routes);
    return config;
  }

  const Config config_;
  app::LambdaFunction function_;
};

const std::vector<std::string> usual_routes{"/health", "/api/v1/notifications"};
const std::string note = R"({"message":"On our way","booking_id":"HSS-1732262400"})";

}  // namespace

TEST_CASE("a route that is not served here says so, whatever is asked of it") {
  Bus bus;
  Function function(bus, usual_routes);
  CHECK(body_of(function.send("GET", "/health"))["status"] == "ok");
  const auto [method, path] = GENERATE(table<std::string, std::string>({
      {"GET", "/api/v1/bookings"},
      {"POST", "/api/v1/bookings"},
      {"DELETE", "/api/v1/nothing"},
      {"GET", "/"},
      {"GET", "/healthy"},
  }));
  const auto response = function.send(method, path + "?q=1", booking_body().dump());
  CHECK(response.status == 200);
  const Json body = body_of(response);
  CHECK(body["message"].get<std::string>().find("not served here") != std::string::npos);
  CHECK(body["method"] == method);
  CHECK(body["path"] == path);
  CHECK(body["request_id"] == header_of(response, "X-Request-Id"));
}

TEST_CASE("a browser may ask before it calls a route that is not served here") {
  Bus bus;
  Function function(bus, usual_routes);
  CHECK(function.send("OPTIONS", "/api/v1/bookings").status == 204);
}

TEST_CASE("a notification is published before it is accepted, where nothing is kept") {
  Bus bus;
  Function function(bus, usual_routes);
  const auto response = function.send("POST", "/api/v1/notifications", note);
  CHECK(response.status == 202);
  CHECK(body_of(response)["accepted"] == true);
  CHECK(body_of(response)["message"] == "On our way");
  REQUIRE(bus.heard.size() == 1);
  CHECK(bus.heard[0].type == "notification");
  CHECK(bus.heard[0].booking_id == "HSS-1732262400");
  CHECK(bus.heard[0].payload == R"({"message":"On our way"})");
  // A topic that drops repetitions must not take another event for one.
  function.send("POST", "/api/v1/notifications", note);
  REQUIRE(bus.heard.size() == 2);
  CHECK(bus.heard[0].fingerprint != bus.heard[1].fingerprint);
}

TEST_CASE("a notification that could not be published is not accepted, where nothing is kept") {
  Bus bus;
  bus.answer = {.result = DeliveryResult::Result::failed, .error = "Nobody answers"};
  Function function(bus, usual_routes);
  const auto response = function.send("POST", "/api/v1/notifications", note);
  CHECK(response.status == 503);
  CHECK(code_of(response) == "unavailable");
  CHECK(header_of(response, "Retry-After") == "1");
  CHECK(function.reported.find("was not published: Nobody answers") != std::string::npos);

  bus.answer = {.result = DeliveryResult::Result::permanent_failure, .error = "No such topic"};
  CHECK(function.send("POST", "/api/v1/notifications", note).status == 500);

  bus.answer = {.result = DeliveryResult::Result::delivered};
  CHECK(function.send("POST", "/api/v1/notifications", note).status == 202);
  CHECK(bus.heard.size() == 1);
}

TEST_CASE("a notification with faults hears of them on Lambda, too") {
  Bus bus;
  Function function(bus, usual_routes);
  const std::string body =
      GENERATE(as<std::string>(), "", "{}", R"({"message":7})", R"({"message":"a","booking_id":1})",
               R"({"message":"a","booking_id":"HSS-"})", R"({"message":"a","booking_id":"x' OR"})");
  const auto response = function.send("POST", "/api/v1/notifications", body);
  CHECK(response.status == 400);
  CHECK(code_of(response) == "validation_error");
  CHECK(bus.heard.empty());
}

TEST_CASE("without a message bus, notifications are not served from memory") {
  Bus bus{.is_there = false};
  Function function(bus, usual_routes);
  const auto response = function.send("POST", "/api/v1/notifications", note);
  CHECK(response.status == 200);
  CHECK(body_of(response)["path"] == "/api/v1/notifications");
  CHECK_FALSE(body_of(response).contains("accepted"));
}

TEST_CASE("on a file a booking is kept, and others hear of it before the answer") {
  TempFolder folder;
  Bus bus;
  Function function(bus, {"/"}, folder.file("hss.db"));
  const auto response = function.send("POST", "/api/v1/bookings", booking_body().dump());
  CHECK(response.status == 201);
  REQUIRE(bus.heard.size() == 1);
  CHECK(bus.heard[0].type == "booking_submitted");
  CHECK(bus.heard[0].booking_id == body_of(response)["booking_id"]);
  CHECK(function.send("POST", "/api/v1/notifications", note).status == 404);
}

TEST_CASE("on a file a booking stands while the bus is away, and is heard of later") {
  TempFolder folder;
  Bus bus;
  {
    bus.answer = {.result = DeliveryResult::Result::failed, .error = "Nobody answers"};
    Function function(bus, {"/"}, folder.file("hss.db"));
    CHECK(function.send("POST", "/api/v1/bookings", booking_body().dump()).status == 201);
    CHECK(function.reported.find("was not published: Nobody answers") != std::string::npos);
    CHECK(bus.heard.empty());
  }
  // Another instance on the same file.
  bus.answer = {.result = DeliveryResult::Result::delivered};
  Function function(bus, {"/"}, folder.file("hss.db"));
  CHECK(function.send("POST", "/api/v1/bookings", booking_body().dump()).status == 201);
  while (bus.heard.size() < 2) function.send("GET", "/health");
}

TEST_CASE("others are told of a booking only until its answer is due") {
  TempFolder folder;
  Bus bus;
  Function function(bus, {"/"}, folder.file("hss.db"));
  CHECK(function.send("POST", "/api/v1/bookings", booking_body().dump()).status == 201);
  CHECK(bus.deadlines == std::vector{function.last_deadline});
}

TEST_CASE("with hardly any time left, a booking is answered first and heard of later") {
  TempFolder folder;
  Bus bus;
  Function function(bus, {"/"}, folder.file("hss.db"));
  CHECK(function.send("POST", "/api/v1/bookings", booking_body().dump(), 100ms).status == 201);
  CHECK(bus.deadlines.empty());
  CHECK(function.send("GET", "/health").status == 200);
  CHECK(bus.heard.size() == 1);
}

TEST_CASE("a notification that nothing keeps is told by when its answer is due") {
  Bus bus;
  Function function(bus, usual_routes);
  function.send("POST", "/api/v1/notifications", note);
  CHECK(bus.deadlines == std::vector{function.last_deadline});
}

namespace {

/// Sets variables of the test's own process, which its children inherit.
class Variables {
 public:
  explicit Variables(std::vector<std::pair<std::string, std::string>> variables)
      : variables_(std::move(variables)) {
    for (const auto& [name, value] : variables_) ::setenv(name.c_str(), value.c_str(), 1);
  }
  ~Variables() {
    for (const auto& [name, value] : variables_) ::unsetenv(name.c_str());
  }
  Variables(const Variables&) = delete;
  Variables& operator=(const Variables&) = delete;

 private:
  const std::vector<std::pair<std::string, std::string>> variables_;
};

std::string rejection_of(std::vector<std::pair<std::string, std::string>> variables) {
  TempFolder folder;
  variables.emplace_back("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:1");
  const Variables set(std::move(variables));
  const Outcome outcome = run(folder, {"lambda"});
  CHECK(outcome.exit_code == 2);
  return outcome.error;
}

}  // namespace

TEST_CASE("hss lambda says what it lacks, in a sentence") {
  TempFolder folder;
  const Outcome outside = run(folder, {"lambda", "--auth", "demo"});
  CHECK(outside.exit_code == 1);
  CHECK(outside.error.find("AWS_LAMBDA_RUNTIME_API") != std::string::npos);
  CHECK(rejection_of({}).find("say who may act") != std::string::npos);
  CHECK(rejection_of({{"HSS_AUTH", "accounts"}}).find("database that lasts") != std::string::npos);
  CHECK(rejection_of({{"HSS_AUTH", "demo"}, {"HSS_DB", "/tmp/hss.db"}})
            .find("reserved concurrency of 1") != std::string::npos);
  CHECK(rejection_of({{"HSS_AUTH", "accounts"},
                      {"HSS_DB", folder.file("hss.db")},
                      {"HSS_LAMBDA_ALLOW_SQLITE", "1"},
                      {"HSS_JWT_SECRET", "short"}})
            .find("at least 32 characters") != std::string::npos);
  CHECK(rejection_of({{"HSS_AUTH", "demo"}, {"HSS_LAMBDA_ROUTES", "/health,/api/v1/bookings"}})
            .find("/api/v1/bookings needs a database that lasts") != std::string::npos);
  CHECK(rejection_of({{"HSS_AUTH", "demo"}, {"HSS_LAMBDA_ROUTES", "health"}}).find("is no path") !=
        std::string::npos);
}

TEST_CASE("the executable called bootstrap is a Lambda function, and ends cleanly on SIGTERM") {
  TempFolder folder;
  RuntimeApi api;
  const std::string bootstrap = folder.file("bootstrap");
  std::filesystem::create_symlink(executable(), bootstrap);
  const Variables set({{"AWS_LAMBDA_RUNTIME_API", api.address()}, {"HSS_AUTH", "demo"}});
  Process function(folder, bootstrap, {});
  const Json health = Json::parse(api.invoke(recorded_event("function_url_health")).body);
  CHECK(health["statusCode"] == 200);
  const Json catalog = Json::parse(api.invoke(recorded_event("rest_booking")).body);
  CHECK(catalog["body"].get<std::string>().find("not served here") != std::string::npos);
  api.wait_for_listener();
  const Outcome outcome = function.end(SIGTERM);
  CHECK(outcome.exit_code == 0);
  CHECK(outcome.error.find("\"path\":\"/health\"") != std::string::npos);
}

TEST_CASE("a function that is set up wrong tells Lambda what it lacks") {
  TempFolder folder;
  RuntimeApi api;
  const Variables set({{"AWS_LAMBDA_RUNTIME_API", api.address()}});
  CHECK(run(folder, {"lambda"}).exit_code == 2);
  const auto failure = api.wait_for_start_failure();
  CHECK(failure.error_type == "Hss.StartFailure");
  CHECK(Json::parse(failure.body)["errorMessage"].get<std::string>().find("say who may act") !=
        std::string::npos);
}

TEST_CASE("a function signs tokens with the key that it is given, and keeps none") {
  TempFolder folder;
  RuntimeApi api;
  const Variables set({{"AWS_LAMBDA_RUNTIME_API", api.address()},
                       {"HSS_AUTH", "accounts"},
                       {"HSS_DB", folder.file("hss.db")},
                       {"HSS_LAMBDA_ALLOW_SQLITE", "1"},
                       {"HSS_JWT_SECRET", std::string(32, 'k')}});
  Process function(folder, executable(), {"lambda"});
  CHECK(Json::parse(api.invoke(recorded_event("function_url_health")).body)["statusCode"] == 200);
  api.wait_for_listener();
  CHECK(function.end(SIGTERM).exit_code == 0);
  SQLite::Database database(folder.file("hss.db"));
  CHECK(database.execAndGet("SELECT count(*) FROM token_keys").getInt() == 0);
}

TEST_CASE("a broker that closes early does not end the function") {
  constexpr int tries = 300;
  TempFolder folder;
  RuntimeApi api;
  const BrokenServer broker([](BrokenServer&, auto) {});
  const Variables set({{"AWS_LAMBDA_RUNTIME_API", api.address()},
                       {"HSS_AUTH", "demo"},
                       {"MESSAGE_BUS_MODE", "sns"},
                       {"SNS_TOPIC_ARN", "arn:aws:sns:us-east-1:123456789012:bookings"},
                       {"AWS_ENDPOINT_URL", broker.url()},
                       {"AWS_ACCESS_KEY_ID", "AKIA1"},
                       {"AWS_SECRET_ACCESS_KEY", "hidden"}});
  Process function(folder, {"lambda"});
  // It depends on timing whether a write meets the end of the connection, so this tries often.
  auto unavailable = std::async(std::launch::async, [&] {
    int count = 0;
    for (int i = 0; i < tries; ++i) {
      const auto answer = api.invoke(recorded_event("function_url_notification"));
      if (answer.body.find("\"statusCode\":503") != std::string::npos) ++count;
    }
    return count;
  });
  while (unavailable.wait_for(10ms) != std::future_status::ready) {
    if (!function.is_running()) api.end();
  }
  CHECK(unavailable.get() == tries);
  REQUIRE(function.is_running());
  api.wait_for_listener();
  CHECK(function.end(SIGTERM).exit_code == 0);
}

TEST_CASE("a function whose database cannot be opened tells Lambda so") {
  TempFolder folder;
  RuntimeApi api;
  const Variables set({{"AWS_LAMBDA_RUNTIME_API", api.address()},
                       {"HSS_AUTH", "demo"},
                       {"HSS_DB", "/proc/no/hss.db"},
                       {"HSS_LAMBDA_ALLOW_SQLITE", "1"}});
  CHECK(run(folder, {"lambda"}).exit_code == 1);
  const auto failure = api.wait_for_start_failure();
  CHECK(Json::parse(failure.body)["errorMessage"].get<std::string>().find("/proc/no") !=
        std::string::npos);
}
