#include "app/server_metrics.h"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "config/version.h"
#include "domain/error.h"
#include "platform/process.h"

namespace hss::app {
namespace {

using metrics::Text;

double to_seconds(std::chrono::system_clock::duration time) {
  return std::chrono::duration<double>(time).count();
}

/// Only a few monitoring programs connect, each for one request.
const transport::ConnectionLimits few{.workers = 2, .max_connections = 64};

}  // namespace

ServerMetrics::ServerMetrics(storage::Store& store, domain::Clock now)
    : store_(store), now_(std::move(now)), start_(now_()), http_metrics_(api::routes()) {}

void ServerMetrics::note(const transport::Access& access) {
  http_metrics_.note(access.method, access.route, access.status, access.time);
}

void ServerMetrics::describe(Text& text) const {
  http_metrics_.describe(text);
  describe_connections(text);
  store_.describe(text);
  describe_outbox(text);
  describe_process(text);
}

void ServerMetrics::describe_connections(Text& text) const {
  if (server_ == nullptr) return;
  text.family("hss_connections", Text::Kind::gauge, "Open connections, event streams among them.");
  text.sample(static_cast<double>(server_->connections()));
  text.family("hss_connections_refused_total", Text::Kind::counter,
              "Connections that were closed at once, as there were too many.");
  text.sample(static_cast<double>(server_->rejected_connections()));
  text.family("hss_event_streams", Text::Kind::gauge, "Clients that listen for events.");
  text.sample(static_cast<double>(server_->streams()));
}

void ServerMetrics::describe_outbox(Text& text) const {
  const auto targets =
      store_.read([](domain::Reader& reader) { return reader.outbox().list_targets(); });
  text.family("hss_outbox_backlog", Text::Kind::gauge,
              "Events that a target has still to hear, counted up to 10000.");
  for (const auto& target : targets) {
    text.sample({{"target", target.name}}, static_cast<double>(target.backlog));
  }
  text.family("hss_outbox_dead", Text::Kind::gauge, "Events that were set aside for a target.");
  for (const auto& target : targets) {
    text.sample({{"target", target.name}}, static_cast<double>(target.dead_lettered));
  }
  text.family("hss_outbox_oldest_seconds", Text::Kind::gauge,
              "Age of the oldest event that a target has still to hear; 0 where there is none.");
  const auto now = now_();
  for (const auto& target : targets) {
    const double age = target.oldest ? to_seconds(now - domain::from_rfc3339(*target.oldest)) : 0;
    text.sample({{"target", target.name}}, std::max(age, 0.0));
  }
}

void ServerMetrics::describe_process(Text& text) const {
  const auto usage = platform::process_usage();
  text.family("hss_build_info", Text::Kind::gauge, "1, with the version of this build.");
  text.sample({{"version", version}}, 1);
  text.family("process_cpu_seconds_total", Text::Kind::counter, "Processor time that was used.");
  text.sample(usage.cpu_seconds);
  text.family("process_resident_memory_bytes", Text::Kind::gauge, "Memory in use.");
  text.sample(usage.resident_bytes);
  text.family("process_start_time_seconds", Text::Kind::gauge, "When it started, since 1970.");
  text.sample(to_seconds(start_.time_since_epoch()));
}

MetricsServer::MetricsServer(const Address& address, Program& program,
                             std::function<void(metrics::Text&)> describe)
    : router_(program.make_metrics_router(std::move(describe))),
      server_(router_, {.host = address.host, .port = address.port, .connections = few}),
      port_(server_.bind()),
      thread_([this] { server_.serve(); }) {}

MetricsServer::~MetricsServer() {
  server_.stop();
  thread_.join();
}

}  // namespace hss::app
