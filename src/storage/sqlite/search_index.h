#pragma once

#include "storage/sql/search_index.h"

namespace hss::storage {

/// The search index in SQLite's FTS5 (`booking_search` of schema.sql), without items and dates,
/// which would be words of every row.
///
/// Beginnings of four letters are a list that can be read from its end, only as far as somebody
/// wants to see. For whole words the index first collects all matches, which takes time and memory
/// in proportion: 80 ms for the beginning of every student's address in 300,000 bookings.
class SqliteSearchIndex final : public SearchIndex {
 public:
  SqliteSearchIndex();

  Sought beginnings(const Search& search) const override;
  Sought whole_words(const Search& search) const override;
  bool is_exact(const Search& search) const override;
  void insert(Connection& connection, const std::vector<Entry>& bookings) const override;
  void replace(Connection& connection, const Entry& before, const Entry& after) const override;
};

}  // namespace hss::storage
