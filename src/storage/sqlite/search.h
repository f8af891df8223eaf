#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/bookings/booking.h"

namespace hss::storage {

/// The index's text of a booking, words with a space between: its reference without the prefix,
/// which all have, its customer's name and e-mail, and its address.
std::string booking_words(std::string_view id, std::string_view customer_name,
                          std::string_view email, std::string_view address);

/// A search `q`: each of its words (search_words.h; the first eight) begins a word of the booking's
/// reference, name, e-mail, address or items, and its date is the pickup date.
///
/// The index (`booking_search` of schema.sql) gives candidates, of which finds() keeps the right
/// ones. Beginnings of four letters are a list that can be read from its end, only as far as
/// somebody wants to see. For whole words the index first collects all matches, which takes time
/// and memory in proportion: 80 ms for the beginning of every student's address in 300,000
/// bookings. It has no items and dates: they would be words of every row.
class Search {
 public:
  explicit Search(std::string_view q);

  /// True if the search asks for nothing, and so finds nothing.
  bool is_empty() const { return words_.empty() && date_.empty(); }

  /// The reference in `q`, in the form in which it is issued. If there is no such booking, its
  /// words may still find others.
  const std::optional<std::string>& reference() const { return reference_; }
  /// YYYY-MM-DD; empty if `q` has no date.
  const std::string& date() const { return date_; }
  /// True if a word begins the type of an item.
  bool may_mean_items() const;

  /// The MATCH expression of the words' first four letters. Empty if no word has four.
  std::string beginnings() const;
  /// The MATCH expression of the whole words. Empty if there are none.
  std::string whole_words() const;
  /// True if finds() keeps each booking that the index gives for whole_words().
  bool finds_all_with_words() const;

  /// Its cost does not depend on the number of bookings. `items` is in stored form (json_text.h).
  bool finds(const domain::Booking& booking, std::string_view items) const;

 private:
  struct Word {
    std::string text;
    std::string code;  ///< the rest after the prefix of a reference; empty without that prefix
    bool is_as_typed = true;  ///< no letter was replaced, so the word may begin a reference
  };

  std::optional<std::string> reference_;
  std::string date_;
  std::vector<Word> words_;  ///< in the index's form
};

}  // namespace hss::storage
