// Replaces lambda.cpp if HSS_WITH_LAMBDA is OFF.
#include "commands/commands.h"
#include "domain/error.h"

namespace hss::commands {

int lambda(const Config&) {
  throw domain::Error(domain::ErrorCode::unavailable,
                      "this hss was built without Lambda; build it with -DHSS_WITH_LAMBDA=ON");
}

void report_lambda_rejection(const std::string&) {}

}  // namespace hss::commands
