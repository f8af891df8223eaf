#include "domain/bookings/board.h"

namespace hss::domain {

std::vector<BoardColumn> board(Reader& reader, int limit) {
  const Overview now = reader.reports().overview();
  std::vector<BoardColumn> columns;
  for (const Status status : queue_statuses) {
    columns.push_back({.status = status,
                       .count = now.by_status[static_cast<std::size_t>(status)].count,
                       .bookings = reader.bookings().list_queue(status, {.limit = limit})});
  }
  return columns;
}

}  // namespace hss::domain
