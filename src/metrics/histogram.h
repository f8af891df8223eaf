#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>

namespace hss::metrics {

/// Counts values up to each of several bounds: microseconds, or numbers of things. Thread-safe;
/// adding a value takes no lock.
class Histogram {
 public:
  static constexpr std::size_t max_bounds = 16;

  /// `bounds` ascend, are at most max_bounds, and outlive the histogram.
  explicit Histogram(std::span<const std::uint64_t> bounds) : bounds_(bounds) {}

  void note(std::uint64_t value) {
    std::size_t place = 0;
    while (place < bounds_.size() && value > bounds_[place]) ++place;
    counts_[place].fetch_add(1, std::memory_order_relaxed);
    sum_.fetch_add(value, std::memory_order_relaxed);
  }

  std::span<const std::uint64_t> bounds() const { return bounds_; }
  /// The number of values above the bound before and not above this one; after the last bound, of
  /// all larger ones.
  std::uint64_t count(std::size_t place) const {
    return counts_[place].load(std::memory_order_relaxed);
  }
  std::uint64_t sum() const { return sum_.load(std::memory_order_relaxed); }

 private:
  const std::span<const std::uint64_t> bounds_;
  std::array<std::atomic<std::uint64_t>, max_bounds + 1> counts_{};
  std::atomic<std::uint64_t> sum_ = 0;
};

/// Bounds for durations of tens of microseconds to seconds.
inline constexpr std::array<std::uint64_t, 14> microseconds{
    100,    250,    500,     1'000,   2'500,     5'000,     10'000,
    25'000, 50'000, 100'000, 250'000, 1'000'000, 2'500'000, 10'000'000};
/// Bounds for numbers of things at once.
inline constexpr std::array<std::uint64_t, 9> numbers{1, 2, 4, 8, 16, 32, 64, 128, 256};

}  // namespace hss::metrics
