#include "app/upload_copies.h"

#include <vector>

#include "storage/sqlite/stored_uploads.h"

namespace hss::app {
namespace {

std::vector<uploads::FileName> names_of(const std::string& database) {
  std::vector<uploads::FileName> names;
  for (const domain::Upload& upload : storage::list_stored_uploads(database)) {
    for (const domain::FileVariant variant : domain::all_file_variants) {
      if (upload.find_file(variant) != nullptr) names.push_back({upload.id, variant});
    }
  }
  return names;
}

}  // namespace

uploads::CopiedFiles back_up_uploads(const std::string& backup, const std::string& uploads) {
  if (uploads.empty()) return {};
  return uploads::copy_files(uploads, uploads::folder_of_backup(backup), names_of(backup));
}

uploads::CopiedFiles restore_uploads(const std::string& backup, const std::string& database,
                                     const std::string& uploads, const std::string& aside) {
  if (uploads.empty()) return {};
  // Those of bookings that the backup does not have are erased later (uploads::Sweeper).
  if (!aside.empty()) {
    uploads::copy_files(uploads, uploads::folder_of_backup(aside), uploads::list_files(uploads));
  }
  const std::string kept = uploads::folder_of_backup(backup);
  uploads::copy_files(kept, uploads, uploads::list_files(kept));
  uploads::CopiedFiles result;
  const uploads::LocalFiles files({.folder = uploads});
  for (const uploads::FileName& name : names_of(database)) {
    ++(files.is_there(name) ? result.copied : result.missing);
  }
  return result;
}

}  // namespace hss::app
