#include "app/lambda_function.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "api/events/notification.h"
#include "api/http/json.h"
#include "crypto/digest.h"

namespace hss::app {
namespace {

constexpr const char* notifications = "/api/v1/notifications";
constexpr const char* target = "sns";

domain::Instant now() {
  return std::chrono::system_clock::now();
}

/// Logs each event that was not published; an alarm counts these lines (packaging/aws).
class ReportingPublisher final : public domain::Publisher {
 public:
  ReportingPublisher(std::unique_ptr<domain::Publisher> publisher,
                     std::function<void(const std::string&)> report)
      : publisher_(std::move(publisher)), report_(std::move(report)) {}

  std::size_t max_at_once() const override { return publisher_->max_at_once(); }
  std::vector<domain::DeliveryResult> publish(std::span<const domain::OutboxEvent> events,
                                              domain::Deadline deadline) override {
    auto results = publisher_->publish(events, deadline);
    for (std::size_t i = 0; i < results.size(); ++i) {
      if (results[i].result == domain::DeliveryResult::Result::delivered) continue;
      report_("an event " + events[i].type + " was not published: " + results[i].error);
    }
    return results;
  }
  void stop() override { publisher_->stop(); }

 private:
  std::unique_ptr<domain::Publisher> publisher_;
  const std::function<void(const std::string&)> report_;
};

std::unique_ptr<domain::Publisher> reporting(
    std::unique_ptr<domain::Publisher> publisher,
    const std::function<void(const std::string&)>& report) {
  if (publisher == nullptr) return nullptr;
  return std::make_unique<ReportingPublisher>(std::move(publisher), report);
}

/// Drops the routes that stream, as Lambda needs an answer that ends.
std::vector<api::Route> ending(std::vector<api::Route> routes) {
  std::erase_if(routes, [](const api::Route& route) {
    return route.pattern == "/api/v1/events" || route.pattern == "/api/v1/events/ticket";
  });
  return routes;
}

/// Swaps in the handlers of a function that stores nothing.
std::vector<api::Route> relaying(std::vector<api::Route> routes) {
  for (api::Route& route : routes) {
    if (route.pattern == notifications) route.handler = api::relay_notification;
  }
  return routes;
}

/// True for the path itself and for any path below it.
bool is_at(std::string_view path, std::string_view place) {
  if (place == "/") return true;
  return path.starts_with(place) && (path.size() == place.size() || path[place.size()] == '/');
}

}  // namespace

LambdaFunction::LambdaFunction(const Config& config, std::unique_ptr<domain::Publisher> publisher,
                               const std::function<void(const std::string&)>& report)
    : report_(report),
      publisher_(reporting(std::move(publisher), report)),
      program_(config, system_environment(config, report), Program::Life::by_request),
      routes_(config.is_in_memory() ? relaying(ending(api::routes())) : ending(api::routes())),
      router_(program_.make_router(
          {.routes = &routes_,
           .relay = publisher_.get(),
           .reject_unserved = [this](const auto& request) { return reject_unserved(request); }})) {
  if (config.is_in_memory()) return;
  // Nothing runs here between requests, so each cold start deletes what has expired.
  constexpr int batch = 1'000;
  program_.store().transact([](domain::Tx& tx) {
    static_cast<void>(tx.delete_expired(domain::expiry_at(now()), batch));
  });
  // The target is added even if the publisher cannot start: events of that time are published once
  // it can.
  if (publisher_ != nullptr || config.message_bus == "sns") {
    program_.store().transact([](domain::Tx& tx) { tx.outbox().insert_target(target); });
  }
  if (publisher_ == nullptr) return;
  dispatcher_.emplace(program_.store(), *publisher_, now, crypto::fill_random, report,
                      events::DispatcherOptions{.target = target});
}

void LambdaFunction::publish_due(domain::Deadline deadline) {
  if (!dispatcher_) return;
  // The bus hardly ever answers in less.
  constexpr std::chrono::milliseconds min_attempt_time{500};
  using Outcome = events::Dispatcher::Outcome;
  try {
    while (std::chrono::steady_clock::now() + min_attempt_time < deadline &&
           dispatcher_->deliver(deadline) == Outcome::went_well) {
    }
  } catch (const std::exception& failure) {
    // The events stay in the outbox and go out with a later request.
    report_(std::string("events were not published: ") + failure.what());
  }
}

std::optional<api::Response> LambdaFunction::reject_unserved(const api::Request& request) const {
  const bool has_bus = publisher_ != nullptr || !program_.config().is_in_memory();
  const auto& places = program_.config().lambda_routes;
  const bool is_named = std::any_of(places.begin(), places.end(), [&](const std::string& place) {
    return is_at(request.path, place);
  });
  if (is_named && (has_bus || request.path != notifications)) return std::nullopt;
  api::Response response = api::json_response(
      200,
      {{"message", "The HSS backend is reached; this route is not served here yet"},
       {"method", request.method},
       {"path", request.path}},
      request);
  response.set("Cache-Control", "no-store");
  return response;
}

}  // namespace hss::app
