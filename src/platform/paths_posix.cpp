#include <cstdlib>

#include "platform/paths.h"
#include "platform/system_specifics.h"

namespace hss::platform {

const char* const home_variable = "HOME";

std::optional<std::string> find_folder(const char* variable) {
  const char* const value = std::getenv(variable);
  // A relative folder is ignored (XDG Base Directory Specification).
  if (value == nullptr || *value != '/') return std::nullopt;
  return value;
}

std::optional<std::string> home_folder() {
  return find_folder(home_variable);
}

bool is_separator(char c) {
  return c == '/';
}

}  // namespace hss::platform
