#include "storage/postgres/search_index.h"

namespace hss::storage {

void PostgresSearchIndex::insert(Connection& connection, std::int64_t seq,
                                 const std::string& words) const {
  // Words are letters and digits, so a space can separate them.
  std::string all;
  for (const std::string& beginning : beginnings_of(words)) {
    all.append(all.empty() ? "" : " ").append(beginning);
  }
  enqueue(connection,
          "INSERT INTO booking_words (beginning, booking_seq)"
          " SELECT beginning, ?2 FROM unnest(string_to_array(?1, ' ')) AS beginning",
          all, seq);
}

}  // namespace hss::storage
