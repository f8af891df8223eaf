#include "storage/booking_list.h"

#include <array>
#include <string>

#include "storage/search.h"

namespace hss::storage {
namespace {

using domain::BookingSort;

bool is_by_pickup(BookingSort sort) {
  return sort == BookingSort::latest_pickup || sort == BookingSort::earliest_pickup;
}

/// The bookings that the filter lets through and that stand `behind` where the page begins.
std::string select(const BookingListShape& shape, const std::string& behind) {
  std::string sql = "SELECT " BOOKING_COLUMNS ", b.seq FROM ";
  if (shape.by_owner) {
    // An account has a handful of bookings: what a list of them costs must not depend on those of
    // others, in which the words or a status would be looked up first.
    sql += "bookings b INDEXED BY bookings_by_owner";
  } else if (shape.by_words) {
    sql += "booking_search s CROSS JOIN bookings b ON b.seq = s.rowid";
  } else {
    sql += "bookings b";
  }
  sql += " LEFT JOIN payments p ON p.booking_seq = b.seq WHERE ";
  if (shape.by_owner) sql += "b.owner = ?3 AND ";
  if (shape.by_words) {
    sql += shape.by_owner ? "begins_words(?1, " BOOKING_WORDS ") AND "
                          : "booking_search MATCH ?1 AND ";
  }
  if (shape.by_status) sql += "b.status = ?2 AND ";
  return sql + behind;
}

std::string compose(const BookingListShape& shape) {
  const std::string beyond = shape.is_descending() ? " < " : " > ";
  const std::string way = shape.is_descending() ? " DESC" : "";
  const std::string end = way + " LIMIT ?6 OFFSET ?7";
  if (!is_by_pickup(shape.sort)) {
    // The words' index is read in the order of creation, so it is walked by its own key.
    const std::string seq = shape.by_words && !shape.by_owner ? "s.rowid" : "b.seq";
    return select(shape, seq + beyond + "?5") + " ORDER BY " + seq + end;
  }
  const std::string order = " ORDER BY b.pickup_date" + way + ", b.seq" + end;
  if (shape.by_words || shape.by_owner) {
    return select(shape, "(b.pickup_date, b.seq)" + beyond + "(?4, ?5)") + order;
  }
  // In two, what remains of the date and what lies beyond it: an index finds the beginning of each,
  // however many bookings one date has, where it would find the date alone for a pair.
  return select(shape, "b.pickup_date = ?4 AND b.seq" + beyond + "?5") + " UNION ALL " +
         select(shape, "b.pickup_date" + beyond + "?4") + order;
}

std::size_t index_of(const BookingListShape& shape) {
  return static_cast<std::size_t>(shape.sort) * 8 + (shape.by_owner ? 4 : 0) +
         (shape.by_words ? 2 : 0) + (shape.by_status ? 1 : 0);
}

}  // namespace

bool BookingListShape::is_descending() const {
  return sort == BookingSort::newest || sort == BookingSort::latest_pickup;
}

const char* booking_list_sql(const BookingListShape& shape) {
  static const auto texts = [] {
    std::array<std::string, 8 * domain::all_booking_sorts.size()> composed;
    for (const BookingSort sort : domain::all_booking_sorts) {
      for (const bool by_words : {false, true}) {
        for (const bool by_status : {false, true}) {
          for (const bool by_owner : {false, true}) {
            const BookingListShape one{
                .by_words = by_words, .by_status = by_status, .by_owner = by_owner, .sort = sort};
            composed[index_of(one)] = compose(one);
          }
        }
      }
    }
    return composed;
  }();
  return texts[index_of(shape)].c_str();
}

std::string search_parameter(const BookingListShape& shape, std::string_view q) {
  const auto words = search_words(q);
  if (!shape.by_owner) return search_expression(words);
  std::string text;
  for (const std::string& word : words) text += word + ' ';
  return text;
}

}  // namespace hss::storage
