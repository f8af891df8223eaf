#pragma once

#include <cstdint>
#include <string>

#include "storage/connection.h"

namespace hss::storage {

/// Bookings are found by the words of their reference, name and e-mail. The index is a full-text
/// one, read newest first; what a search costs is a walk through the matches of its words, so one
/// for two letters that half of all e-mails end in costs more than a name.

/// Takes in the bookings behind that `seq`, inside the open transaction. Called once a commit and
/// not once a booking: the index flushes itself at every savepoint.
void index_bookings(Connection& connection, std::int64_t after);

/// What to MATCH for `q`: every word of it (the first eight) begins a word of the booking; the
/// `HSS-` of a reference counts for nothing. Empty where no letter or digit is left to match.
std::string search_expression(std::string_view q);

}  // namespace hss::storage
