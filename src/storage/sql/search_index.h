#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/sql/booking_list.h"
#include "storage/sql/connection.h"
#include "storage/sql/search.h"

namespace hss::storage {

/// How an engine finds bookings by their words. It gives candidates, of which Search::finds() keeps
/// the right ones.
class SearchIndex {
 public:
  SearchIndex(const WordsTable& words, ListParts parts) : lists_(words, parts) {}
  virtual ~SearchIndex() = default;

  const BookingListTexts& lists() const { return lists_; }

  /// The values of WordsTable::matches for bookings with words that have the same first four
  /// letters. Empty if no word has four.
  virtual Sought beginnings(const Search& search) const = 0;
  /// The same for the whole words. Empty if there are none.
  virtual Sought whole_words(const Search& search) const = 0;
  /// True if Search::finds() keeps each booking that whole_words() gives.
  virtual bool is_exact(const Search& search) const = 0;

  struct Entry {
    std::int64_t seq = 0;
    std::string words;  ///< booking_words() of search.h
  };
  /// Adds bookings, in the open transaction.
  virtual void insert(Connection& connection, const std::vector<Entry>& bookings) const = 0;
  /// Has the booking found by its new words, in the open transaction, if the index has it already.
  virtual void replace(Connection& connection, const Entry& before, const Entry& after) const = 0;

 private:
  const BookingListTexts lists_;
};

}  // namespace hss::storage
