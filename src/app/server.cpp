#include "app/server.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "certificates/certificate.h"
#include "config/listen_host.h"

namespace hss::app {
namespace {

/// The log warns of the certificate's end from so long before it.
constexpr std::chrono::days renewal_time{30};

/// Accounts mode does not need this check: a page of another site has no token.
std::optional<api::AllowedHosts> allowed_hosts(const Config& config) {
  if (config.auth == Config::Auth::accounts) return std::nullopt;
  std::vector<std::string> names = config.allowed_hosts;
  if (api::is_host_name(config.host)) names.push_back(config.host);
  return api::AllowedHosts(names);
}

/// Files that the configuration names are read before a database is created.
std::unique_ptr<transport::Tls> open_tls(const Config& config) {
  return config.tls ? std::make_unique<transport::Tls>(*config.tls) : nullptr;
}

Environment environment_of(const Config& config,
                           const std::function<void(const std::string&)>& report,
                           const transport::ConnectionLimits& limits) {
  Environment environment = system_environment(config, report);
  environment.streams.max_streams = limits.max_connections / 2;
  return environment;
}

}  // namespace

platform::StopRequest::Hangup hangup_of(const Config& config) {
  using enum platform::StopRequest::Hangup;
  return config.auth == Config::Auth::accounts || config.tls ? reloads : ends;
}

std::vector<std::string> reloaded_files(const Config& config) {
  if (!config.tls) return {};
  return {config.tls->certificate, config.tls->key};
}

Server::Server(Config config, Log& log, const ServerOptions& options)
    : log_(log),
      now_([] { return std::chrono::system_clock::now(); }),
      report_([&log](const std::string& text) { log.failure(text); }),
      tls_(open_tls(config)),
      proxies_(config.trusted_proxies),
      program_(config, environment_of(config, report_, options.limits)) {
  storage::Store& store = program_.store();
  options.prepare(store);
  pruner_.emplace(store, now_);
  if (program_.uploads()) {
    if (const auto problem = program_.uploads()->files->find_problem()) {
      log_.warning("photos cannot be kept: " + *problem);
    }
    sweeper_.emplace(store, *program_.uploads(), report_);
  }
  bus_.emplace(config, store, now_, log_);
  metrics_.emplace(store, now_);
  if (config.backups) {
    backups_.emplace(store, config.db, config.uploads, *config.backups, now_, report_);
  }
  listen(options);
  warn_of_certificate_end();
  if (program_.accounts()) disable_webhooks_of_demo();
  program_.webhooks().start();
}

void Server::listen(const ServerOptions& options) {
  const Config& config = program_.config();
  const auto hosts = allowed_hosts(config);
  local_network_.emplace(config, tls_.get(), hosts);
  // It cannot be moved into place.
  router_.reset(new api::Router(
      program_.make_router({.allowed_hosts = hosts,
                            .backups = backups_ ? &*backups_ : nullptr,
                            .local_network = &*local_network_,
                            .describe = [this](metrics::Text& text) { describe(text); },
                            .reject_unserved = options.answer_first})));
  http_.emplace(
      *router_,
      transport::HttpOptions{.host = config.host,
                             .port = config.port,
                             .connections = options.limits,
                             .tls = tls_.get(),
                             .trusted_proxies = std::move(proxies_),
                             .log =
                                 [this, note = options.on_access](const transport::Access& access) {
                                   log_.access(access);
                                   metrics_->note(access);
                                   note(access);
                                 },
                             .report = report_});
  metrics_->watch(*http_);
  port_ = http_->bind();
  local_network_->set_port(port_);
  url_ = url_of(config.host, port_, config.tls.has_value());
  url_.pop_back();
  url_ += config.base_path + "/";
  if (!config.metrics) return;
  metrics_server_.emplace(*config.metrics, program_,
                          [this](metrics::Text& text) { describe(text); });
  log_.info("metrics are at " + url_of(config.metrics->host, metrics_server_->port(), false) +
            "metrics, without a sign-in");
}

void Server::describe(metrics::Text& text) {
  metrics_->describe(text);
  if (backups_) backups_->describe(text);
  if (program_.uploads()) program_.uploads()->describe(text, program_.store());
}

void Server::disable_webhooks_of_demo() {
  const auto ids = program_.store().transact(
      [this](domain::Tx& tx) { return program_.webhooks().service().disable_those_of_demo(tx); });
  for (const std::string& id : ids) {
    log_.warning("webhook " + id +
                 " was added in demo mode, where anybody could add it, and is now disabled; to "
                 "keep it, an administrator enables it on the page Events");
  }
}

void Server::serve() {
  if (program_.accounts() && program_.config().token_key_source) {
    refresher_.emplace(*program_.accounts(),
                       [this](const std::string& text) { log_.warning(text); });
  }
  bus_->start();
  http_->serve();
  bus_->stop();
}

void Server::stop() {
  // First, as the server answers whoever waits for the test of a webhook.
  program_.webhooks().stop();
  http_->stop();
}

void Server::warn_of_certificate_end() const {
  if (!tls_) return;
  const auto [certificate, authority] = tls_->certificates();
  const domain::Instant end = certificates::end_of(*certificate);
  if (end - now_() > renewal_time) return;
  log_.warning("the certificate expires on " + domain::to_date(end) + "; renew it" +
               (authority ? " with hss certificate" : "") + "; it is reloaded " +
               std::string(platform::reload_occasion));
}

void Server::reload() {
  const auto attempt = [this](const char* what, const char* kept, const auto& load) {
    try {
      load();
      log_.info(std::string("reloaded the ") + what);
    } catch (const domain::Error& error) {
      log_.warning(std::string(error.what()) + ". The previous " + kept + " in use.");
    }
  };
  if (tls_) attempt("certificate", "certificate stays", [this] { tls_->reload(); });
  warn_of_certificate_end();
  if (accounts() && accounts()->may_reload_keys()) {
    attempt("token keys", "token keys stay", [this] { accounts()->reload_keys(); });
  }
}

bool Server::has_work() {
  if (http_->streams() > 0) return true;
  const auto targets =
      program_.store().read([](domain::Reader& reader) { return reader.outbox().list_targets(); });
  return std::any_of(targets.begin(), targets.end(),
                     [](const domain::OutboxTarget& target) { return target.backlog > 0; });
}

}  // namespace hss::app
