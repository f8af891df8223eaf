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

/// The program as a function: what `config` has a part for is served, and every other path is
/// answered 200 `{message, method, path, request_id}`, as the backend before this one does, so that
/// routes can be moved one by one. Used by one thread.
///
/// On a database in memory nothing is kept: a notification is published or it is not accepted. On a
/// file it is kept first, and what could not be published goes out with a later request.
class LambdaFunction {
 public:
  /// `publisher`: who hears of events; none where no message bus is set up, and then notifications
  /// are not served from memory. `report` is told of failures and of events not published. Throws
  /// Error{unavailable} where the database cannot be used.
  LambdaFunction(const Config& config, std::unique_ptr<domain::Publisher> publisher,
                 const std::function<void(const std::string&)>& report);

  const api::Router& router() const { return router_; }

  /// Publishes what is due, until nothing is, the bus is away or the deadline is near. Returns by
  /// the deadline, whatever the bus does; what is left goes out with a later request.
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
