#pragma once

#include <string>

#include "api/accounts.h"
#include "api/authenticator.h"
#include "domain/booking_service.h"
#include "domain/clock.h"
#include "domain/store.h"
#include "events/webhooks.h"

namespace hss::api {

/// What handlers work with. Owned by main's wiring; everything here is thread-safe.
struct Services {
  domain::Store& store;
  const domain::BookingService& bookings;
  const Authenticator& authenticator;
  domain::Clock now;
  std::string version;
  Accounts* accounts = nullptr;          ///< none in demo mode
  events::Webhooks* webhooks = nullptr;  ///< none where this program calls none
};

}  // namespace hss::api
