#pragma once

#include <cstdint>
#include <vector>

#include "domain/store.h"

namespace hss::domain {

struct BoardColumn {
  Status status = Status::submitted;
  std::int64_t count = 0;   ///< in this status, listed here or not
  Slice<Booking> bookings;  ///< oldest first; what follows is on the queue of this status
};

/// The queue by status, at most `limit` bookings of each.
std::vector<BoardColumn> board(Reader& reader, int limit);

}  // namespace hss::domain
