#pragma once

#include <string>
#include <string_view>

#include "domain/store.h"

namespace hss::storage {

/// The columns of a booking `b` and its payment `p`, as bookings.cpp reads them.
#define BOOKING_COLUMNS                                                                       \
  "b.id, b.customer_name, b.email, b.pickup_date, b.pickup_window, b.address, b.item_count, " \
  "b.duration_months, b.monthly_subtotal, b.handling_fee, b.total, b.status, b.created_at, "  \
  "b.updated_at, p.reference, b.owner"

/// The conditions and the order of a list of bookings.
struct BookingListShape {
  enum class Statuses { all, in_queue, one };

  bool by_words = false;  ///< the matches of the words' index, and new bookings
  bool by_owner = false;
  Statuses statuses = Statuses::all;
  domain::BookingSort sort = domain::BookingSort::newest;
  bool by_date = false;     ///< of one pickup date; not with by_words
  bool with_items = false;  ///< for a search, which reads them

  /// True if the list is in descending order.
  bool is_descending() const;
  bool is_by_pickup() const;
};

/// The list's statement, a static text: the columns above, its seq and, with_items, its items.
/// Parameters: 1 the words for their index (search.h) or the pickup date, 2 the status, 3 the
/// owner, 4 and 5 pickup_date and seq of the booking that the page follows, 6 the limit, 7 the
/// offset. All may be bound, used or not.
const char* booking_list_sql(const BookingListShape& shape);

}  // namespace hss::storage
