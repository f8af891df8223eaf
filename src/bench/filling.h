#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "storage/open_store.h"

namespace hss::bench {

/// Bookings by their numbers, which begin at 0.
struct Numbers {
  std::size_t from = 0, end = 0;
  std::size_t of = 0;  ///< bookings that there will be in the end
};

/// Adds those bookings in all states, with their history, through the booking service, as if a
/// business had made all `of` them over three years. Starts threads, so it runs in a process of its
/// own.
void fill(const storage::Place& place, const Numbers& numbers);

/// Counts the bookings in a file, also while another process writes it.
std::size_t count_bookings(const std::string& file);

/// References of at most `max` bookings from all over a file that nobody writes.
std::vector<std::string> some_bookings(const std::string& file, std::size_t max);

}  // namespace hss::bench
