// Replaces all of this folder if HSS_WITH_SQLITE_TUNING is OFF.
#include "storage/sqlite/tuning/tuning.h"

namespace hss::storage {

void install_tuning() {}

const char* writer_vfs() {
  return "";
}

}  // namespace hss::storage
