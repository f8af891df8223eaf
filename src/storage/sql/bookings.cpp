#include "storage/sql/bookings.h"

#include <algorithm>

#include "domain/error.h"
#include "storage/damage.h"
#include "storage/json_text.h"
#include "storage/sql/booking_history.h"
#include "storage/sql/booking_list.h"
#include "storage/sql/catalog.h"
#include "storage/sql/new_bookings.h"
#include "storage/sql/page.h"
#include "storage/sql/search.h"
#include "storage/sql/search_index.h"

namespace hss::storage {
namespace {

using domain::Booking;
using domain::Page;
using domain::Slice;

/// The database's own rules guarantee that a booking that was paid has its payment.
void require_payment(const Booking& booking) {
  using enum domain::Status;
  const bool is_paid = booking.status == paid || booking.status == collected ||
                       booking.status == in_storage || booking.status == returned;
  if (is_paid && !booking.payment_reference) throw_damage("a payment that is missing");
}

std::optional<domain::Handback> handback_of(const Query& row) {
  domain::Handback handback{.date = row.text(21),
                            .window = row.text(22),
                            .address = row.text(23),
                            .residence_id = row.text(29),
                            .room = row.text(30)};
  if (handback.date.empty()) return std::nullopt;
  handback.method =
      require_known(domain::find_return_method(row.text(24)), "the method of a return");
  return handback;
}

Booking booking_of(const Query& row) {
  Booking booking{
      .id = row.text(0),
      .customer_name = row.text(1),
      .email = row.text(2),
      .pickup_date = row.text(3),
      .pickup_window = row.text(4),
      .address = row.text(5),
      .item_count = static_cast<int>(row.integer(6)),
      .price = {.duration_months = static_cast<int>(row.integer(7)),
                .monthly_subtotal = {row.integer(8)},
                .handling_fee = {row.integer(9)},
                .total = {row.integer(10)}},
      .status = require_known(domain::find_status(row.text(11)), "a status"),
      .created_at = row.text(12),
      .updated_at = row.text(13),
      .payment_reference = row.optional_text(14),
      .owner = row.optional_text(15),
      .contact = {.phone = row.text(17), .whatsapp = row.text(18), .access_notes = row.text(19)},
      .version = row.integer(16),
      .collected_on = row.text(20),
      .handback = handback_of(row),
      .failed_trips = static_cast<int>(row.integer(25)),
      .needs_new_date = row.integer(26) != 0,
      .last_item_id = static_cast<int>(row.integer(31)),
      .residence_id = row.text(27),
      .room = row.text(28),
      .terms_version = static_cast<int>(row.integer(32)),
      .early_start = row.integer(33) != 0,
      .pickup_method =
          require_known(domain::find_pickup_method(row.text(34)), "how a booking was brought")};
  // Until its items change, their ids are as many as they are.
  if (booking.last_item_id == 0) booking.last_item_id = booking.item_count;
  require_payment(booking);
  return booking;
}

/// The position that a page follows.
struct Position {
  std::string pickup_date;
  std::int64_t seq = 0;
};

const Position before_the_first{.pickup_date = "", .seq = 0};
const Position behind_the_last{.pickup_date = "~", .seq = after_everything};

/// The position of the cursor's booking; `start` without a cursor. With an owner, a booking of
/// somebody else gives the same error as an unknown one, which would otherwise reveal that it
/// exists.
Position position_of(Connection& connection, const Page& page, const Position& start,
                     const std::optional<std::string>& owner = std::nullopt) {
  if (!page.cursor) return start;
  Query row(connection, "SELECT pickup_date, seq, owner FROM bookings WHERE id = ?", *page.cursor);
  if (!row.step() || (owner && row.optional_text(2) != owner)) throw bad_cursor();
  return {.pickup_date = row.text(0), .seq = row.integer(1)};
}

// Those that a list's statement has behind BOOKING_COLUMNS.
constexpr int seq_column = booking_columns;
constexpr int items_column = booking_columns + 1;

/// A list of bookings by the words, status and owner of the filter.
class BookingList {
 public:
  BookingList(Connection& connection, const BookingListShape& shape,
              const domain::BookingFilter& filter, const Page& page)
      : connection_(connection),
        shape_(shape),
        filter_(filter),
        page_(page),
        start_(position_of(connection, page,
                           shape.is_descending() ? behind_the_last : before_the_first,
                           filter.owner)) {}

  Slice<Booking> get() const {
    if (!filter_.q.empty()) return search(Search(filter_.q));
    Query rows = query(shape_, {}, start_, page_.limit + 1, page_.offset);
    return slice_of<Booking>(rows, page_, booking_of, cursor_of);
  }

  /// Those of a pickup date, for a shape by date.
  std::vector<domain::BookingWithItems> get_of_date(std::string_view date) const {
    std::vector<domain::BookingWithItems> found;
    for (Query rows = query(shape_, {std::string(date), ""}, start_, page_.limit, 0);
         rows.step();) {
      found.push_back({booking_of(rows), items_of(rows.text(items_column))});
      if (found.back().items.empty()) throw_damage("a booking without items");
    }
    return found;
  }

