#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "domain/bookings/booking.h"
#include "storage/sqlite/connection.h"

namespace hss::storage {

/// A booking is found and counted from its commit on. What that costs in the search index and in
/// the tables of figures is mostly the same for one booking and for a hundred, so they take in many
/// at a time; until then readers look at the new ones, of which there are few, themselves. Each has
/// a mark of its own: the index may be built anew while the figures stay.

/// There are never more new bookings than that after a commit: enough to share the cost, and few
/// enough that a search of them does not count.
inline constexpr int max_new_bookings = 127;

/// True if the booking `b` is new to the figures, and to the search index.
#define IS_NEW "b.seq > (SELECT seq FROM bookings_taken_in)"
#define IS_NOT_INDEXED "b.seq > (SELECT seq FROM bookings_indexed)"

/// Where new bookings have become many, puts them into the search index and into the figures,
/// inside the open transaction. Called once a commit.
void index_pending_bookings(Connection& connection);

/// The same of all of them, few or many: before anything drops or rebuilds those tables.
void index_all_pending_bookings(Connection& connection);

/// Puts every booking behind the index's mark into it, inside the open transaction.
void index_new_bookings(Connection& connection);

struct CountAndValue {
  std::int64_t count = 0;
  domain::Money value;
};

/// The new bookings by status.
std::map<domain::Status, CountAndValue> new_bookings_by_status(Connection& connection);

/// Bookings by the Monday of their week and by duration, and pieces by their type.
struct BookingFigures {
  std::map<std::string, std::int64_t> weeks;
  std::map<int, std::int64_t> durations;
  std::map<domain::ItemType, std::int64_t> items;
};

/// Of the new bookings.
BookingFigures count_new_bookings(Connection& connection);

}  // namespace hss::storage
