#include <algorithm>
#include <limits>

#include "domain/error.h"
#include "storage/json_text.h"
#include "storage/sqlite/audit_chain.h"
#include "storage/sqlite/booking_list.h"
#include "storage/sqlite/failure.h"
#include "storage/sqlite/new_bookings.h"
#include "storage/sqlite/search.h"
#include "storage/sqlite/sql_views.h"

namespace hss::storage {
namespace {

using domain::Booking;
using domain::Error;
using domain::ErrorCode;
using domain::Page;
using domain::Slice;

constexpr std::int64_t after_everything = std::numeric_limits<std::int64_t>::max();

/// One that was paid for has its payment, by the database's own rules.
void require_payment(const Booking& booking) {
  using enum domain::Status;
  const bool is_paid = booking.status == paid || booking.status == collected ||
                       booking.status == in_storage || booking.status == returned;
  if (is_paid && !booking.payment_reference) throw_damage("a payment that is missing");
}

Booking booking_of(const Query& row) {
  Booking booking{.id = row.text(0),
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
                  .owner = row.optional_text(15)};
  require_payment(booking);
  return booking;
}

Error bad_cursor() {
  return {ErrorCode::validation_error,
          "The query has faults",
          {"cursor must be a next_cursor that this list gave"}};
}

/// What a page begins behind.
struct Position {
  std::string pickup_date;
  std::int64_t seq = 0;
};

const Position before_the_first{.pickup_date = "", .seq = 0};
const Position behind_the_last{.pickup_date = "~", .seq = after_everything};

/// Where the cursor's booking stands; `start` without a cursor. With an owner, anybody else's is as
/// good as none: an error that told them apart would tell that it exists.
Position position_of(Connection& connection, const Page& page, const Position& start,
                     const std::optional<std::string>& owner = std::nullopt) {
  if (!page.cursor) return start;
  Query row(connection, "SELECT pickup_date, seq, owner FROM bookings WHERE id = ?", *page.cursor);
  if (!row.step() || (owner && row.optional_text(2) != owner)) throw bad_cursor();
  return {.pickup_date = row.text(0), .seq = row.integer(1)};
}

/// The rows were asked for with one more than the page's limit: that one tells whether more follow.
template <class Row, class RowOf, class CursorOf>
Slice<Row> slice_of(Query& rows, const Page& page, const RowOf& row_of, const CursorOf& cursor_of) {
  Slice<Row> slice;
  while (rows.step()) {
    if (slice.rows.size() == static_cast<std::size_t>(page.limit)) {
      slice.next_cursor = cursor_of(slice.rows.back());
      break;
    }
    slice.rows.push_back(row_of(rows));
  }
  return slice;
}

/// A list of bookings: the filter says of which words, status and owner.
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
    Query rows = query(shape_, "", start_, page_.limit + 1, page_.offset);
    return slice_of<Booking>(rows, page_, booking_of, cursor_of);
  }

 private:
  static constexpr std::int64_t all = -1;

  static std::string cursor_of(const Booking& last) { return last.id; }

  /// `sought`: words for their index, or a pickup date.
  Query query(const BookingListShape& shape, const std::string& sought, const Position& start,
              std::int64_t limit, std::int64_t offset) const {
    return Query(connection_, booking_list_sql(shape), sought,
                 filter_.status ? domain::to_text(*filter_.status) : std::string_view(),
                 filter_.owner.value_or(""), start.pickup_date, start.seq, limit, offset);
  }

