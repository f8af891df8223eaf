
#include <exception>
#include <string>
#include <string_view>
#include <variant>

#include "commands/commands.h"
#include "config/config.h"
#include "domain/exhaustion.h"
#include "log/line_queue.h"
#include "platform/output.h"
#include "platform/process_setup.h"

namespace {

int run(const hss::Config& config) {
  using Command = hss::Config::Command;
  switch (config.command) {
    case Command::serve:
      return hss::commands::serve(config);
    case Command::demo:
      return hss::commands::demo(config);
    case Command::desktop:
      return hss::commands::desktop(config);
    case Command::lambda:
      return hss::commands::lambda(config);
    case Command::check:
      return hss::commands::check(config);
    case Command::check_health:
      return hss::commands::check_health(config);
    case Command::verify_audit:
      return hss::commands::verify_audit(config);
    case Command::back_up:
      return hss::commands::back_up(config);
    case Command::restore:
      return hss::commands::restore(config);
    case Command::add_user:
      return hss::commands::add_user(config);
    case Command::list_users:
      return hss::commands::list_users(config);
    case Command::set_user_password:
      return hss::commands::set_user_password(config);
    case Command::disable_user:
      return hss::commands::enable_user(config, false);
    case Command::enable_user:
      return hss::commands::enable_user(config, true);
    case Command::make_user_link:
      return hss::commands::make_user_link(config);
    case Command::rotate_key:
      return hss::commands::rotate_key(config);
    case Command::renew_certificate:
      return hss::commands::renew_certificate(config);
    case Command::list_events:
      return hss::commands::list_events(config);
    case Command::retry_events:
      return hss::commands::retry_events(config);
    case Command::migrate:
      return hss::commands::migrate(config);
    case Command::check_database:
      return hss::commands::check_database(config);
    case Command::copy:
      return hss::commands::copy(config);
    case Command::bench:
      return hss::commands::bench(config);
  }
  return 1;
}

void report(const std::exception& failure) noexcept {
  constexpr std::string_view exhausted =
      "hss: the system has no more memory, threads or open files for this program; raise its "
      "limits "
      "(ulimit -a shows them)\n";
  try {
    if (!hss::domain::is_exhaustion(failure)) {
      return hss::print_error(std::string("hss: ") + failure.what());
    }
  } catch (const std::exception&) {
    // That takes memory, too.
  }
  hss::platform::write_error(exhausted);
}

}  // namespace

int main(int argc, char** argv) {
  hss::set_up_process();
  try {
    const auto parsed = hss::parse_config(argc, argv);
    if (const auto* answered = std::get_if<hss::Answered>(&parsed)) {
      if (answered->is_lambda && !answered->rejection.empty()) {
        hss::commands::report_lambda_rejection(answered->rejection);
      }
      if (answered->is_desktop && !answered->rejection.empty()) {
        return hss::commands::desktop_with_problem(answered->rejection);
      }
      return answered->exit_code;
    }
    return run(std::get<hss::Config>(parsed));
  } catch (const std::exception& failure) {
    report(failure);
    return 1;
  }
}
