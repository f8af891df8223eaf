#pragma once

#include <string>
#include <string_view>

#include "storage/connection.h"

namespace hss::storage {

/// Bookings are found by the words of their reference, name and e-mail. The index is a full-text
/// one, read newest first; what a search costs is a walk through the matches of its words, so one
/// for two letters that half of all e-mails end in costs more than a name.

/// The words of a booking `b`; the reference's prefix is in every one, so it would only cost.
#define BOOKING_WORDS "substr(b.id, 5) || ' ' || b.customer_name || ' ' || b.email"

/// What is asked for by `q`, as the index takes it: every word of it (the first eight) begins a
/// word of the booking; the `HSS-` of a reference counts for nothing. Empty where no letter or
/// digit is left to match.
std::string search_expression(std::string_view q);

/// Gives a connection the SQL function `begins_words(expression, text)`: whether the text is what
/// search_expression() asks for, taken apart as the index does it. For few bookings: what it costs
/// does not depend on how many others there are.
void add_word_function(SQLite::Database& database);

}  // namespace hss::storage
