#include "storage/mysql/search_index.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace hss::storage {

void MysqlSearchIndex::insert(Connection& connection, const std::vector<Entry>& bookings) const {
  std::vector<std::pair<std::string, std::int64_t>> rows;
  for (const Entry& booking : bookings) {
    for (std::string& beginning : beginnings_of(booking.words)) {
      rows.emplace_back(std::move(beginning), booking.seq);
    }
  }
  // Neighbours in the index one after the other.
  std::sort(rows.begin(), rows.end());
  for (const auto& [beginning, seq] : rows) {
    enqueue_row(connection, "INSERT INTO booking_words (beginning, booking_seq) VALUES (?, ?)",
                beginning, seq);
  }
}

}  // namespace hss::storage
