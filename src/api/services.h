#pragma once

#include <functional>
#include <string>

#include "api/events/event_broadcaster.h"
#include "api/site/backups.h"
#include "auth/accounts.h"
#include "auth/authenticator.h"
#include "auth/tickets.h"
#include "domain/bookings/booking_service.h"
#include "domain/clock.h"
#include "domain/events/publisher.h"
#include "domain/store.h"
#include "events/webhooks.h"
#include "metrics/text.h"
#include "uploads/uploads.h"

namespace hss::api {

class LocalNetwork;

/// The services that handlers use. main's wiring owns them; all are thread-safe.
struct Services {
  domain::Store& store;
  const domain::BookingService& bookings;
  const auth::Authenticator& authenticator;
  domain::Clock now;
  std::string version;
  domain::RandomBytes random{};  ///< for new ids
  std::string base_path{};       ///< before every address in a response
  /// Both are null if responses cannot stream, as on Lambda; the routes that need them are not
  /// served.
  EventBroadcaster* broadcaster = nullptr;
  auth::Tickets* tickets = nullptr;
  auth::Accounts* accounts = nullptr;  ///< none in demo mode
  /// Publishes an event at once if nothing persistent could publish it later; else none.
  domain::Publisher* relay = nullptr;
  events::Webhooks* webhooks = nullptr;         ///< none if this program calls no webhooks
  uploads::Uploads* uploads = nullptr;          ///< none if this program takes no photos
  const Backups* backups = nullptr;             ///< none if this program makes no automatic backups
  const LocalNetwork* local_network = nullptr;  ///< none if this program does not listen itself
  std::function<void(metrics::Text&)> describe;  ///< writes all metrics; none if there are none
};

}  // namespace hss::api
