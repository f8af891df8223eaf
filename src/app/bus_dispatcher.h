#pragma once

#include <memory>
#include <optional>

#include "config/config.h"
#include "domain/clock.h"
#include "domain/events/publisher.h"
#include "domain/store.h"
#include "events/dispatcher.h"
#include "log/log.h"

namespace hss::app {

/// Publishes events to the message bus, if one is configured. All arguments outlive it.
class BusDispatcher {
 public:
  BusDispatcher(const Config& config, domain::Store& store, const domain::Clock& now, Log& log);

  void start();
  void stop();

 private:
  const std::unique_ptr<domain::Publisher> publisher_;
  std::optional<events::Dispatcher> dispatcher_;
};

}  // namespace hss::app
