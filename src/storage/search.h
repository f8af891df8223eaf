#pragma once

#include <string>

#include "storage/connection.h"

namespace hss::storage {

/// Bookings are found by the words of their reference, name and e-mail. The index is a full-text
/// one, read newest first without a scan however common or rare a word is.

/// Brings the index up to the last booking, inside the open transaction. Called once a commit and
/// not once a booking: the index flushes itself at every savepoint.
void index_new_bookings(Connection& connection);

/// What to MATCH for `q`: every word of it begins a word of the booking. Empty where `q` holds no
/// letter or digit, so nothing can match.
std::string search_expression(std::string_view q);

}  // namespace hss::storage
