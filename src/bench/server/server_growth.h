#pragma once

#include <cstddef>
#include <string>

#include "bench/report.h"
#include "storage/server_address.h"

namespace hss::bench {

/// Measures what each route of one instance takes while the database has 1,000 bookings, with
/// `bookings` just after these were made, and, of 100,000 or more, once the server has had two
/// minutes to look over its tables by itself. The instance runs from the beginning to the end, so
/// that statements which it prepared with few bookings meet many. `owner` owns the tables, which
/// have no bookings. Throws std::runtime_error with a sentence.
void measure_server_growth(const storage::ServerAddress& server,
                           const storage::ServerAddress& owner, const std::string& folder,
                           std::size_t bookings, Report& report);

}  // namespace hss::bench
