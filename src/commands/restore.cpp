#include "storage/sqlite/restore.h"
#include "commands/report.h"

#include <iostream>
#include <string>

#include "commands/commands.h"

namespace hss::commands {

int restore(const Config& config) {
  const auto restored = storage::restore(config.backup_file, config.db, report);
  std::cout << "Restored " << config.db << " from " << config.backup_file << ": "
            << restored.bookings << (restored.bookings == 1 ? " booking\n" : " bookings\n");
  if (!restored.aside.empty()) {
    std::cout << "The previous database is kept as " << restored.aside << '\n';
  }
  return 0;
}

}  // namespace hss::commands
