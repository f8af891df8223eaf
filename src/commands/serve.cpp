#include "app/run_server.h"
#include "commands/commands.h"

namespace hss::commands {

int serve(const Config& config) {
  return app::run_server(config, [](domain::Store&) {});
}

}  // namespace hss::commands
