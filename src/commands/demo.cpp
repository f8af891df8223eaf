#include <chrono>

#include "commands/commands.h"
#include "commands/season.h"
#include "commands/server.h"

namespace hss::commands {

int demo(const Config& config) {
  return run_server(
      config, [](domain::Store& store) { fill_season(store, std::chrono::system_clock::now()); });
}

}  // namespace hss::commands
