#include "app/server.h"

#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <thread>
#include <utility>

#include "api/http/router.h"
#include "app/backup_schedule.h"
#include "app/program.h"
#include "app/publishers.h"
#include "app/server_metrics.h"
#include "app/system_limits.h"
#include "app/token_key_refresher.h"
#include "config/listen_host.h"
#include "crypto/digest.h"
#include "events/dispatcher.h"
#include "log/line_queue.h"
#include "log/log.h"
#include "platform/signals.h"
#include "storage/pruner.h"
#include "storage/store.h"
#include "transport/http/http_server.h"
#include "uploads/sweeper.h"

extern char** environ;

namespace hss::app {
namespace {

#if defined(__APPLE__)
constexpr const char* opener = "open";
#else
constexpr const char* opener = "xdg-open";
#endif

/// False if no program can open it.
bool open_browser(const std::string& url) {
  std::string program = opener;
  std::string address = url;
  char* words[] = {program.data(), address.data(), nullptr};
  // Nobody waits for the child, and the system reaps it once it has ended.
  ::signal(SIGCHLD, SIG_IGN);
  // The browser does not inherit our file mask and signal handling.
  sigset_t none, defaults;
  sigemptyset(&none);
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGPIPE);
  sigaddset(&defaults, SIGCHLD);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  const mode_t ours = ::umask(022);
  pid_t child = 0;
  const int failure = ::posix_spawnp(&child, program.c_str(), nullptr, &attributes, words, environ);
  ::umask(ours);
  posix_spawnattr_destroy(&attributes);
  return failure == 0;
}

/// Accounts mode does not need this check: a page of another site has no token.
std::optional<api::AllowedHosts> allowed_hosts(const Config& config) {
  if (config.auth == Config::Auth::accounts) return std::nullopt;
  std::vector<std::string> names = config.allowed_hosts;
  if (api::is_host_name(config.host)) names.push_back(config.host);
  return api::AllowedHosts(names);
}

/// Publishes events to SNS if that is configured.
class Events {
 public:
  Events(const Config& config, domain::Store& store, const domain::Clock& now, Log& log)
      : publisher_(
            open_publisher(config, now, [&log](const std::string& text) { log.warning(text); })) {
    // The target is added even if the publisher cannot start: events of that time are published
    // once it can.
    if (config.message_bus == "sns") {
      store.transact([](domain::Tx& tx) { tx.outbox().insert_target("sns"); });
    }
    if (!publisher_) return;
    dispatcher_.emplace(
        store, *publisher_, now, crypto::fill_random,
        [&log](const std::string& text) { log.warning(text); },
        events::DispatcherOptions{.target = "sns"});
  }

  void start() {
    if (dispatcher_) dispatcher_->start();
  }
  void stop() {
    if (dispatcher_) dispatcher_->stop();
  }

 private:
  const std::unique_ptr<domain::Publisher> publisher_;
  std::optional<events::Dispatcher> dispatcher_;
};

void disable_webhooks_of_demo(domain::Store& store, const domain::WebhookService& webhooks,
                              Log& log) {
  const auto ids =
      store.transact([&](domain::Tx& tx) { return webhooks.disable_those_of_demo(tx); });
  for (const std::string& id : ids) {
    log.warning("webhook " + id +
                " was added in demo mode, where anybody could add it, and is now disabled; to keep "
                "it, an administrator enables it on the page Events");
  }
}

void print_first_link(AccountsMode& accounts, const std::string& url,
                      const std::function<void(const std::string&)>& print) {
  const auto link = accounts.make_first_link(url);
  if (!link.address.empty()) {
    print(
        "There is no administrator yet. To create the first one, open this link within 15 "
        "minutes:\n" +
        link.address);
  } else if (!link.waits_until.empty()) {
    print(
        "There is no administrator yet. The link for the first one was printed by the instance "
        "that "
        "made it, and holds until " +
        link.waits_until + "; hss user add makes one without it");
  }
}

}  // namespace

