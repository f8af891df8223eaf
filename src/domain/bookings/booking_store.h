#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/accounts/principal.h"
#include "domain/bookings/booking.h"
#include "domain/page.h"
#include "domain/payments/payment.h"

namespace hss::domain {

/// The order of a list. Bookings with one pickup date stand in the order of creation, the last one
/// first where the latest date is.
enum class BookingSort { newest, oldest, latest_pickup, earliest_pickup };

inline constexpr std::array all_booking_sorts{BookingSort::newest, BookingSort::oldest,
                                              BookingSort::latest_pickup,
                                              BookingSort::earliest_pickup};

/// The member that it goes by, behind a minus sign where the greatest comes first: `-created_at`.
std::string_view to_text(BookingSort sort);

struct BookingFilter {
  std::optional<Status> status;
  std::optional<std::string> owner;  ///< only the bookings of this account
  std::string q;  ///< names, references, addresses, dates, items: all its words are met
  BookingSort sort = BookingSort::newest;
};

/// Bookings as one view of the data has them. May throw as Reader says.
class BookingReader {
 public:
  virtual ~BookingReader() = default;

  virtual std::optional<Booking> find(std::string_view id) = 0;
  virtual std::vector<Item> find_items(std::string_view booking_id) = 0;
  /// From the audit trail, oldest first; empty where there is no such booking.
  virtual std::vector<BookingStep> find_steps(std::string_view booking_id) = 0;
  /// In the filter's order. With `q` and an order by pickup date, every booking found is sorted.
  virtual Slice<Booking> list(const BookingFilter& filter, const Page& page) = 0;
  /// Oldest first: every booking not returned, declined or cancelled, or those in `status` alone.
  virtual Slice<Booking> list_queue(std::optional<Status> status, const Page& page) = 0;

  /// Throws Error{not_found} where there is no such booking, and in the same words where it is none
  /// that `viewer` may see.
  Booking get(std::string_view id, const Principal& viewer);
};

class BookingWriter : public BookingReader {
 public:
  /// False, and nothing done, where the id is taken.
  [[nodiscard]] virtual bool insert(const Booking& booking, const std::vector<Item>& items) = 0;
  virtual void update_status(std::string_view booking_id, Status status,
                             std::string_view updated_at) = 0;
  /// Records the payment and takes the booking from approved to paid.
  virtual void insert_payment(std::string_view booking_id, const Payment& payment) = 0;
};

}  // namespace hss::domain
