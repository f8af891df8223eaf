#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "domain/clock.h"

namespace hss::api {

/// The backups that a server makes by itself. Thread-safe.
class Backups {
 public:
  struct Status {
    std::chrono::seconds every{0};
    std::optional<domain::Instant> last;  ///< the newest one; none yet
    std::string problem;  ///< why the last try made none, in a sentence; empty where it made one
  };

  virtual ~Backups() = default;
  virtual Status status() const = 0;
  /// Grows with every change of the status.
  virtual std::uint64_t changes() const = 0;
};

}  // namespace hss::api
