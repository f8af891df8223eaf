#include "platform/files.h"

namespace hss::platform {

std::string reason_of(const std::error_code& failure) {
  // Each system has numbers and words of its own for what is the same to a person.
  return failure.default_error_condition().message();
}

}  // namespace hss::platform
