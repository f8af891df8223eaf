#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/bookings/booking.h"

namespace hss::storage {

/// What the index has of a booking, words with a space between: of its reference behind the prefix,
/// which is in every one, its customer's name and e-mail, and its address.
std::string booking_words(std::string_view id, std::string_view customer_name,
                          std::string_view email, std::string_view address);

/// A search `q`: each of its words (search_words.h; the first eight) begins a word of the booking's
/// reference, name, e-mail, address or items, and its date is the pickup date.
///
/// The index (`booking_search` of schema.sql) gives candidates, of which finds() keeps the right
/// ones. What begins with four letters it has as a list that can be read from its end, for as far
/// as somebody wants to see; for whole words it first collects all that match, which takes time and
/// memory in proportion: 80 ms for the beginning of every student's address in 300,000 bookings.
/// Of items and dates it has nothing: they would be words of every row.
class Search {
 public:
  explicit Search(std::string_view q);

  /// It asks for nothing, and finds nothing.
  bool is_empty() const { return words_.empty() && date_.empty(); }

  /// The reference in `q`, as issued. Where there is no such booking its words may still find
  /// others.
  const std::optional<std::string>& reference() const { return reference_; }
  /// YYYY-MM-DD; empty where `q` has no date.
  const std::string& date() const { return date_; }
  /// A word begins the type of an item.
  bool may_mean_items() const;

  /// For MATCH: what begins as the words do, in their first four letters. Empty where none has
  /// four.
  std::string beginnings() const;
  /// For MATCH: what begins with the words. Empty where there are none.
  std::string whole_words() const;
  /// Each booking that the index gives for whole_words() is one that finds() keeps.
  bool finds_all_with_words() const;

  /// Costs the same at any number of bookings. `items` as stored (json_text.h).
  bool finds(const domain::Booking& booking, std::string_view items) const;

 private:
  struct Word {
    std::string text;
    std::string code;  ///< what follows where it begins with the prefix of a reference; else empty
    bool is_as_typed = true;  ///< no letter was another, so that it may begin a reference
  };

  std::optional<std::string> reference_;
  std::string date_;
  std::vector<Word> words_;  ///< as the index has them
};

}  // namespace hss::storage
