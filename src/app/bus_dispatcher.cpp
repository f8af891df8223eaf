#include "app/bus_dispatcher.h"

#include <string>

#include "app/publishers.h"
#include "crypto/digest.h"

namespace hss::app {

BusDispatcher::BusDispatcher(const Config& config, domain::Store& store, const domain::Clock& now,
                             Log& log)
    : publisher_(
          open_publisher(config, now, [&log](const std::string& text) { log.warning(text); })) {
  // The target is added even if the publisher cannot start: events of that time are published once
  // it can.
  if (config.message_bus == "sns") {
    store.transact([](domain::Tx& tx) { tx.outbox().insert_target("sns"); });
  }
  if (!publisher_) return;
  dispatcher_.emplace(
      store, *publisher_, now, crypto::fill_random,
      [&log](const std::string& text) { log.warning(text); },
      events::DispatcherOptions{.target = "sns"});
}

void BusDispatcher::start() {
  if (dispatcher_) dispatcher_->start();
}

void BusDispatcher::stop() {
  if (dispatcher_) dispatcher_->stop();
}

}  // namespace hss::app
