#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/accounts/principal.h"
#include "domain/bookings/booking.h"
#include "domain/bookings/failed_trip.h"
#include "domain/bookings/item_change.h"
#include "domain/page.h"
#include "domain/payments/payment.h"

namespace hss::domain {

/// The order of a list. Bookings with the same pickup date are sorted by creation, newest first if
/// the latest date comes first.
enum class BookingSort { newest, oldest, latest_pickup, earliest_pickup };

inline constexpr std::array all_booking_sorts{BookingSort::newest, BookingSort::oldest,
                                              BookingSort::latest_pickup,
                                              BookingSort::earliest_pickup};

/// The name of the member, with a minus sign before it if the greatest comes first: `-created_at`.
std::string_view to_text(BookingSort sort);

struct BookingFilter {
  std::optional<Status> status;
  std::optional<std::string> owner;  ///< only the bookings of this account
  std::string q;  ///< all its words match: names, references, addresses, dates, items
  BookingSort sort = BookingSort::newest;
};

/// Bookings in one view of the data. May throw as Reader says.
class BookingReader {
 public:
  virtual ~BookingReader() = default;

  virtual std::optional<Booking> find(std::string_view id) = 0;
  virtual std::vector<Item> find_items(std::string_view booking_id) = 0;
  /// Reads the audit trail, oldest first; empty if there is no such booking.
  virtual std::vector<BookingStep> find_steps(std::string_view booking_id) = 0;
  /// Its changes and failed trips from the audit trail, oldest first.
  virtual std::vector<BookingEvent> find_events(std::string_view booking_id) = 0;
  virtual std::optional<FailedTrip> find_failed_trip(std::string_view booking_id,
                                                     std::string_view client_id) = 0;
  /// How many trips of the booking to this stop failed, without those that were undone.
  virtual int count_failed_trips(std::string_view booking_id, const FailedTrip& stop) = 0;
  /// Sorted as the filter says. With `q` and an order by pickup date, every match is sorted.
  virtual Slice<Booking> list(const BookingFilter& filter, const Page& page) = 0;
  /// Lists bookings with work left for staff, or only those in `status`; oldest first.
  virtual Slice<Booking> list_queue(std::optional<Status> status, const Page& page) = 0;
  /// At most `limit` bookings of this pickup date in one of kept_statuses, oldest first.
  virtual std::vector<BookingWithItems> list_pickups(std::string_view date, int limit) = 0;
  /// The same of those that are to be brought back, or fetched, on this date.
  virtual std::vector<BookingWithItems> list_returns(std::string_view date, int limit) = 0;
  /// At most `limit` bookings whose items are with the business and were to leave it before this
  /// date, those first that were to leave first.
  virtual std::vector<Booking> list_overdue(std::string_view date, int limit) = 0;
  /// How many those are; reads no others.
  virtual std::int64_t count_overdue(std::string_view date) = 0;

  /// Throws Error{not_found} if there is no such booking, and in the same words if `viewer` may not
  /// see it.
  Booking get(std::string_view id, const Principal& viewer);
};

class BookingWriter : public BookingReader {
 public:
  /// Returns false and does nothing if the id is taken.
  [[nodiscard]] virtual bool insert(const Booking& booking, const std::vector<Item>& items) = 0;
  /// Stores the status, and what follows from it: updated_at, collected_on and needs_new_date. The
  /// booking has its next version then.
  virtual void update_status(const Booking& booking) = 0;
  /// Records the payment and takes the booking from approved to paid.
  virtual void insert_payment(std::string_view booking_id, const Payment& payment) = 0;
  /// Stores what may change of a booking, as its next version, and keeps `personal` with it: a JSON
  /// object of what the customer wrote of themselves, before and after, or nothing. Returns the
  /// SHA-256 of salt and text in hexadecimal; empty for nothing. `salt`: 32 characters. Without
  /// `items`, they stay as they are.
  virtual std::string change(const Booking& before, const Booking& after,
                             const std::optional<ItemsChange>& items, std::string_view salt,
                             std::string_view personal) = 0;
  /// The next version, as something of it changed that has its own table: a photo.
  virtual void count_version(std::string_view booking_id) = 0;
  /// Stores the trip, and failed_trips, needs_new_date and updated_at of the booking, as its next
  /// version.
  virtual void insert_failed_trip(const Booking& booking, const FailedTrip& trip) = 0;
  /// The same for one that is stored; of it, undone_at alone changes.
  virtual void update_failed_trip(const Booking& booking, const FailedTrip& trip) = 0;
};

}  // namespace hss::domain
