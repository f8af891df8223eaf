#include "app/run_server.h"

#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <unistd.h>

#include <thread>

#include "app/server.h"
#include "app/system_limits.h"
#include "log/line_queue.h"
#include "log/log.h"
#include "platform/signals.h"

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
  const Signals signals(config.auth == Config::Auth::accounts || config.tls);
  const transport::ConnectionLimits limits = fit_connection_limits();
  Log log(config.log_format);
  LineQueue output(STDOUT_FILENO, {});
  for (const std::string& warning : config.warnings) log.warning(warning);

  Server server(config, log, {.limits = limits, .prepare = prepare});
  const auto print = [&output](const std::string& line) { output.push(line + "\n", true); };
  print("HSS " + std::string(version) + " is at " + server.url() +
        "  (data: " + config.place().text() + "; stop with Ctrl+C)");
  if (server.accounts()) print_first_link(*server.accounts(), server.url(), print);
  if (config.open_browser && !open_browser(server.url())) {
    log.warning(std::string(opener) + " cannot be started; open " + server.url() + " in a browser");
  }
  std::thread waiting([&] {
    signals.wait_for_end([&server] { server.reload(); });
    server.stop();
  });
  server.serve();
  waiting.join();
  return 0;
}

}  // namespace hss::app
