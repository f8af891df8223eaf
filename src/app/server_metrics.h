#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <thread>

#include "api/http/http_metrics.h"
#include "api/http/router.h"
#include "app/program.h"
#include "config/config.h"
#include "domain/clock.h"
#include "metrics/text.h"
#include "storage/store.h"
#include "transport/http/http_server.h"

namespace hss::app {

/// Metrics of a running server. Thread-safe except for watch().
class ServerMetrics {
 public:
  ServerMetrics(storage::Store& store, domain::Clock now);

  void note(const transport::Access& access);
  /// Adds the server whose connections are reported; it outlives this. Called once, before anyone
  /// is served.
  void watch(const transport::HttpServer& server) { server_ = &server; }

  /// The text of all metrics. Throws Error{unavailable} if the database cannot be read.
  void describe(metrics::Text& text) const;

 private:
  void describe_connections(metrics::Text& text) const;
  void describe_outbox(metrics::Text& text) const;
  void describe_process(metrics::Text& text) const;

  storage::Store& store_;
  const domain::Clock now_;
  const domain::Instant start_;
  api::HttpMetrics http_metrics_;
  const transport::HttpServer* server_ = nullptr;
};

/// Serves the metrics at an address without a sign-in, from construction to destruction.
class MetricsServer {
 public:
  /// Throws Error{unavailable} where the address cannot be had. The program outlives it.
  MetricsServer(const Address& address, Program& program,
                std::function<void(metrics::Text&)> describe);
  ~MetricsServer();
  MetricsServer(const MetricsServer&) = delete;
  MetricsServer& operator=(const MetricsServer&) = delete;

  int port() const { return port_; }

 private:
  const api::Router router_;
  transport::HttpServer server_;
  const int port_;
  std::thread thread_;
};

}  // namespace hss::app
