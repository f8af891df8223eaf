#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <span>

#include "domain/bookings/booking.h"
#include "domain/clock.h"

namespace hss::samples {

/// Random numbers that are the same in every run and on every platform, which std's distributions
/// do not promise.
class Dice {
 public:
  int between(int low, int high) {
    return low + static_cast<int>(engine_() % static_cast<unsigned>(high - low + 1));
  }
  template <class Values>
  auto of(const Values& values) {
    return values[static_cast<std::size_t>(between(0, static_cast<int>(values.size()) - 1))];
  }
  void fill(std::span<std::uint8_t> bytes) {
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(between(0, 255));
  }

 private:
  std::mt19937 engine_{1908};
};

/// Makes a believable booking: people, addresses and belongings of Hatfield.
domain::BookingDraft draft_booking(std::size_t number, domain::Instant pickup, Dice& dice);

}  // namespace hss::samples
