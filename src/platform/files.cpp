#include "platform/files.h"

#include <filesystem>

namespace hss::platform {

std::string reason_of(const std::error_code& failure) {
  // Each system has numbers and words of its own for what is the same to a person.
  return failure.default_error_condition().message();
}

std::error_code copy_over(const std::string& from, const std::string& to) {
  std::error_code failure;
  // GCC's library for Windows takes any file that is there for the same one, and copies nothing.
  std::filesystem::remove(to, failure);
  std::filesystem::copy_file(from, to, failure);
  return failure;
}

}  // namespace hss::platform
