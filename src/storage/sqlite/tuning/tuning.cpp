#include "storage/sqlite/tuning/tuning.h"

#include "storage/sqlite/tuning/gathered_log.h"
#include "storage/sqlite/tuning/page_cache.h"

namespace hss::storage {

void install_tuning() {
  install_page_cache();
}

const char* writer_vfs() {
  return gathered_log_vfs();
}

}  // namespace hss::storage
