#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace hss::storage {

/// The revisions that this instance's writer gave the data last. Thread-safe.
class OwnRevisions {
 public:
  /// Called by the writer's thread alone, before the revision can be read.
  void add(std::uint64_t revision) { revisions_[next_++ % revisions_.size()] = revision; }

  /// May be false for one that others have followed since.
  bool contains(std::uint64_t revision) const {
    return std::any_of(revisions_.begin(), revisions_.end(),
                       [revision](const auto& own) { return own == revision; });
  }

 private:
  std::array<std::atomic<std::uint64_t>, 16> revisions_{};
  std::size_t next_ = 0;
};

}  // namespace hss::storage
