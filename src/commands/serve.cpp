#include "app/server.h"
#include "commands/commands.h"

namespace hss::commands {

int serve(const Config& config) {
  return run_server(config, [](domain::Store&) {});
}

}  // namespace hss::commands
