#include "platform/environment.h"

#include <stdlib.h>
#include <unistd.h>

extern char** environ;

namespace hss::platform {

std::vector<std::string> list_variables() {
  std::vector<std::string> variables;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    variables.emplace_back(*variable);
  }
  return variables;
}

void remove_variable(const std::string& name) {
  ::unsetenv(name.c_str());
}

}  // namespace hss::platform
