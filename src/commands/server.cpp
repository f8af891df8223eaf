#include "commands/server.h"

#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <optional>
#include <thread>

#include "api/accounts_authenticator.h"
#include "api/demo_authenticator.h"
#include "api/router.h"
#include "commands/password_hashing.h"
#include "commands/token_keys.h"
#include "crypto/digest.h"
#include "events/webhooks.h"
#include "log.h"
#include "storage/sqlite_store.h"
#include "transport/http_server.h"

extern char** environ;

namespace hss::commands {
namespace {

/// The signals that ask something of the program, kept for one thread to wait for.
class Signals {
 public:
  Signals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGINT);
    sigaddset(&signals_, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  }

  /// Returns once the program is asked to end. Until then a hangup asks for `reload`.
  void wait_for_end(const std::function<void()>& reload) const {
    for (int signal = SIGHUP; signal == SIGHUP;) {
      sigwait(&signals_, &signal);
      if (signal == SIGHUP) reload();
    }
  }

 private:
  sigset_t signals_{};
};

/// As many connections as the system lets us have, with some files left for the database.
transport::ConnectionLimits connection_limits() {
  constexpr rlim_t other_files = 64;
  transport::ConnectionLimits limits;
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return limits;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur > other_files) {
    limits.most = std::min<std::size_t>(limits.most, limit.rlim_cur - other_files);
  }
  return limits;
}

void open_browser(const std::string& url) {
#if defined(__APPLE__)
  std::string program = "open";
#else
  std::string program = "xdg-open";
#endif
  std::string address = url;
  char* words[] = {program.data(), address.data(), nullptr};
  // Neither our care for files nor our signals are the browser's.
  sigset_t none, broken_pipe;
  sigemptyset(&none);
  sigemptyset(&broken_pipe);
  sigaddset(&broken_pipe, SIGPIPE);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &broken_pipe);
  const mode_t ours = ::umask(022);
  pid_t child = 0;
  const int failure = ::posix_spawnp(&child, program.c_str(), nullptr, &attributes, words, environ);
  ::umask(ours);
  posix_spawnattr_destroy(&attributes);
  if (failure == 0) std::thread([child] { ::waitpid(child, nullptr, 0); }).detach();
}

std::string url_of(const Config& config, int port) {
  const bool any = config.host == "0.0.0.0" || config.host == "::";
  const std::string host = any ? "127.0.0.1" : config.host;
  const bool v6 = host.find(':') != host.npos;
  return (config.tls ? "https://" : "http://") + (v6 ? "[" + host + "]" : host) + ":" +
         std::to_string(port) + "/";
}

/// What accounts mode adds, wired together.
class AccountsMode {
 public:
  AccountsMode(const Config& config, domain::Store& store, const domain::Clock& now)
      : config_(config),
        store_(store),
        now_(now),
        signer_(token_keys(config, store, now())),
        service_(now, crypto::fill_random, config.kiosk_lock_after),
        accounts_(store, service_, scrypt_hashing(), signer_, now, crypto::fill_random),
        authenticator_(store, accounts_, signer_, now) {}

  api::Accounts& accounts() { return accounts_; }
  const api::Authenticator& authenticator() const { return authenticator_; }

  void reload_keys() { signer_.replace_keys(token_keys(config_, store_, now_())); }

  /// Where the first administrator sets a password; empty where somebody can let others in.
  std::string make_first_link(const std::string& url) {
    const api::LinkSecret secret = api::new_link_secret(crypto::fill_random);
    const bool is_needed = store_.transact([&](domain::Tx& tx) {
      if (tx.has_administrator()) return false;
      service_.make_first_link(tx, secret.hash);
      return true;
    });
    return is_needed ? url + "welcome#" + secret.text : "";
  }

 private:
  const Config& config_;
  domain::Store& store_;
  const domain::Clock now_;
  api::TokenSigner signer_;
  const domain::AccountService service_;
  api::Accounts accounts_;
  const api::AccountsAuthenticator authenticator_;
};

}  // namespace

int run_server(const Config& config, const std::function<void(domain::Store&)>& prepare) {
  const Signals signals;
  Log log(config.log_format);
  for (const std::string& warning : config.warnings) log.warning(warning);

  const domain::Clock now = [] { return std::chrono::system_clock::now(); };
  const auto report = [&log](const std::string& text) { log.failure(text); };
  storage::SqliteStore store(config.db, report);
  prepare(store);

  const domain::BookingService bookings(now, crypto::fill_random);
  const api::DemoAuthenticator demo(now, crypto::fill_random);
  std::optional<AccountsMode> accounts;
  if (config.auth == Config::Auth::accounts) accounts.emplace(config, store, now);
  events::Webhooks webhooks(store, {.now = now, .may_be_private = config.allow_private_webhooks},
                            crypto::fill_random, report);
  const api::Router router(
      api::routes(),
      {.store = store,
       .bookings = bookings,
       .authenticator = accounts ? accounts->authenticator() : demo,
       .now = now,
       .version = version,
       .accounts = accounts ? &accounts->accounts() : nullptr,
       .webhooks = &webhooks},
      {.allowed_origins = config.allowed_origins, .random = crypto::fill_random, .report = report});
  std::optional<transport::Tls> tls;
  if (config.tls) tls.emplace(*config.tls);
  transport::HttpServer server(
      router, {.host = config.host,
               .port = config.port,
               .connections = connection_limits(),
               .tls = tls ? &*tls : nullptr,
               .trusted_proxies = transport::TrustedProxies(config.trusted_proxies),
               .log = [&log](const transport::Access& access) { log.access(access); }});
  const std::string url = url_of(config, server.bind());
  webhooks.start();
  std::cout << "HSS " << version << " is at " << url << "  (data: " << config.db
            << "; stop with Ctrl+C)" << std::endl;
  const std::string first_link = accounts ? accounts->make_first_link(url) : "";
  if (!first_link.empty()) {
    std::cout << "Nobody can let others in yet. Within 15 minutes, the first administrator sets a "
                 "password at\n"
              << first_link << std::endl;
  }
  if (config.open_browser) open_browser(url);

  const auto reload = [&] {
    if (!tls && !accounts) {
      log.info("a hangup asks for new certificates and keys, and this server has none");
    }
    try {
      if (tls) {
        tls->reload();
        log.info("the certificate was read again");
      }
    } catch (const domain::Error& error) {
      log.warning(std::string(error.what()) + ". The one before stays in use.");
    }
    try {
      if (accounts) {
        accounts->reload_keys();
        log.info("the token keys were read again");
      }
    } catch (const domain::Error& error) {
      log.warning(std::string(error.what()) + ". The token keys stay as they were.");
    }
  };
  std::thread waiting([&] {
    signals.wait_for_end(reload);
    server.stop();
  });
  const bool stopped = server.serve();
  if (!stopped) ::kill(::getpid(), SIGTERM);
  waiting.join();
  webhooks.stop();
  if (!stopped) log.failure("the server can accept no more connections and ends");
  return stopped ? 0 : 1;
}

}  // namespace hss::commands