  /// What a search has found so far.
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
      look_among(search, list, "", all, found);
    } else if (!search.date().empty()) {
      constexpr std::int64_t max_of_date = 20'000;
      list.by_date = true;
      look_among(search, list, search.date(), max_of_date, found);
    } else {
      search_in_parts(search, list, found);
    }
    return std::move(found.page);
  }

  /// Whom the reference names, where this list may have them.
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

  /// The list's first candidates one by one, as no index has what they store; then, further down,
  /// what the index of words has.
  void search_in_parts(const Search& search, const BookingListShape& list, Found& found) const {
    const int few = 500 + 4 * page_.limit;
    constexpr int many = 5'000;
    if (look_among(search, list, "", search.may_mean_items() ? many : few, found)) return;
    BookingListShape by_words = list;
    by_words.by_words = true;
    const std::string beginnings = search.beginnings();
    // By pickup date what matches is sorted, and so are few as much as all.
    if (!beginnings.empty() && !shape_.is_by_pickup()) {
      if (look_among(search, by_words, beginnings, few, found)) return;
    }
    // Of what the index has of whole words each is met, so that none but the new ones are in the
    // way.
    const auto rows = static_cast<std::int64_t>(found.page.rows.size());
    const std::int64_t enough = found.to_skip + page_.limit - rows + 1 + max_new_bookings;
    const bool is_exact = search.finds_all_with_words();
    look_among(search, by_words, search.whole_words(), is_exact ? enough : all, found);
  }

  /// Looks at no more than so many candidates behind those that were looked at. True where the page
  /// is sure then.
  bool look_among(const Search& search, const BookingListShape& shape, const std::string& sought,
                  std::int64_t max, Found& found) const {
    constexpr int seq_column = 16;
    constexpr int items_column = 17;
    auto& rows = found.page.rows;
    std::int64_t seen = 0;
    Query candidates = query(shape, sought, found.looked_until, max, 0);
    for (; candidates.step(); ++seen) {
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
    return seen != max;
  }

  Connection& connection_;
  const BookingListShape& shape_;
  const domain::BookingFilter& filter_;
  const Page& page_;
  const Position start_;
};

domain::AuditEvent audit_event_of(const Query& row) {
  require_json(row.text(3));
  return {.id = row.integer(0),
          .type = row.text(1),
          .booking_id = row.optional_text(2),
          .payload = row.text(3),
          .actor = row.text(4),
          .actor_role = row.text(5),
          .request_id = row.text(6),
          .created_at = row.text(7)};
}

std::int64_t number_of_cursor(const Page& page) {
  if (!page.cursor) return after_everything;
  std::int64_t id = 0;
  for (const char c : *page.cursor) {
    if (c < '0' || c > '9' || page.cursor->size() > 18) throw bad_cursor();
    id = id * 10 + (c - '0');
  }
  if (page.cursor->empty()) throw bad_cursor();
  return id;
}

}  // namespace

