#include "domain/store.h"

#include "domain/error.h"

namespace hss::domain {

Booking Reader::get_booking(std::string_view id) {
  if (auto booking = find_booking(id)) return *std::move(booking);
  throw Error(ErrorCode::not_found, "There is no booking " + std::string(id));
}

}  // namespace hss::domain
