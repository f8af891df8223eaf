#include "storage/sql/booking_list.h"

#include <string>
#include <vector>

#include "storage/sql/new_bookings.h"

namespace hss::storage {
namespace {

using domain::BookingSort;
using Statuses = BookingListShape::Statuses;

/// The tables from which a list reads its bookings. The words' index lacks the new bookings, so any
/// of them may match. An owner's list reads by owner, as an account has a handful of bookings: read
/// by status, it would cost more with every booking of others.
enum class Source { bookings, bookings_of_owner, words_index, new_bookings };

std::string from(Source source, bool with_items, const WordsTable& words) {
  const std::string items = with_items ? ", b.items" : "";
  switch (source) {
    case Source::bookings:
      return "b.seq" + items + " FROM bookings b";
    case Source::bookings_of_owner:
      return "b.seq" + items + " FROM bookings b INDEXED BY bookings_by_owner";
    case Source::words_index:
      // The index's own column, so that the union is in its order.
      return "s." + words.seq + " AS seq" + items + " FROM " + words.tables +
             " CROSS JOIN bookings b ON b.seq = s." + words.seq;
    case Source::new_bookings:
      return "b.seq" + items + " FROM bookings b NOT INDEXED";
  }
  return "";
}

std::vector<Source> sources(const BookingListShape& shape) {
  if (shape.by_owner) return {Source::bookings_of_owner};
  if (shape.by_words) return {Source::words_index, Source::new_bookings};
  return {Source::bookings};
}

/// The status conditions of a list's parts. If an index by status is read, each status is a part:
/// each part is in order, and so is their union.
std::vector<std::string> conditions_by_status(const BookingListShape& shape) {
  std::vector<std::string> conditions;
  const auto add_each = [&conditions](const auto& statuses) {
    for (const domain::Status status : statuses) {
      conditions.push_back("b.status = '" + std::string(domain::to_text(status)) + "' AND ");
    }
  };
  switch (shape.statuses) {
    case Statuses::one:
      return {"b.status = ?2 AND "};
    case Statuses::in_queue:
      add_each(domain::queue_statuses);
      return conditions;
    case Statuses::kept:
      add_each(domain::kept_statuses);
      return conditions;
    case Statuses::all:
      if (shape.by_owner || shape.by_words) return {""};
      if (!shape.is_by_pickup() && !shape.by_date) return {""};
      add_each(domain::all_statuses);
      return conditions;
  }
  return {};
}

/// The position conditions of a list's parts: only bookings after the one that the page follows.
std::vector<std::string> conditions_by_place(const BookingListShape& shape, Source source,
                                             const WordsTable& words) {
  const std::string beyond = shape.is_descending() ? " < " : " > ";
  // Bookings of one date follow each other by creation alone. With a row value SQLite would read
  // every date beyond, too.
  if (!shape.is_by_pickup() || shape.by_date) {
    // The words' index is in the order of creation, so its own key walks it. The plus keeps SQLite
    // from finding the new bookings by the page's position.
    const std::string seq = source == Source::words_index    ? "s." + words.seq
                            : source == Source::new_bookings ? "+b.seq"
                                                             : "b.seq";
    return {seq + beyond + "?5"};
  }
  if (source != Source::bookings) return {"(b.pickup_date, b.seq)" + beyond + "(?4, ?5)"};
  // Two conditions, for the rest of the date and for the dates beyond it: an index seeks straight
  // to the first row of each, however many bookings one date has. With a row value it would seek
  // only to the date.
  return {"b.pickup_date = ?4 AND b.seq" + beyond + "?5", "b.pickup_date" + beyond + "?4"};
}

std::string order(const BookingListShape& shape, const std::string& seq,
                  const std::string& pickup_date) {
  const std::string way = shape.is_descending() ? " DESC" : "";
  const std::string by_pickup = shape.is_by_pickup() ? pickup_date + way + ", " : "";
  return " ORDER BY " + by_pickup + seq + way;
}

std::vector<std::string> compose_parts(const BookingListShape& shape, const WordsTable& words) {
  std::vector<std::string> parts;
  for (const Source source : sources(shape)) {
    for (const std::string& status : conditions_by_status(shape)) {
      for (const std::string& place : conditions_by_place(shape, source, words)) {
        std::string sql = "SELECT " BOOKING_COLUMNS ", ";
        sql += from(source, shape.with_items, words);
        sql += " LEFT JOIN payments p ON p.booking_seq = b.seq WHERE ";
        if (source == Source::new_bookings) sql += IS_NOT_INDEXED " AND ";
        if (shape.by_owner) sql += "b.owner = ?3 AND ";
        if (source == Source::words_index) sql += words.matches + " AND ";
        sql += status;
        if (shape.by_date) sql += "b.pickup_date = ?1 AND ";
        parts.push_back(sql + place);
      }
    }
  }
  return parts;
}

std::string compose(const BookingListShape& shape, const WordsTable& words, ListParts how) {
  const std::vector<std::string> parts = compose_parts(shape, words);
  const bool limits = how == ListParts::limited && parts.size() > 1;
  std::string sql;
  for (const std::string& part : parts) {
    if (!sql.empty()) sql += " UNION ALL ";
    sql += !limits ? part
                   : "SELECT * FROM (" + part + order(shape, "b.seq", "b.pickup_date") +
                         " LIMIT ?8) AS part";
  }
  // Of a union only the columns' names can be sorted by.
  return sql + order(shape, "seq", "pickup_date") + " LIMIT ?6 OFFSET ?7";
}

}  // namespace

bool BookingListShape::is_descending() const {
  return sort == BookingSort::newest || sort == BookingSort::latest_pickup;
}

bool BookingListShape::is_by_pickup() const {
  return sort == BookingSort::latest_pickup || sort == BookingSort::earliest_pickup;
}

BookingListTexts::BookingListTexts(const WordsTable& words, ListParts parts) : parts_(parts) {
  add({false, false, Statuses::kept, BookingSort::earliest_pickup, true, true}, words);
  for (const BookingSort sort : domain::all_booking_sorts) {
    for (const auto statuses : {Statuses::all, Statuses::in_queue, Statuses::one}) {
      add({false, false, statuses, sort, true, true}, words);
      for (const bool by_words : {false, true}) {
        for (const bool by_owner : {false, true}) {
          for (const bool with_items : {false, true}) {
            add({by_words, by_owner, statuses, sort, false, with_items}, words);
          }
        }
      }
    }
  }
}

void BookingListTexts::add(const BookingListShape& shape, const WordsTable& words) {
  texts_[key_of(shape)] = compose(shape, words, parts_);
}

BookingListTexts::Key BookingListTexts::key_of(const BookingListShape& shape) {
  return {shape.by_words, shape.by_owner, shape.statuses,
          shape.sort,     shape.by_date,  shape.with_items};
}

}  // namespace hss::storage
