#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/events/event_broadcaster.h"
#include "api/http/router.h"
#include "api/route.h"
#include "app/accounts_mode.h"
#include "auth/demo_authenticator.h"
#include "auth/tickets.h"
#include "config/config.h"
#include "domain/accounts/password_hashing.h"
#include "domain/bookings/booking_service.h"
#include "domain/clock.h"
#include "domain/reference.h"
#include "events/webhooks.h"
#include "storage/store.h"
#include "uploads/uploads.h"

namespace hss::app {

/// The clock, randomness and limits that the program runs with. Tests bring their own.
struct Environment {
  domain::Clock now;
  domain::RandomBytes random;
  domain::PasswordHashing hashing;
  std::function<void(const std::string&)> report;  ///< of failures; called from any thread
  events::WebhookCalls webhooks;
  api::EventBroadcasterOptions streams;
};

/// The system's clock and randomness, scrypt, and what `config` says.
Environment system_environment(const Config& config,
                               std::function<void(const std::string&)> report);

/// Optional parts of a router.
struct RouterParts {
  const std::vector<api::Route>* routes = &api::routes();
  std::optional<api::AllowedHosts> allowed_hosts;
  const api::Backups* backups = nullptr;
  const api::LocalNetwork* local_network = nullptr;
  std::function<void(metrics::Text&)> describe;
  domain::Publisher* relay = nullptr;
  std::function<std::optional<api::Response>(const api::Request&)> reject_unserved =
      [](const api::Request&) { return std::nullopt; };
};

/// The program between its configuration and its router: the store, the services, who may do what.
/// The one place that wires them, for the server, for Lambda and for tests. Nothing of it listens.
class Program {
 public:
  /// A program that runs by_request, as on Lambda, has no threads between requests, and so neither
  /// streams nor webhooks.
  enum class Life { long_running, by_request };

  /// Opens the database. Throws Error{unavailable} where that cannot be used.
  explicit Program(Config config, Environment environment, Life life = Life::long_running);

  /// The program outlives it.
  api::Router make_router(RouterParts parts = {});
  /// One that answers `/metrics` alone, to anyone.
  api::Router make_metrics_router(std::function<void(metrics::Text&)> describe);

  const Config& config() const { return config_; }
  storage::Store& store() { return *store_; }
  AccountsMode* accounts() { return accounts_ ? &*accounts_ : nullptr; }  ///< none in demo mode
  uploads::Uploads* uploads() { return uploads_.get(); }                  ///< none if it takes none
  events::Webhooks& webhooks() { return *webhooks_; }                     ///< long_running alone

 private:
  const auth::Authenticator& authenticator() const;

  const Config config_;
  const Environment environment_;
  std::unique_ptr<storage::Store> store_;
  const domain::BookingService bookings_;
  const auth::DemoAuthenticator demo_;
  std::optional<AccountsMode> accounts_;
  const std::unique_ptr<uploads::Uploads> uploads_;
  std::optional<api::EventBroadcaster> broadcaster_;
  std::optional<events::Webhooks> webhooks_;
  auth::Tickets tickets_;
};

}  // namespace hss::app