 private:
  static std::string cursor_of(const Booking& last) { return last.id; }

  Query query(const BookingListShape& shape, const Sought& sought, const Position& start,
              std::int64_t limit, std::int64_t offset) const {
    const BookingListTexts& lists = connection_.search_index().lists();
    const auto query = [&](const auto&... of_parts) {
      return Query(connection_, lists.sql(shape), sought.text,
                   filter_.status ? domain::to_text(*filter_.status) : std::string_view(),
                   filter_.owner.value_or(""), start.pickup_date, start.seq, limit, offset,
                   of_parts...);
    };
    return lists.parts() == ListParts::limited ? query(limit + offset, sought.second) : query();
  }

  /// The result of a search so far.
  struct Found {
    Slice<Booking> page;
    std::int64_t to_skip = 0;
    Position looked_until;  ///< in the list's order
  };

  Slice<Booking> search(const Search& search) const {
    if (search.reference()) {
      if (auto booking = find_reference(*search.reference())) return page_of(*std::move(booking));
    }
    if (search.is_empty()) return {};
    Found found{.page = {}, .to_skip = page_.offset, .looked_until = start_};
    BookingListShape list = shape_;
    list.with_items = true;
    if (shape_.by_owner) {
      look_among(search, list, {}, all_rows, found);
    } else if (!search.date().empty()) {
      constexpr std::int64_t max_of_date = 20'000;
      list.by_date = true;
      look_among(search, list, {search.date(), ""}, max_of_date, found);
    } else {
      search_in_parts(search, list, found);
    }
    return std::move(found.page);
  }

  /// The booking that the reference names, if it belongs to this list.
  std::optional<Booking> find_reference(const std::string& id) const {
    Query row(connection_,
              "SELECT " BOOKING_COLUMNS
              " FROM bookings b LEFT JOIN payments p ON p.booking_seq = b.seq WHERE b.id = ?",
              id);
    if (!row.step()) return std::nullopt;
    Booking booking = booking_of(row);
    if (filter_.owner && booking.owner != filter_.owner) return std::nullopt;
    if (filter_.status && booking.status != *filter_.status) return std::nullopt;
    return booking;
  }

  Slice<Booking> page_of(Booking only) const {
    Slice<Booking> page;
    if (page_.offset == 0 && !page_.cursor) page.rows.push_back(std::move(only));
    return page;
  }

  /// Checks the list's first candidates one by one, as no index has the items; continues with the
  /// candidates of the words' index.
  void search_in_parts(const Search& search, const BookingListShape& list, Found& found) const {
    const int few = 500 + 4 * page_.limit;
    constexpr int many = 5'000;
    const domain::Catalog catalog = SqlCatalogReader(connection_).get();
    if (look_among(search, list, {}, search.may_mean_items(catalog) ? many : few, found)) return;
    BookingListShape by_words = list;
    by_words.by_words = true;
    const SearchIndex& index = connection_.search_index();
    const Sought beginnings = index.beginnings(search);
    // A list by pickup date sorts all matches anyway, so a limit would save nothing.
    if (!beginnings.text.empty() && !shape_.is_by_pickup()) {
      if (look_among(search, by_words, beginnings, few, found)) return;
    }
    const Sought words = index.whole_words(search);
    if (words.text.empty()) {
      look_among(search, list, {}, all_rows, found);
      return;
    }
    // If all matches of whole words in the index are results, only new bookings can fail, so the
    // limit allows for those alone.
    const auto rows = static_cast<std::int64_t>(found.page.rows.size());
    const std::int64_t enough = found.to_skip + page_.limit - rows + 1 + max_new_bookings;
    const bool is_exact = index.is_exact(search);
    look_among(search, by_words, words, is_exact ? enough : all_rows, found);
  }

  /// Checks at most `max` candidates after those that were checked. Returns true if the page is
  /// then final.
  bool look_among(const Search& search, const BookingListShape& shape, const Sought& sought,
                  std::int64_t max, Found& found) const {
    auto& rows = found.page.rows;
    for (std::int64_t seen = 0; seen < max;) {
      const std::int64_t wanted = std::min(max - seen, connection_.rows_at_once());
      std::int64_t read = 0;
      Query candidates = query(shape, sought, found.looked_until, wanted, 0);
      for (; candidates.step(); ++read) {
        Booking booking = booking_of(candidates);
        found.looked_until = {.pickup_date = booking.pickup_date,
                              .seq = candidates.integer(seq_column)};
        if (!search.finds(booking, candidates.text(items_column)) || found.to_skip-- > 0) continue;
        if (rows.size() == static_cast<std::size_t>(page_.limit)) {
          found.page.next_cursor = cursor_of(rows.back());
          return true;
        }
        rows.push_back(std::move(booking));
      }
      if (read < wanted) return true;
      seen += read;
    }
    return false;
  }

