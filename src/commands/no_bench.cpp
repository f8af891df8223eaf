// Replaces bench.cpp if HSS_WITH_BENCH is OFF.
#include "commands/commands.h"
#include "domain/error.h"

namespace hss::commands {

int bench(const Config&) {
  throw domain::Error(domain::ErrorCode::unavailable,
                      "this hss was built without its bench; build it with -DHSS_WITH_BENCH=ON");
}

}  // namespace hss::commands
