#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "platform/standard_stream.h"

namespace hss::platform {

/// What takes text, maybe not for now: a paused terminal, a pipe that nobody reads, a full disk.
/// Does not own what it writes to.
class Output {
 public:
  explicit Output(StandardStream stream);
  /// A descriptor; on Windows, a HANDLE.
  explicit Output(std::intptr_t descriptor);

  enum class State {
    written,  ///< some bytes
    waiting,  ///< nothing, as there was no room within the time
    broken    ///< nothing, and it may take nothing any more
  };
  struct Result {
    State state = State::broken;
    std::size_t size = 0;
  };
  /// Writes what there is room for, and waits for room for at most `timeout`. On Windows a paused
  /// console or a full pipe keeps it longer.
  Result write_some(std::string_view bytes, std::chrono::milliseconds timeout) const;

 private:
  std::intptr_t descriptor_;
  std::size_t max_size_;  ///< at once
};

/// Writes on standard error, without taking memory.
void write_error(std::string_view text) noexcept;

}  // namespace hss::platform