  Connection& connection_;
  const BookingListShape& shape_;
  const domain::BookingFilter& filter_;
  const Page& page_;
  const Position start_;
};

}  // namespace

template <class Interface>
std::optional<Booking> BookingQueries<Interface>::find(std::string_view id) {
  Query row(connection_,
            "SELECT " BOOKING_COLUMNS
            " FROM bookings b LEFT JOIN payments p ON p.booking_seq = b.seq WHERE b.id = ?",
            id);
  if (!row.step()) {
    require_whole(
        Query(connection_, "SELECT id FROM bookings WHERE id < ? ORDER BY id DESC LIMIT 1", id));
    return std::nullopt;
  }
  return booking_of(row);
}

template <class Interface>
std::vector<domain::Item> BookingQueries<Interface>::find_items(std::string_view booking_id) {
  Query row(connection_, "SELECT items FROM bookings WHERE id = ?", booking_id);
  if (!row.step()) return {};
  auto items = items_of(row.text(0));
  if (items.empty()) throw_damage("a booking without items");
  return items;
}

template <class Interface>
std::vector<domain::BookingStep> BookingQueries<Interface>::find_steps(
    std::string_view booking_id) {
  return read_steps(connection_, booking_id);
}

template <class Interface>
std::vector<domain::BookingEvent> BookingQueries<Interface>::find_events(
    std::string_view booking_id) {
  return read_events(connection_, booking_id);
}

template <class Interface>
std::optional<domain::FailedTrip> BookingQueries<Interface>::find_failed_trip(
    std::string_view booking_id, std::string_view client_id) {
  return read_failed_trip(connection_, booking_id, client_id);
}

template <class Interface>
int BookingQueries<Interface>::count_failed_trips(std::string_view booking_id,
                                                  const domain::FailedTrip& stop) {
  return count_trips_to(connection_, booking_id, stop);
}

template <class Interface>
Slice<Booking> BookingQueries<Interface>::list(const domain::BookingFilter& filter,
                                               const Page& page) {
  const BookingListShape shape{
      .by_owner = filter.owner.has_value(),
      .statuses = filter.status ? BookingListShape::Statuses::one : BookingListShape::Statuses::all,
      .sort = filter.sort};
  return BookingList(connection_, shape, filter, page).get();
}

template <class Interface>
Slice<Booking> BookingQueries<Interface>::list_queue(std::optional<domain::Status> status,
                                                     const Page& page) {
  if (status) return list({.status = status, .sort = domain::BookingSort::oldest}, page);
  const BookingListShape shape{.statuses = BookingListShape::Statuses::in_queue,
                               .sort = domain::BookingSort::oldest};
  return BookingList(connection_, shape, {}, page).get();
}

template <class Interface>
std::vector<domain::BookingWithItems> BookingQueries<Interface>::list_pickups(std::string_view date,
                                                                              int limit) {
  const BookingListShape shape{.statuses = BookingListShape::Statuses::kept,
                               .sort = domain::BookingSort::earliest_pickup,
                               .by_date = true,
                               .with_items = true};
  const Page page{.limit = limit};
  return BookingList(connection_, shape, {}, page).get_of_date(date);
}

template <class Interface>
std::vector<domain::BookingWithItems> BookingQueries<Interface>::list_returns(std::string_view date,
                                                                              int limit) {
  std::vector<domain::BookingWithItems> found;
  // That it is not empty is what the index is for.
  for (Query rows(connection_,
                  "SELECT " BOOKING_COLUMNS
                  ", b.items FROM bookings b LEFT JOIN payments p ON p.booking_seq = b.seq"
                  " WHERE b.return_date = ? AND b.return_date <> ''"
                  " AND b.status <> 'declined' AND b.status <> 'cancelled'"
                  " ORDER BY b.seq LIMIT ?",
                  date, limit);
       rows.step();) {
    found.push_back({booking_of(rows), items_of(rows.text(booking_columns))});
    if (found.back().items.empty()) throw_damage("a booking without items");
  }
  return found;
}

template <class Interface>
std::vector<Booking> BookingQueries<Interface>::list_overdue(std::string_view date, int limit) {
  std::vector<Booking> found;
  for (Query rows(connection_,
                  "SELECT " BOOKING_COLUMNS
                  " FROM bookings b LEFT JOIN payments p ON p.booking_seq = b.seq"
                  " WHERE b.due_on < ? AND b.due_on <> '' ORDER BY b.due_on, b.seq LIMIT ?",
                  date, limit);
       rows.step();) {
    found.push_back(booking_of(rows));
  }
  return found;
}

template <class Interface>
std::int64_t BookingQueries<Interface>::count_overdue(std::string_view date) {
  Query row(connection_, "SELECT count(*) FROM bookings WHERE due_on < ? AND due_on <> ''", date);
  row.step();
  return row.integer(0);
}

template class BookingQueries<domain::BookingReader>;
template class BookingQueries<domain::BookingWriter>;

}  // namespace hss::storage
