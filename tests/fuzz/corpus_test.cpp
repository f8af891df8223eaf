// Runs the inputs that the fuzzers found, and their seeds, in every build with a sanitizer.
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <string>

#include "fuzz/targets.h"
#include "places.h"
#include "support.h"

namespace {

void replay(const std::string& name, void (*target)(std::string_view)) {
  int replayed = 0;
  const auto folder =
      std::filesystem::path(hss::test::source_folder()) / "tests/fuzz/corpus" / name;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    INFO(entry.path().string());
    target(hss::test::read_file(entry.path().string()));
    ++replayed;
  }
  CHECK(replayed > 0);
}

}  // namespace

#define TARGET(name)                                               \
  TEST_CASE("what is kept for the fuzz target " #name " passes") { \
    replay(#name, hss::fuzz::name);                                \
  }
HSS_FUZZ_TARGETS