int run_server(const Config& config, const std::function<void(domain::Store&)>& prepare) {
  const bool has_accounts = config.auth == Config::Auth::accounts;
  const Signals signals(has_accounts || config.tls);
  const transport::ConnectionLimits limits = fit_connection_limits();
  Log log(config.log_format);
  LineQueue output(STDOUT_FILENO, {});
  for (const std::string& warning : config.warnings) log.warning(warning);

  const domain::Clock now = [] { return std::chrono::system_clock::now(); };
  const auto report = [&log](const std::string& text) { log.failure(text); };
  // Files that the configuration names are read before a database is created.
  std::optional<transport::Tls> tls;
  if (config.tls) tls.emplace(*config.tls);
  transport::TrustedProxies trusted_proxies(config.trusted_proxies);
  Environment environment = system_environment(config, report);
  environment.streams.max_streams = limits.max_connections / 2;
  Program program(config, std::move(environment));
  storage::Store& store = program.store();
  prepare(store);
  const storage::Pruner pruner(store, now);
  std::optional<uploads::Sweeper> sweeper;
  if (program.uploads()) {
    if (const auto problem = program.uploads()->files->find_problem()) {
      log.warning("photos cannot be kept: " + *problem);
    }
    sweeper.emplace(store, *program.uploads(), report);
  }

  Events events(config, store, now, log);
  ServerMetrics server_metrics(store, now);
  std::optional<BackupSchedule> backups;
  if (config.backups)
    backups.emplace(store, config.db, config.uploads, *config.backups, now, report);
  const auto describe = [&](metrics::Text& text) {
    server_metrics.describe(text);
    if (backups) backups->describe(text);
    if (program.uploads()) program.uploads()->describe(text, store);
  };
  RouterParts parts{.allowed_hosts = allowed_hosts(config),
                    .backups = backups ? &*backups : nullptr,
                    .describe = describe};
  const api::Router router = program.make_router(std::move(parts));
  transport::HttpServer server(router, {.host = config.host,
                                        .port = config.port,
                                        .connections = limits,
                                        .tls = tls ? &*tls : nullptr,
                                        .trusted_proxies = std::move(trusted_proxies),
                                        .log =
                                            [&](const transport::Access& access) {
                                              log.access(access);
                                              server_metrics.note(access);
                                            },
                                        .report = report});
  server_metrics.watch(server);
  std::string url = url_of(config.host, server.bind(), config.tls.has_value());
  url.pop_back();
  url += config.base_path + "/";
  std::optional<MetricsServer> metrics_server;
  if (config.metrics) {
    metrics_server.emplace(*config.metrics, program, describe);
    log.info("metrics are at " + url_of(config.metrics->host, metrics_server->port(), false) +
             "metrics, without a sign-in");
  }
  if (has_accounts) disable_webhooks_of_demo(store, program.webhooks().service(), log);
  program.webhooks().start();
  const auto print = [&output](const std::string& line) { output.push(line + "\n", true); };
  print("HSS " + std::string(version) + " is at " + url + "  (data: " + config.place().text() +
        "; stop with Ctrl+C)");
  if (program.accounts()) print_first_link(*program.accounts(), url, print);
  if (config.open_browser && !open_browser(url)) {
    log.warning(std::string(opener) + " cannot be started; open " + url + " in a browser");
  }

  const auto reload = [&] {
    try {
      if (tls) {
        tls->reload();
        log.info("reloaded the certificate");
      }
    } catch (const domain::Error& error) {
      log.warning(std::string(error.what()) + ". The previous certificate stays in use.");
    }
    try {
      if (program.accounts() && program.accounts()->may_reload_keys()) {
        program.accounts()->reload_keys();
        log.info("reloaded the token keys");
      }
    } catch (const domain::Error& error) {
      log.warning(std::string(error.what()) + ". The previous token keys stay in use.");
    }
  };
  std::optional<TokenKeyRefresher> refresher;
  if (program.accounts() && config.token_key_source) {
    refresher.emplace(*program.accounts(), [&log](const std::string& text) { log.warning(text); });
  }
  events.start();
  std::thread waiting([&] {
    signals.wait_for_end(reload);
    // First, as the server answers whoever waits for the test of a webhook.
    program.webhooks().stop();
    server.stop();
  });
  server.serve();
  waiting.join();
  events.stop();
  return 0;
}

}  // namespace hss::app