template <class View>
std::optional<Booking> SqlView<View>::find_booking(std::string_view id) {
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

template <class View>
std::vector<domain::Item> SqlView<View>::find_items(std::string_view booking_id) {
  Query row(connection_, "SELECT items FROM bookings WHERE id = ?", booking_id);
  if (!row.step()) return {};
  auto items = items_of(row.text(0));
  if (items.empty()) throw_damage("a booking without items");
  return items;
}

template <class View>
Slice<domain::SentNotification> SqlView<View>::list_notifications(std::string_view booking_id,
                                                                  const Page& page) {
  Query rows(connection_,
             "SELECT id, message, created_at, actor, actor_role FROM notifications"
             " WHERE booking_id = ? AND id < ?"
             " ORDER BY id DESC LIMIT ? OFFSET ?",
             booking_id, number_of_cursor(page), page.limit + 1, page.offset);
  return slice_of<domain::SentNotification>(
      rows, page,
      [](const Query& row) {
        return domain::SentNotification{.id = row.integer(0),
                                        .message = row.text(1),
                                        .actor = row.text(3),
                                        .actor_role = row.text(4),
                                        .created_at = row.text(2)};
      },
      [](const domain::SentNotification& last) { return std::to_string(last.id); });
}

template <class View>
std::vector<domain::BookingStep> SqlView<View>::find_steps(std::string_view booking_id) {
  std::vector<domain::BookingStep> steps;
  // The plus keeps the types' index out: a booking has a handful of events, a type has millions.
  for (Query rows(connection_,
                  "SELECT event_type, created_at, actor, actor_role, payload"
                  " FROM audit_events WHERE booking_seq = (SELECT seq FROM bookings WHERE id = ?)"
                  " AND (+event_type = 'booking_submitted' OR +event_type = 'status_updated'"
                  " OR +event_type = 'payment_captured')"
                  " ORDER BY id",
                  booking_id);
       rows.step();) {
    StepPayload payload = step_payload_of(rows.text(4));
    const auto& status = rows.text(0) == "status_updated" ? payload.to : payload.status;
    steps.push_back({.status = require_known(domain::find_status(status.value_or("")), "a status"),
                     .at = rows.text(1),
                     .actor = rows.text(2),
                     .actor_role = rows.text(3),
                     .reason = std::move(payload.reason),
                     .payment_method = std::move(payload.method),
                     .is_correction = payload.correction});
  }
  return steps;
}

template <class View>
Slice<Booking> SqlView<View>::list_bookings(const domain::BookingFilter& filter, const Page& page) {
  const BookingListShape shape{
      .by_owner = filter.owner.has_value(),
      .statuses = filter.status ? BookingListShape::Statuses::one : BookingListShape::Statuses::all,
      .sort = filter.sort};
  return BookingList(connection_, shape, filter, page).get();
}

template <class View>
Slice<Booking> SqlView<View>::list_queue(std::optional<domain::Status> status, const Page& page) {
  if (status) return list_bookings({.status = status, .sort = domain::BookingSort::oldest}, page);
  const BookingListShape shape{.statuses = BookingListShape::Statuses::in_queue,
                               .sort = domain::BookingSort::oldest};
  return BookingList(connection_, shape, {}, page).get();
}

template <class View>
Slice<domain::AuditEvent> SqlView<View>::list_audit(const domain::AuditFilter& filter,
                                                    const Page& page) {
  const std::int64_t before = number_of_cursor(page);
  const int limit = page.limit + 1;
  const auto list = [&](const char* sql, const auto&... conditions) {
    Query rows(connection_, sql, conditions..., before, limit, page.offset);
    return slice_of<domain::AuditEvent>(
        rows, page, audit_event_of,
        [](const domain::AuditEvent& last) { return std::to_string(last.id); });
  };
#define SELECT_AUDIT                                                            \
  "SELECT id, event_type, booking_id, payload, actor, actor_role, request_id, " \
  "created_at FROM audit_events WHERE "
#define AUDIT_OF_BOOKING "booking_seq = (SELECT seq FROM bookings WHERE id = ?) "
#define NEWEST_EVENT_FIRST "id < ? ORDER BY id DESC LIMIT ? OFFSET ?"
  if (filter.booking_id && filter.event_type) {
    // A booking has a handful of events, a type has millions: the plus keeps its index out.
    return list(SELECT_AUDIT AUDIT_OF_BOOKING "AND +event_type = ? AND " NEWEST_EVENT_FIRST,
                *filter.booking_id, *filter.event_type);
  }
  if (filter.booking_id) {
    return list(SELECT_AUDIT AUDIT_OF_BOOKING "AND " NEWEST_EVENT_FIRST, *filter.booking_id);
  }
  if (filter.event_type) {
    return list(SELECT_AUDIT "event_type = ? AND " NEWEST_EVENT_FIRST, *filter.event_type);
  }
  return list(SELECT_AUDIT NEWEST_EVENT_FIRST);
}

template <class View>
domain::Overview SqlView<View>::overview() {
  domain::Overview overview;
  for (const domain::Status status : domain::all_statuses) {
    overview.by_status.push_back({.status = status, .count = 0});
  }
  const auto add = [&overview](domain::Status status, std::int64_t count, domain::Money value) {
    overview.by_status[static_cast<std::size_t>(status)].count += count;
    overview.total_bookings += count;
    overview.gross_value += value;
    const bool is_off = status == domain::Status::declined || status == domain::Status::cancelled;
    if (!is_off) overview.booked_value += value;
  };
  std::size_t statuses = 0;
  for (Query rows(connection_, "SELECT status, count, value FROM status_totals"); rows.step();) {
    add(require_known(domain::find_status(rows.text(0)), "a status"), rows.integer(1),
        {rows.integer(2)});
    ++statuses;
  }
  if (statuses != overview.by_status.size()) throw_damage("a total that is missing");
  for (const auto& [status, bookings] : new_bookings_by_status(connection_)) {
    add(status, bookings.count, bookings.value);
  }
  for (Query rows(connection_, "SELECT value FROM payment_totals"); rows.step();) {
    overview.paid_revenue += {rows.integer(0)};
  }
  return overview;
}

template <class View>
domain::Statistics SqlView<View>::statistics(const std::vector<std::string>& weeks) {
  const BookingFigures fresh = count_new_bookings(connection_);
  const auto count_in = [](const auto& counts, const auto& what) {
    const auto found = counts.find(what);
    return found == counts.end() ? 0 : found->second;
  };
  domain::Statistics statistics;
  for (const std::string& week : weeks) {
    statistics.weeks.push_back({.week = week, .bookings = count_in(fresh.weeks, week)});
  }
  for (Query rows(connection_, "SELECT week, bookings, revenue FROM week_totals WHERE week >= ?",
                  weeks.front());
       rows.step();) {
    const std::string week_name = rows.text(0);
    const auto found = std::lower_bound(weeks.begin(), weeks.end(), week_name);
    if (found == weeks.end() || *found != week_name) continue;
    auto& week = statistics.weeks[static_cast<std::size_t>(found - weeks.begin())];
    week.bookings += rows.integer(1);
    week.revenue = {rows.integer(2)};
  }
  for (Query rows(connection_,
                  "SELECT item_type, label, coalesce(count, 0) FROM catalog_items"
                  " LEFT JOIN item_totals USING (item_type) ORDER BY item_type");
       rows.step();) {
    const auto type = require_known(domain::find_item_type(rows.text(0)), "an item\'s type");
    statistics.items.push_back({.type = type,
                                .label = rows.text(1),
                                .count = rows.integer(2) + count_in(fresh.items, type)});
  }
  for (int months = domain::min_months; months <= domain::max_months; ++months) {
    statistics.durations.push_back(
        {.duration_months = months, .count = count_in(fresh.durations, months)});
  }
  for (Query rows(connection_, "SELECT duration_months, count FROM duration_totals");
       rows.step();) {
    const auto at = static_cast<std::size_t>(rows.integer(0) - domain::min_months);
    if (at >= statistics.durations.size()) throw_damage("a number of months");
    statistics.durations[at].count += rows.integer(1);
  }
  return statistics;
}

template <class View>
domain::Catalog SqlView<View>::catalog() {
  domain::Catalog catalog;
  for (Query rows(connection_, "SELECT item_type, label, monthly_price FROM catalog_items");
       rows.step();) {
    catalog.items.push_back(
        {.type = require_known(domain::find_item_type(rows.text(0)), "an item\'s type"),
         .label = rows.text(1),
         .monthly_price = {rows.integer(2)}});
  }
  if (catalog.items.empty()) throw_damage("a catalogue");
  for (Query rows(connection_, "SELECT amount FROM catalog_fees"); rows.step();) {
    catalog.handling_fee += {rows.integer(0)};
  }
  return catalog;
}

template <class View>
domain::AuditReport SqlView<View>::verify_audit() {
  return verify_chain(connection_);
}

template class SqlView<domain::Reader>;
template class SqlView<domain::Tx>;

}  // namespace hss::storage
