#include "domain/bookings/booking_store.h"

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

Booking BookingReader::get(std::string_view id, const Principal& viewer) {
  if (auto booking = find(id); booking && viewer.may_see(*booking)) return *std::move(booking);
  throw Error(ErrorCode::not_found, "There is no booking " + excerpt(id));
}

}  // namespace hss::domain
