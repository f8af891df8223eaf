#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/bookings/booking.h"

namespace hss::storage {

/// The index's text of a booking, words with a space between: its reference without the prefix,
/// which all have, its customer's name and e-mail, its address and telephone numbers.
std::string booking_words(std::string_view id, std::string_view customer_name,
                          std::string_view email, std::string_view address, std::string_view phone);
std::string booking_words(const domain::Booking& booking);

/// A search `q`: each of its words (search_words.h; the first eight) begins a word of the booking's
/// reference, name, e-mail, address, telephone number or items, and its date is the pickup date. A
/// telephone number is one word, however it is typed: `082 123 4567` and `+27 82 123 4567` are the
/// same.
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
  /// True if a word begins one of an item that the catalogue has.
  bool may_mean_items(const domain::Catalog& catalog) const;

  struct Word {
    std::string text;
    std::string code;  ///< the rest after the prefix of a reference; empty without that prefix
    bool is_as_typed = true;  ///< no letter was replaced, so the word may begin a reference
  };
  /// In the index's form.
  const std::vector<Word>& words() const { return words_; }

  /// Its cost does not depend on the number of bookings. `items` is in stored form (json_text.h).
  bool finds(const domain::Booking& booking, std::string_view items) const;

 private:
  std::optional<std::string> reference_;
  std::string date_;
  std::vector<Word> words_;
};

/// The first `count` letters of a word, in valid UTF-8; empty for a shorter word.
std::string_view first_letters(std::string_view word, int count);

}  // namespace hss::storage
