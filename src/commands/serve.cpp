#include "commands/commands.h"
#include "commands/server.h"

namespace hss::commands {

int serve(const Config& config) {
  return run_server(config, [](domain::Store&) {});
}

}  // namespace hss::commands
