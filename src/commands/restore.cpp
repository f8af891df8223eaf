#include <iostream>
#include <string>

#include "app/upload_copies.h"
#include "commands/commands.h"
#include "commands/report.h"
#include "domain/error.h"
#include "storage/sql/moved.h"
#include "storage/sqlite/migrations.h"
#include "storage/sqlite/restore.h"

namespace hss::commands {

int restore(const Config& config) {
  if (const auto place = storage::place_moved_to(config.db); !place.empty()) {
    throw domain::Error(domain::ErrorCode::conflict,
                        config.db + ": " + storage::moved_away(place).what());
  }
  const auto restored = storage::restore(config.backup_file, config.db, report);
  std::cout << "Restored " << config.db << " from " << config.backup_file << ": "
            << restored.bookings << (restored.bookings == 1 ? " booking\n" : " bookings\n");
  if (!restored.aside.empty()) {
    std::cout << "The previous database is kept as " << restored.aside << '\n';
  }
  const auto photos =
      app::restore_uploads(config.backup_file, config.db, config.uploads, restored.aside);
  if (photos.copied > 0) {
    std::cout << photos.copied << " files of photos and documents are in " << config.uploads
              << '\n';
  }
  if (photos.missing > 0) {
    std::cout << photos.missing
              << " files of photos and documents are missing; their bookings say that the photo is "
                 "not available\n";
  }
  return 0;
}

}  // namespace hss::commands
