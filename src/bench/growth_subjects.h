#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "bench/load.h"

namespace hss::bench {

/// A server under test and ids of bookings from all over its data.
struct GrowthPlace {
  int port = 0;
  std::vector<std::string> ids;

  const std::string& id(std::size_t n) const { return ids[n * 31 % ids.size()]; }
};

/// A route whose time may depend on how many bookings there are.
struct GrowthSubject {
  std::string name;
  /// The requests of one measurement, which refer to the place.
  std::function<Next(const GrowthPlace&)> next_at;
};

std::vector<GrowthSubject> growth_subjects();
/// Those of a business with a calendar: the first saves one. Bookings that are made after that take
/// places.
std::vector<GrowthSubject> calendar_subjects();

/// How each is measured: on one connection.
inline constexpr int growth_rounds = 7;
inline constexpr std::chrono::milliseconds growth_round_lasts(60);

/// The one with the median of their medians.
Load middle_of(std::vector<Load> loads);

}  // namespace hss::bench
