#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "domain/bookings/booking.h"
#include "storage/sql/connection.h"

namespace hss::storage {

/// A booking is found and counted from its commit on. Indexing and counting cost almost the same
/// for one booking as for a hundred, so they handle many at a time; until then readers check the
/// few new ones themselves. The index and the figures store separate positions, as the index may be
/// rebuilt while the figures stay.

/// The largest number of new bookings after a commit: enough to share the cost, and few enough that
/// a search of them costs next to nothing.
inline constexpr int max_new_bookings = 127;

/// True if the booking `b` is not yet in the figures, and not yet in the search index. The upper
/// bound excludes none: a server plans before it knows the positions, and takes what lies between
/// two of them for few, but what lies behind one for a third of all.
#define IS_BEHIND(position) \
  "b.seq > (SELECT seq FROM " position ") AND b.seq < (SELECT seq FROM " position ") + 1000000000"
#define IS_NEW IS_BEHIND("bookings_taken_in")
#define IS_NOT_INDEXED IS_BEHIND("bookings_indexed")

/// The newest booking, and the last that the figures count and that the index has.
struct Positions {
  std::int64_t last = 0, counted = 0, indexed = 0;
};

Positions read_positions(Connection& connection);

/// Adds the new bookings to the figures once more than `max_pending` wait, in the open transaction.
/// Called once per commit, and with 0 before anything rebuilds their tables.
void count_pending_bookings(Connection& connection, const Positions& positions,
                            int max_pending = max_new_bookings);
/// Whether the table of bookings has telephone numbers by now, which a file's steps meet without.
enum class Phones { known, unknown };
/// The same for the search index.
void index_pending_bookings(Connection& connection, const Positions& positions,
                            int max_pending = max_new_bookings, Phones phones = Phones::known);

/// Adds the bookings after the index's position to it, Connection::rows_at_once() of them at most,
/// in the open transaction. Returns the last one's number, and 0 if there is none.
std::int64_t index_new_bookings(Connection& connection, Phones phones = Phones::known);

struct CountAndValue {
  std::int64_t count = 0;
  domain::Money value;
};

/// The new bookings by status.
std::map<domain::Status, CountAndValue> new_bookings_by_status(Connection& connection);

/// The number of bookings by the Monday of their week and by duration, and of pieces by their type.
struct BookingFigures {
  std::map<std::string, std::int64_t> weeks;
  std::map<int, std::int64_t> durations;
  std::map<std::string, std::int64_t> items;
};

/// The figures of the new bookings alone.
BookingFigures count_new_bookings(Connection& connection);

}  // namespace hss::storage
