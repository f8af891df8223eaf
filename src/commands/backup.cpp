#include <iostream>
#include <string>

#include "app/upload_copies.h"
#include "commands/commands.h"
#include "commands/report.h"
#include "platform/stop_request.h"
#include "storage/sqlite/backup.h"
#include "storage/sqlite/migrations.h"

namespace hss::commands {
int back_up(const Config& config) {
  const platform::StopOnRequest stop;
  storage::require_current(config.db, storage::hss_schema(), report);
  const int webhooks = storage::back_up(config.db, config.backup_file, storage::Secrets::left_out,
                                        report, stop.token());
  const auto photos = app::back_up_uploads(config.backup_file, config.uploads);
  std::cout << "Backed up " << config.db << " to " << config.backup_file << '\n';
  if (photos.copied > 0) {
    std::cout << photos.copied << " files of photos and documents are in "
              << uploads::folder_of_backup(config.backup_file) << '\n';
  }
  if (config.bucket) {
    std::cout << "Photos and documents are in the bucket " << config.bucket->name
              << ", which is not in the backup\n";
  }
  if (photos.missing > 0) {
    std::cout << photos.missing << " files of photos and documents are missing in "
              << config.uploads << '\n';
  }
  if (webhooks > 0) {
    std::cout << (webhooks == 1 ? "1 webhook is" : std::to_string(webhooks) + " webhooks are")
              << " left out, as a backup contains no secrets; after a restore, add "
              << (webhooks == 1 ? "it" : "them") << " again\n";
  }
  return 0;
}

}  // namespace hss::commands
