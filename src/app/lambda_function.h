#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/http/router.h"
#include "api/route.h"
#include "app/program.h"
#include "config/config.h"
#include "domain/events/publisher.h"
#include "events/dispatcher.h"

namespace hss::app {

/// The program as an AWS Lambda function: it serves the routes that `config` enables and answers
/// every other path 200 `{message, method, path, request_id}`, as the backend before this one does,
/// so that routes can be moved one by one. Used by one thread.
///
/// With a database in memory nothing is stored: a notification is published or it is not accepted.
/// With a file it is stored first, and an event that could not be published goes out with a later
/// request.
class LambdaFunction {
 public:
  /// `publisher` publishes events; null if no message bus is configured, and then notifications are
  /// not served from memory. `report` receives failures and events that were not published. Throws
  /// Error{unavailable} if the database cannot be used.
  LambdaFunction(const Config& config, std::unique_ptr<domain::Publisher> publisher,
                 const std::function<void(const std::string&)>& report);

  const api::Router& router() const { return router_; }

  /// Publishes the events that are due until none is left, the bus is unreachable or the deadline
  /// is near. Returns by the deadline, whatever the bus does; the rest goes out with a later
  /// request.
  void publish_due(domain::Deadline deadline);

 private:
  std::optional<api::Response> reject_unserved(const api::Request& request) const;

  const std::function<void(const std::string&)> report_;
  std::unique_ptr<domain::Publisher> publisher_;
  Program program_;
  const std::vector<api::Route> routes_;
  const api::Router router_;
  std::optional<events::Dispatcher> dispatcher_;
};

}  // namespace hss::app
