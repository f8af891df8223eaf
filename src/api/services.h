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

namespace hss::api {

/// What handlers work with. Owned by main's wiring; everything here is thread-safe.
struct Services {
  domain::Store& store;
  const domain::BookingService& bookings;
  const auth::Authenticator& authenticator;
  domain::Clock now;
  std::string version;
  std::string base_path{};  ///< before every address that an answer holds
  /// Both null where no answer can go on, as on Lambda; the routes that need them are not there.
  EventBroadcaster* broadcaster = nullptr;
  auth::Tickets* tickets = nullptr;
  auth::Accounts* accounts = nullptr;  ///< none in demo mode
  /// Who hears of an event at once, where nothing lasts that could tell it later; else none.
  domain::Publisher* relay = nullptr;
  events::Webhooks* webhooks = nullptr;          ///< none where this program calls none
  const Backups* backups = nullptr;              ///< none where this program makes none by itself
  std::function<void(metrics::Text&)> describe;  ///< all that is measured; none where nothing is
};

}  // namespace hss::api
