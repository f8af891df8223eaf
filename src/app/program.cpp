#include "app/program.h"

#include <chrono>
#include <utility>

#include "api/site/metrics.h"
#include "app/password_hashing.h"
#include "app/uploads.h"
#include "config/version.h"
#include "crypto/digest.h"
#include "domain/error.h"
#include "storage/open_store.h"

namespace hss::app {

Environment system_environment(const Config& config,
                               std::function<void(const std::string&)> report) {
  const domain::Clock now = [] { return std::chrono::system_clock::now(); };
  return {.now = now,
          .random = crypto::fill_random,
          .hashing = scrypt_hashing(),
          .report = std::move(report),
          .webhooks = {.now = now, .may_be_private = config.allow_private_webhooks},
          .streams = {}};
}

Program::Program(Config config, Environment environment, Life life)
    : config_(std::move(config)),
      environment_(std::move(environment)),
      store_(storage::open_store(config_.place(), environment_.report)),
      bookings_(environment_.now, environment_.random,
                config_.auth == Config::Auth::accounts ? domain::UnknownWindow::rejected
                                                       : domain::UnknownWindow::taken),
      demo_(environment_.now, environment_.random),
      uploads_(open_uploads(config_, *store_, environment_)),
      tickets_(store_->tickets(), environment_.random) {
  if (config_.auth == Config::Auth::accounts) {
    accounts_.emplace(config_, *store_, environment_.now, environment_.random,
                      environment_.hashing);
  }
  if (life == Life::by_request) return;
  broadcaster_.emplace(*store_, authenticator(), environment_.report, environment_.streams);
  webhooks_.emplace(*store_, environment_.webhooks, environment_.random, environment_.report);
}

const auth::Authenticator& Program::authenticator() const {
  if (accounts_) return accounts_->authenticator();
  return demo_;
}

api::Router Program::make_router(RouterParts parts) {
  return api::Router(*parts.routes,
                     {.store = *store_,
                      .bookings = bookings_,
                      .authenticator = authenticator(),
                      .now = environment_.now,
                      .version = version,
                      .random = environment_.random,
                      .base_path = config_.base_path,
                      .broadcaster = broadcaster_ ? &*broadcaster_ : nullptr,
                      .tickets = broadcaster_ ? &tickets_ : nullptr,
                      .accounts = accounts_ ? &accounts_->accounts() : nullptr,
                      .relay = parts.relay,
                      .webhooks = webhooks_ ? &*webhooks_ : nullptr,
                      .uploads = uploads_.get(),
                      .backups = parts.backups,
                      .local_network = parts.local_network,
                      .describe = std::move(parts.describe)},
                     {.allowed_origins = api::AllowedOrigins(config_.allowed_origins),
                      .base_path = api::BasePath(config_.base_path),
                      .allowed_hosts = std::move(parts.allowed_hosts),
                      .upload_origin = uploads_ ? uploads_->files->origin() : "",
                      .random = environment_.random,
                      .report = environment_.report,
                      .reject_unserved = std::move(parts.reject_unserved)});
}

api::Router Program::make_metrics_router(std::function<void(metrics::Text&)> describe) {
  const auto metrics_alone = [](const api::Request& request) -> std::optional<api::Response> {
    if (request.path == "/metrics") return std::nullopt;
    throw domain::Error(domain::ErrorCode::not_found, "Here is /metrics alone");
  };
  return api::Router(api::metrics_routes(),
                     {.store = *store_,
                      .bookings = bookings_,
                      .authenticator = demo_,
                      .now = environment_.now,
                      .version = version,
                      .describe = std::move(describe)},
                     {.allowed_origins = api::AllowedOrigins({}),
                      .random = environment_.random,
                      .report = environment_.report,
                      .reject_unserved = metrics_alone});
}

}  // namespace hss::app
