#include "config/version.h"

#include "config/libraries.h"

namespace hss {

const char* const version = HSS_VERSION;

std::string version_text() {
  std::string text = std::string("hss ") + version + "\ncommit: " HSS_COMMIT "\nparts: " HSS_PARTS;
  text += "\nlibraries:";
  const char* comma = " ";
  for (const auto& [name, its_version] : library_versions()) {
    text += comma + name + ' ' + its_version;
    comma = ", ";
  }
  return text;
}

}  // namespace hss
