#include <windows.h>

#include <algorithm>
#include <limits>

#include "platform/output.h"

namespace hss::platform {
namespace {

HANDLE handle_of(StandardStream stream) {
  return ::GetStdHandle(stream == StandardStream::output ? STD_OUTPUT_HANDLE : STD_ERROR_HANDLE);
}

std::size_t max_size_for(HANDLE output) {
  // One that blocks is not left with much to come.
  constexpr std::size_t some = 4096;
  return ::GetFileType(output) == FILE_TYPE_DISK ? std::numeric_limits<DWORD>::max() : some;
}

}  // namespace

Output::Output(StandardStream stream)
    : Output(reinterpret_cast<std::intptr_t>(handle_of(stream))) {}

Output::Output(std::intptr_t descriptor)
    : descriptor_(descriptor), max_size_(max_size_for(reinterpret_cast<HANDLE>(descriptor))) {}

Output::Result Output::write_some(std::string_view bytes, std::chrono::milliseconds) const {
  DWORD size = 0;
  const auto wanted = static_cast<DWORD>(std::min(bytes.size(), max_size_));
  if (::WriteFile(reinterpret_cast<HANDLE>(descriptor_), bytes.data(), wanted, &size, nullptr) ==
      0) {
    return {};
  }
  // A pipe that waits for nobody takes nothing while it is full.
  if (size == 0) return {.state = State::waiting};
  return {.state = State::written, .size = size};
}

void write_error(std::string_view text) noexcept {
  DWORD size = 0;
  ::WriteFile(::GetStdHandle(STD_ERROR_HANDLE), text.data(), static_cast<DWORD>(text.size()), &size,
              nullptr);
}

}  // namespace hss::platform
