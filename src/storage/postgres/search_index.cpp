#include "storage/postgres/search_index.h"

#include <algorithm>
#include <utility>

namespace hss::storage {

void PostgresSearchIndex::insert(Connection& connection, const std::vector<Entry>& bookings) const {
  std::vector<std::pair<std::string, std::int64_t>> rows;
  for (const Entry& booking : bookings) {
    for (std::string& beginning : beginnings_of(booking.words)) {
      rows.emplace_back(std::move(beginning), booking.seq);
    }
  }
  // Neighbours in the index one after the other.
  std::sort(rows.begin(), rows.end());
  // Words are letters and digits, so a space can separate them.
  std::string beginnings, seqs;
  for (const auto& [beginning, seq] : rows) {
    beginnings.append(beginnings.empty() ? "" : " ").append(beginning);
    seqs.append(seqs.empty() ? "" : " ").append(std::to_string(seq));
  }
  enqueue(connection,
          "INSERT INTO booking_words (beginning, booking_seq)"
          " SELECT beginning, seq FROM unnest(string_to_array(?1, ' '),"
          " string_to_array(?2, ' ')::bigint[]) AS word (beginning, seq)",
          beginnings, seqs);
}

}  // namespace hss::storage
