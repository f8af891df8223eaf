#pragma once

#include <map>
#include <string>
#include <tuple>

#include "domain/bookings/booking_store.h"

namespace hss::storage {

/// The columns of a booking `b` and its payment `p`, as bookings.cpp reads them.
#define BOOKING_COLUMNS                                                                       \
  "b.id, b.customer_name, b.email, b.pickup_date, b.pickup_window, b.address, b.item_count, " \
  "b.duration_months, b.monthly_subtotal, b.handling_fee, b.total, b.status, b.created_at, "  \
  "b.updated_at, p.reference, b.owner, b.version, b.phone, b.whatsapp, b.access_notes, "      \
  "b.collected_on, b.return_date, b.return_window, b.return_address, b.return_method, "       \
  "b.failed_trips, b.needs_new_date, b.residence_id, b.room, b.return_residence_id, "         \
  "b.return_room, b.last_item_id, b.terms_version, b.early_start, b.pickup_method"
/// How many they are: what follows them has this number.
inline constexpr int booking_columns = 35;

/// The conditions and the order of a list of bookings.
struct BookingListShape {
  /// `kept` is all but declined and cancelled.
  enum class Statuses { all, kept, in_queue, one };

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

/// The table of the words' index.
struct WordsTable {
  std::string tables;   ///< `s`, with a row for each booking that a condition matches
  std::string seq;      ///< its column of the booking's seq
  std::string matches;  ///< the condition, on parameter 1, and 9 if there is a second one
};

/// What a list looks for, if it is one of a search.
struct Sought {
  std::string text;    ///< words for their index, or a pickup date
  std::string second;  ///< more words, for an index that takes them apart
};

/// SQLite merges the parts of a list that are each in order. A server sorts all of them, unless
/// each part is no longer than what is wanted.
enum class ListParts { merged, limited };

/// The lists' statements, which are static texts if this is: the columns above, the booking's seq
/// and, with_items, its items. Parameters: 1 the words for their index or the pickup date, 2 the
/// status, 3 the owner, 4 and 5 pickup_date and seq of the booking that the page follows, 6 the
/// limit, 7 the offset; for limited parts alone 8, the sum of both, and 9, the second words. All
/// may be bound, used or not.
class BookingListTexts {
 public:
  BookingListTexts(const WordsTable& words, ListParts parts);

  ListParts parts() const { return parts_; }
  const char* sql(const BookingListShape& shape) const { return texts_.at(key_of(shape)).c_str(); }

 private:
  using Key = std::tuple<bool, bool, BookingListShape::Statuses, domain::BookingSort, bool, bool>;
  static Key key_of(const BookingListShape& shape);
  void add(const BookingListShape& shape, const WordsTable& words);

  const ListParts parts_;
  std::map<Key, std::string> texts_;
};

}  // namespace hss::storage
