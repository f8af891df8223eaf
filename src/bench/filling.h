#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace hss::bench {

/// Fills a new database file with that many bookings in all states, with their history, through the
/// booking service, as if a business had made them over three years. Starts threads, so it runs in
/// a process of its own.
void fill(const std::string& file, std::size_t bookings);

/// Counts the bookings in a file, also while another process writes it.
std::size_t count_bookings(const std::string& file);

/// References of at most `max` bookings from all over a file that nobody writes.
std::vector<std::string> some_bookings(const std::string& file, std::size_t max);

}  // namespace hss::bench
