#pragma once

#include <string>

#include "api/accounts.h"
#include "api/authenticator.h"
#include "api/feed.h"
#include "api/tickets.h"
#include "domain/booking_service.h"
#include "domain/clock.h"
#include "domain/store.h"

namespace hss::api {

/// What handlers work with. Owned by main's wiring; everything here is thread-safe.
struct Services {
  domain::Store& store;
  const domain::BookingService& bookings;
  const Authenticator& authenticator;
  domain::Clock now;
  std::string version;
  Feed& feed;
  Tickets& tickets;
  Accounts* accounts = nullptr;  ///< none in demo mode
};

}  // namespace hss::api
