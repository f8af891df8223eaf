#include "storage/copy/end.h"

#include "storage/copy/file_source.h"
#include "storage/copy/file_target.h"
#include "storage/copy/server_end.h"

namespace hss::storage {

std::unique_ptr<CopyEnd> open_copy_source(const Place& place, const Report& report) {
  if (place.server) return std::make_unique<ServerEnd>(*place.server, report);
  return std::make_unique<FileSource>(place.file, report);
}

std::unique_ptr<CopyTarget> open_copy_target(const Place& place, const Report& report) {
  if (place.server) return std::make_unique<ServerEnd>(*place.server, report);
  return std::make_unique<FileTarget>(place.file, report);
}

}  // namespace hss::storage
