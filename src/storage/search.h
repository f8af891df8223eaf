#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/connection.h"

namespace hss::storage {

/// Bookings are found by the words of their reference, name and e-mail. The index is a full-text
/// one, read newest first; what a search costs is a walk through the matches of its words, so one
/// for two letters that half of all e-mails end in costs more than a name.

/// The words of a booking `b`.
#define BOOKING_WORDS "substr(b.id, 5) || ' ' || b.customer_name || ' ' || b.email"

/// Takes in the bookings behind that `seq`, inside the open transaction. Called once a commit and
/// not once a booking: the index flushes itself at every savepoint.
void index_bookings(Connection& connection, std::int64_t after);

/// What is asked for by `q`: every word of it (the first eight) begins a word of the booking; the
/// `HSS-` of a reference counts for nothing. Empty where no letter or digit is left to match.
std::vector<std::string> search_words(std::string_view q);
/// The words as the index is asked for them.
std::string search_expression(const std::vector<std::string>& words);

/// Gives a connection the SQL function `begins_words(words, text)`: whether every word (they are
/// divided by spaces) begins a word of the text, both taken apart as the index does it. For few
/// bookings: what it costs does not depend on how many others there are.
void add_word_function(SQLite::Database& database);

}  // namespace hss::storage
