#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "domain/booking.h"
#include "storage/connection.h"

namespace hss::storage {

/// The words of a booking `b`; the reference's prefix is in every one, so it would only cost.
#define BOOKING_WORDS "substr(b.id, 5) || ' ' || b.customer_name || ' ' || b.email"

/// A search `q`: each of its words, as the index takes it apart (the first eight), begins a word of
/// the booking's reference, name or e-mail; the `HSS-` of a reference counts for nothing. Used by
/// one thread, while its database is open.
///
/// The index (`booking_search` of schema.sql) gives candidates, of which finds() keeps the right
/// ones. What begins with four letters it has as a list that can be read from its end, for as far
/// as somebody wants to see; for whole words it first collects all that match, which takes time and
/// memory in proportion: 80 ms for the beginning of every student's address in 300,000 bookings.
class Search {
 public:
  /// Throws SQLite::Exception.
  Search(SQLite::Database& database, std::string_view q);
  ~Search();

  /// No letter or digit was left: it finds nothing.
  bool is_empty() const { return words_.empty(); }

  /// For MATCH: what begins as the words do, in their first four letters. Empty where none has
  /// four.
  std::string beginnings() const;
  /// For MATCH: what begins with the words, which is what finds() keeps.
  std::string whole_words() const;

  /// Costs the same at any number of bookings.
  bool finds(const domain::Booking& booking) const;

 private:
  class Tokenizer;
  std::unique_ptr<Tokenizer> tokenizer_;
  std::vector<std::string> words_;  ///< as the index has them
};

}  // namespace hss::storage
