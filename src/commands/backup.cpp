#include <pthread.h>
#include <signal.h>

#include <iostream>
#include <stop_token>
#include <string>
#include <thread>

#include "commands/commands.h"
#include "commands/report.h"
#include "storage/sqlite/backup.h"
#include "storage/sqlite/migrations.h"

namespace hss::commands {
namespace {

/// While it lives, Ctrl+C and similar signals end the work under way in order.
class StopOnSignal {
 public:
  StopOnSignal() {
    sigemptyset(&signals_);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals_, signal);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    thread_ = std::thread([this] {
      int signal = 0;
      sigwait(&signals_, &signal);
      stop_.request_stop();
    });
  }
  ~StopOnSignal() {
    // The thread takes it with sigwait(): it ends nothing.
    pthread_kill(thread_.native_handle(), SIGTERM);  // NOLINT(bugprone-bad-signal-to-kill-thread)
    thread_.join();
  }
  StopOnSignal(const StopOnSignal&) = delete;
  StopOnSignal& operator=(const StopOnSignal&) = delete;

  std::stop_token token() const { return stop_.get_token(); }

 private:
  sigset_t signals_{};
  std::stop_source stop_;
  std::thread thread_;
};

}  // namespace

int back_up(const Config& config) {
  const StopOnSignal stop;
  storage::require_current(config.db, storage::hss_schema(), report);
  const int webhooks = storage::back_up(config.db, config.backup_file, storage::Secrets::left_out,
                                        report, stop.token());
  std::cout << "Backed up " << config.db << " to " << config.backup_file << '\n';
  if (webhooks > 0) {
    std::cout << (webhooks == 1 ? "1 webhook is" : std::to_string(webhooks) + " webhooks are")
              << " left out, as a backup contains no secrets; after a restore, add "
              << (webhooks == 1 ? "it" : "them") << " again\n";
  }
  return 0;
}

}  // namespace hss::commands
