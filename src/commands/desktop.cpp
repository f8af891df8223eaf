#include "desktop/desktop.h"

#include "commands/commands.h"
#include "platform/paths.h"

namespace hss::commands {

int desktop(const Config& config) {
  return desktop::run(config, "");
}

int desktop_with_problem(const std::string& why) {
  Config config;
  config.command = Config::Command::desktop;
  config.auth = Config::Auth::accounts;
  config.db = default_db();
  config.open_browser = true;
  config.log_format = LogFormat::json;
  return desktop::run(config, why);
}

}  // namespace hss::commands
