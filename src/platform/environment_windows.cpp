#include "platform/environment.h"

#include <windows.h>

#include <cstdlib>
#include <string_view>

#include "platform/utf16.h"

namespace hss::platform {

std::vector<std::string> list_variables() {
  std::vector<std::string> variables;
  wchar_t* const block = ::GetEnvironmentStringsW();
  if (block == nullptr) return variables;
  for (std::wstring_view entry = block; !entry.empty();
       entry = std::wstring_view(entry.data() + entry.size() + 1)) {
    // Those that begin with = are the drives' folders.
    if (entry.front() != L'=') variables.push_back(to_utf8(entry));
  }
  ::FreeEnvironmentStringsW(block);
  return variables;
}

void remove_variable(const std::string& name) {
  ::_putenv_s(name.c_str(), "");
}

}  // namespace hss::platform
