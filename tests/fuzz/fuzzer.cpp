// The entry point for libFuzzer. HSS_FUZZ_TARGET is the target's name.
#include <cstddef>
#include <cstdint>

#include "fuzz/targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  hss::fuzz::HSS_FUZZ_TARGET({reinterpret_cast<const char*>(bytes), size});
  return 0;
}
