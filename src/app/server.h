#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/http/router.h"
#include "app/backup_schedule.h"
#include "app/bus_dispatcher.h"
#include "app/local_network.h"
#include "app/program.h"
#include "app/server_metrics.h"
#include "app/token_key_refresher.h"
#include "config/config.h"
#include "domain/store.h"
#include "log/log.h"
#include "platform/stop_request.h"
#include "storage/pruner.h"
#include "transport/http/connections.h"
#include "transport/http/http_server.h"
#include "transport/http/tls.h"
#include "transport/http/trusted_proxies.h"
#include "uploads/sweeper.h"

namespace hss::app {

/// What a server has beside its configuration.
struct ServerOptions {
  transport::ConnectionLimits limits;  ///< of fit_connection_limits()
  /// Gets the open store before anyone is served.
  std::function<void(domain::Store&)> prepare = [](domain::Store&) {};
  /// Called with each request that was answered, from any thread.
  std::function<void(const transport::Access&)> on_access = [](const transport::Access&) {};
  /// As RouterOptions::reject_unserved; for a server that answers more than the API.
  std::function<std::optional<api::Response>(const api::Request&)> answer_first =
      [](const api::Request&) { return std::nullopt; };
};

/// What a hangup asks of a server with that configuration: to read its files again, if it has any.
platform::StopRequest::Hangup hangup_of(const Config& config);

/// The files of it that Server::reload() reads.
std::vector<std::string> reloaded_files(const Config& config);

/// The program behind a socket: everything of it that runs while it serves.
class Server {
 public:
  /// Opens the data and listens. Throws Error{unavailable} where one of them is not possible, with
  /// a sentence that says what to do. The log outlives it.
  Server(Config config, Log& log, const ServerOptions& options);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Serves until stop(). Called once.
  void serve();
  /// Called once, from another thread than serve().
  void stop();

  /// Reads the certificate and the token keys again, if they are in files.
  void reload();

  /// Where a browser of this machine finds it, with a slash at the end.
  const std::string& url() const { return url_; }
  int port() const { return port_; }
  storage::Store& store() { return program_.store(); }
  AccountsMode* accounts() { return program_.accounts(); }  ///< none in demo mode

  /// True while a client listens for events, or an event has still to be delivered.
  bool has_work();

 private:
  void listen(const ServerOptions& options);
  void describe(metrics::Text& text);
  void warn_of_certificate_end() const;
  void disable_webhooks_of_demo();

  Log& log_;
  const domain::Clock now_;
  const std::function<void(const std::string&)> report_;
  const std::unique_ptr<transport::Tls> tls_;
  transport::TrustedProxies proxies_;
  Program program_;
  std::optional<storage::Pruner> pruner_;
  std::optional<uploads::Sweeper> sweeper_;
  std::optional<BusDispatcher> bus_;
  std::optional<ServerMetrics> metrics_;
  std::optional<BackupSchedule> backups_;
  std::optional<LocalNetwork> local_network_;
  std::unique_ptr<const api::Router> router_;
  std::optional<transport::HttpServer> http_;
  int port_ = 0;
  std::string url_;
  std::optional<MetricsServer> metrics_server_;
  std::optional<TokenKeyRefresher> refresher_;
};

}  // namespace hss::app
