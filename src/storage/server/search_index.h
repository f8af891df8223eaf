#pragma once

#include <string>
#include <vector>

#include "storage/sql/search_index.h"

namespace hss::storage {

/// The search index in a table of its own, `booking_words`: for each booking the first four and the
/// first two letters of its words. A search reads the candidates of two of its words, which a
/// server finds without looking at the bookings.
class ServerSearchIndex : public SearchIndex {
 public:
  ServerSearchIndex();

  Sought beginnings(const Search&) const override { return {}; }
  Sought whole_words(const Search& search) const override;
  bool is_exact(const Search&) const override { return false; }
  /// Leaves the old beginnings: they only find a candidate that Search::finds() rejects.
  void replace(Connection& connection, const Entry& before, const Entry& after) const override;

 protected:
  /// Each beginning once.
  static std::vector<std::string> beginnings_of(const std::string& words);
};

}  // namespace hss::storage
