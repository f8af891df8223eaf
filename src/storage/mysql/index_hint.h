#pragma once

#include <string>

namespace hss::storage {

/// Names the index where bookings are listed by status: MariaDB otherwise reads it from its end,
/// and not from the booking that the page follows. Another statement stays as it is.
std::string with_index_hint(std::string sql);

}  // namespace hss::storage
