#include "places.h"

#include <cstdlib>

namespace hss::test {

std::string source_folder() {
  return HSS_SOURCE_DIR;
}

std::string executable() {
  const char* named = std::getenv("HSS_EXECUTABLE");
  return named == nullptr ? HSS_EXECUTABLE : named;
}

}  // namespace hss::test
