#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/bookings/contact.h"
#include "domain/bookings/handback.h"
#include "domain/bookings/item_change.h"

namespace hss::domain {

/// A change of a booking, checked and normalised (made by booking_form.h). What is none stays as it
/// is.
struct BookingChange {
  std::optional<std::string> pickup_date, pickup_window, address, residence_id, room;
  ContactChange contact;
  std::optional<std::vector<WantedItem>> items;  ///< all of them
  std::optional<int> duration_months;
  std::optional<std::string> return_date;  ///< empty: no return is asked for any more
  std::optional<std::string> return_window, return_address, return_residence_id, return_room;
  std::optional<ReturnMethod> return_method;
  std::optional<double> expected_total;  ///< what the client showed its user, in rand
  bool override = false;                 ///< staff change, whatever the calendar says
};

}  // namespace hss::domain
