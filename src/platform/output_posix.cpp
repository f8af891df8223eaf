#include "platform/output.h"

#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>

namespace hss::platform {
namespace {

/// The bytes to write at once if there is any room: to a pipe, no more than always fits then.
std::size_t max_size_for(int descriptor) {
  constexpr std::size_t pipe_page = 4096;
  struct stat file {};
  const bool is_file = ::fstat(descriptor, &file) == 0 && S_ISREG(file.st_mode);
  return is_file ? std::numeric_limits<std::size_t>::max() : pipe_page;
}

}  // namespace

Output::Output(StandardStream stream) : Output(std::intptr_t{descriptor_of(stream)}) {}

Output::Output(std::intptr_t descriptor)
    : descriptor_(descriptor), max_size_(max_size_for(static_cast<int>(descriptor))) {}

Output::Result Output::write_some(std::string_view bytes, std::chrono::milliseconds timeout) const {
  const int descriptor = static_cast<int>(descriptor_);
  for (;;) {
    pollfd entry{.fd = descriptor, .events = POLLOUT, .revents = 0};
    const int ready = ::poll(&entry, 1, static_cast<int>(timeout.count()));
    if (ready == 0) return {.state = State::waiting};
    if (ready < 0 && errno == EINTR) continue;
    if (ready < 0) return {};
    const auto size = ::write(descriptor, bytes.data(), std::min(bytes.size(), max_size_));
    if (size < 0 && errno == EINTR) continue;
    if (size < 0 && errno == EAGAIN) return {.state = State::waiting};
    if (size < 0) return {};
    return {.state = State::written, .size = static_cast<std::size_t>(size)};
  }
}

void write_error(std::string_view text) noexcept {
  [[maybe_unused]] const auto size = ::write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace hss::platform
