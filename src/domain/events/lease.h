#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "domain/events/publisher.h"

namespace hss::domain {

/// Lets one instance at a time deliver to a target of events. While another one has it, this asks
/// for it again and again. Its destructor gives it back.
class Lease {
 public:
  struct Held {
    /// For OutboxWriter::commit_batch(); another one each time that the lease is acquired. Empty if
    /// there can be no other instance.
    std::string leader;
    /// No other instance has it before this time.
    Deadline until = no_deadline;
  };

  virtual ~Lease() = default;

  /// Empty if this instance does not hold it. If it lasts less than `at_least`, it is renewed
  /// first, and the database waited for. Throws Error{unavailable}.
  virtual std::optional<Held> find_held(
      std::chrono::seconds at_least = std::chrono::seconds(0)) = 0;

  /// Called where another instance turned out to have it: it is held no longer then.
  virtual void check() = 0;
};

}  // namespace hss::domain
