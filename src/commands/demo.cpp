#include <chrono>

#include "app/run_server.h"
#include "commands/commands.h"
#include "samples/season.h"

namespace hss::commands {

int demo(const Config& config) {
  return app::run_server(config, [](domain::Store& store) {
    samples::fill_season(store, std::chrono::system_clock::now());
  });
}

}  // namespace hss::commands
