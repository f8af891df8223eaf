#pragma once

namespace hss::platform {

/// The three streams that a program is started with.
enum class StandardStream { input, output, error };

/// Its file descriptor, in Windows' C library, too.
constexpr int descriptor_of(StandardStream stream) {
  return stream == StandardStream::input ? 0 : stream == StandardStream::output ? 1 : 2;
}

}  // namespace hss::platform
