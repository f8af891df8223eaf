#include "domain/store.h"

#include "domain/enum_names.h"
#include "domain/error.h"
#include "domain/validation/text.h"

namespace hss::domain {
namespace {

constexpr EnumNames<BookingSort, all_booking_sorts.size()> sort_names{
    {"-created_at", "created_at", "-pickup_date", "pickup_date"}};

}  // namespace

std::string_view to_text(BookingSort sort) {
  return sort_names[sort];
}

Booking Reader::get_booking(std::string_view id, const Principal& viewer) {
  if (auto booking = find_booking(id); booking && viewer.may_see(*booking)) {
    return *std::move(booking);
  }
  throw Error(ErrorCode::not_found, "There is no booking " + excerpt(id));
}

std::vector<BoardColumn> Reader::board(int limit) {
  const Overview now = overview();
  std::vector<BoardColumn> columns;
  for (const Status status : queue_statuses) {
    columns.push_back({.status = status,
                       .count = now.by_status[static_cast<std::size_t>(status)].count,
                       .bookings = list_queue(status, {.limit = limit})});
  }
  return columns;
}

}  // namespace hss::domain
