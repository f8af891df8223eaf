#include "storage/sql/booking_list.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>

#include "domain/bookings/booking_service.h"
#include "storage/sqlite/schema_sql.h"
#include "storage/sqlite/search_index.h"
#include "storage/sqlite/sqlite_store.h"
#include "support.h"

using namespace hss::domain;
using namespace hss::test;
using hss::storage::BookingListShape;
using hss::storage::SqliteStore;
using Statuses = BookingListShape::Statuses;

namespace {

std::string sql_of(const BookingListShape& shape) {
  return hss::storage::SqliteSearchIndex().lists().sql(shape);
}

/// SQLite's query plan for a list.
std::string plan(SQLite::Database& database, const BookingListShape& shape) {
  SQLite::Statement rows(database, "EXPLAIN QUERY PLAN " + sql_of(shape));
  std::string steps;
  while (rows.executeStep()) steps += rows.getColumn(3).getString() + "; ";
  return steps;
}

/// Bookings on four pickup dates, created in no order of date; every third is approved, some others
/// declined. There are enough that some are in the search index and some are new.
class Season {
 public:
  Season() {
    for (int i = 0; i < 150; ++i) {
      BookingDraft draft = a_draft();
      draft.pickup_date = "2026-12-0" + std::to_string(1 + i * 5 % 4);
      if (i % 2 != 0) {
        draft.customer_name = "Sipho Dlamini";
        draft.email = "sipho@tuks.co.za";
      }
      made_.push_back(store_.transact([&](Tx& tx) { return bookings_.create(tx, draft, staff); }));
      if (i % 3 == 1 && i % 7 != 0) continue;
      const Status to = i % 3 == 0 ? Status::approved : Status::declined;
      made_.back() = store_.transact([&](Tx& tx) {
        return bookings_.change_status(tx, made_.back().id, {.to = to, .reason = "full"}, staff);
      });
    }
  }

  /// The bookings that the filter should give, in its order.
  std::vector<std::string> expected(const BookingFilter& filter) const {
    std::vector<Booking> kept;
    for (const Booking& booking : made_) {
      const bool is_met = (!filter.status || booking.status == *filter.status) &&
                          (filter.q.empty() || booking.customer_name.starts_with("Thandi"));
      if (is_met) kept.push_back(booking);
    }
    const bool by_pickup =
        filter.sort == BookingSort::latest_pickup || filter.sort == BookingSort::earliest_pickup;
    if (by_pickup) {
      std::stable_sort(kept.begin(), kept.end(), [](const Booking& a, const Booking& b) {
        return a.pickup_date < b.pickup_date;
      });
    }
    if (to_text(filter.sort).starts_with('-')) std::reverse(kept.begin(), kept.end());
    return ids(kept);
  }

  std::vector<std::string> expected_queue() const {
    std::vector<Booking> kept;
    for (const Booking& booking : made_) {
      if (booking.status != Status::declined) kept.push_back(booking);
    }
    return ids(kept);
  }

  std::vector<std::string> paged(const BookingFilter& filter, bool by_cursor) {
    return paged(by_cursor, [&](Reader& reader, const Page& page) {
      return reader.bookings().list(filter, page);
    });
  }
  std::vector<std::string> paged_queue(bool by_cursor) {
    return paged(by_cursor, [](Reader& reader, const Page& page) {
      return reader.bookings().list_queue({}, page);
    });
  }

 private:
  /// The whole list, three at a time, by cursor or by offset.
  template <class List>
  std::vector<std::string> paged(bool by_cursor, const List& list) {
    std::vector<std::string> all;
    Page page{.limit = 3};
    for (;;) {
      const auto slice = store_.read([&](Reader& reader) { return list(reader, page); });
      for (const auto& id : ids(slice.rows)) all.push_back(id);
      if (!slice.next_cursor) return all;
      if (by_cursor) {
        page.cursor = slice.next_cursor;
      } else {
        page.offset += page.limit;
      }
    }
  }

  static std::vector<std::string> ids(const std::vector<Booking>& bookings) {
    std::vector<std::string> ids;
    for (const Booking& booking : bookings) ids.push_back(booking.id);
    return ids;
  }

  TestClock clock_;
  SqliteStore store_{":memory:", [](const std::string&) {}};
  BookingService bookings_{clock_.clock(), seeded_random()};
  std::vector<Booking> made_;
};

}  // namespace

TEST_CASE("every order, with every filter, is paged without a gap and each booking once") {
  const BookingSort sort = GENERATE(from_range(all_booking_sorts));
  Season season;
  for (const auto& status : {std::optional<Status>(), std::optional(Status::approved)}) {
    for (const char* q : {"", "thandi"}) {
      const BookingFilter filter{.status = status, .q = q, .sort = sort};
      INFO(to_text(sort) << ", " << (status ? "approved" : "any") << ", '" << q << "'");
      const auto expected = season.expected(filter);
      CHECK(expected.size() >= 2);
      CHECK(season.paged(filter, true) == expected);
      CHECK(season.paged(filter, false) == expected);
    }
  }
}

TEST_CASE("the queue is paged oldest first, whatever its bookings' statuses") {
  Season season;
  CHECK(season.paged_queue(true) == season.expected_queue());
  CHECK(season.paged_queue(false) == season.expected_queue());
}

TEST_CASE("a list in any order is read off an index, and begins where its cursor says") {
  SQLite::Database database(":memory:", SQLite::OPEN_READWRITE);
  database.exec(hss::storage::schema_sql);
  const BookingSort sort = GENERATE(from_range(all_booking_sorts));
  const bool by_pickup = to_text(sort).ends_with("pickup_date");
  for (const Statuses statuses : {Statuses::all, Statuses::in_queue, Statuses::one}) {
    const BookingListShape shape{.statuses = statuses, .sort = sort};
    INFO(sql_of(shape));
    const std::string steps = plan(database, shape);
    INFO(steps);
    CHECK(steps.find("TEMP B-TREE") == std::string::npos);
    CHECK(steps.find("SCAN") == std::string::npos);
    if (by_pickup) CHECK(steps.find("status=? AND pickup_date=? AND rowid") != std::string::npos);
    if (statuses != Statuses::all) CHECK(steps.find("(status=?") != std::string::npos);
  }
}

TEST_CASE("the bookings of a date are read off an index, whatever others there are") {
  SQLite::Database database(":memory:", SQLite::OPEN_READWRITE);
  database.exec(hss::storage::schema_sql);
  const std::string steps = plan(database, {.statuses = Statuses::kept,
                                            .sort = BookingSort::earliest_pickup,
                                            .by_date = true,
                                            .with_items = true});
  INFO(steps);
  CHECK(steps.find("SCAN") == std::string::npos);
  std::size_t parts = 0;
  for (auto at = steps.find("(status=? AND pickup_date=?"); at != steps.npos;
       at = steps.find("(status=? AND pickup_date=?", at + 1)) {
    ++parts;
  }
  CHECK(parts == kept_statuses.size());
}

TEST_CASE("a search in the order of creation reads the newest matches and sorts none") {
  SQLite::Database database(":memory:", SQLite::OPEN_READWRITE);
  database.exec(hss::storage::schema_sql);
  for (const BookingSort sort : {BookingSort::newest, BookingSort::oldest}) {
    for (const Statuses statuses : {Statuses::all, Statuses::one}) {
      const BookingListShape shape{.by_words = true, .statuses = statuses, .sort = sort};
      INFO(sql_of(shape));
      const std::string steps = plan(database, shape);
      INFO(steps);
      CHECK(steps.find("TEMP B-TREE") == std::string::npos);
      CHECK(steps.find("SEARCH b USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)") !=
            std::string::npos);
    }
  }
}

TEST_CASE("a search finds the same, however many bookings are like those it looks for") {
  constexpr int all = 1300;
  TestClock clock;
  SqliteStore store(":memory:", [](const std::string&) {});
  const BookingService bookings(clock.clock(), seeded_random());
  std::vector<Booking> made;
  const auto make = [&](Tx& tx, int i) {
    BookingDraft draft = a_draft();
    draft.pickup_date = "2026-12-0" + std::to_string(1 + i * 5 % 4);
    draft.email = "u123@tuks.co.za";
    // Other names have the same beginnings.
    if (i % 200 == 7) draft.customer_name = "Thandeka Mokwena";
    // No reference has an L.
    if (i == 40) draft.customer_name = "L Æ";
    made.push_back(bookings.create(tx, draft, staff));
  };
  store.transact([&](Tx& tx) {
    for (int i = 0; i < all - 100; ++i) make(tx, i);
  });
  // These are not in the index yet.
  store.transact([&](Tx& tx) {
    for (int i = all - 100; i < all; ++i) make(tx, i);
    for (const int i : {3, 7, 207, 1207}) {
      Booking& booking = made.at(static_cast<std::size_t>(i));
      booking = bookings.change_status(tx, booking.id, {.to = Status::approved}, staff);
    }
  });
  const BookingSort sort = GENERATE(from_range(all_booking_sorts));
  std::stable_sort(made.begin(), made.end(), [&](const Booking& a, const Booking& b) {
    return to_text(sort).ends_with("pickup_date") && a.pickup_date < b.pickup_date;
  });
  if (to_text(sort).starts_with('-')) std::reverse(made.begin(), made.end());
  const auto check = [&](const char* q, std::optional<Status> status, const auto& is_found) {
    INFO(q << " in " << to_text(sort));
    std::vector<std::string> expected, found;
    for (const Booking& booking : made) {
      if (is_found(booking) && (!status || booking.status == *status)) {
        expected.push_back(booking.id);
      }
    }
    CHECK_FALSE(expected.empty());
    for (const bool by_cursor : {true, false}) {
      found.clear();
      Page page{.limit = 4};
      std::optional<std::string> next;
      do {
        const auto slice = store.read([&](Reader& reader) {
          return reader.bookings().list({.status = status, .q = q, .sort = sort}, page);
        });
        for (const Booking& booking : slice.rows) found.push_back(booking.id);
        next = slice.next_cursor;
        if (by_cursor) page.cursor = next;
        if (!by_cursor) page.offset += page.limit;
      } while (next && found.size() < 40);
      expected.resize(next ? found.size() : expected.size());
      CHECK(found == expected);
    }
  };
  const auto is_thandeka = [](const Booking& booking) {
    return booking.customer_name.starts_with("Thandeka");
  };
  const auto is_l = [](const Booking& booking) { return booking.customer_name == "L Æ"; };
  const auto is_any = [](const Booking&) { return true; };
  check("thandeka", {}, is_thandeka);
  check("MOKWENA thand", {}, is_thandeka);
  check("thandeka", Status::approved, is_thandeka);
  check("thandeka", Status::submitted, is_thandeka);
  check("thand", Status::approved, is_any);
  check("u1", {}, is_any);
  check("u", {}, is_any);
  check("l", {}, is_l);
  check("l", Status::submitted, is_l);
  check("æ", {}, is_l);
  const auto far = store.read([&](Reader& reader) {
    return reader.bookings().list({.q = "u1", .sort = sort}, {.limit = 4, .offset = 900});
  });
  REQUIRE(far.rows.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) CHECK(far.rows[i].id == made[900 + i].id);
}

TEST_CASE("a customer's list costs what their own bookings cost, whatever others have booked") {
  SQLite::Database database(":memory:", SQLite::OPEN_READWRITE);
  database.exec(hss::storage::schema_sql);
  const BookingSort sort = GENERATE(from_range(all_booking_sorts));
  for (const Statuses statuses : {Statuses::all, Statuses::one}) {
    const BookingListShape shape{.by_owner = true, .statuses = statuses, .sort = sort};
    const std::string steps = plan(database, shape);
    INFO(steps);
    CHECK(steps.starts_with("SEARCH b USING INDEX bookings_by_owner (owner=?"));
    CHECK(steps.find("SCAN") == std::string::npos);
  }
}

TEST_CASE("a customer finds their own bookings by the same words as the staff") {
  TestClock clock;
  SqliteStore store(":memory:", [](const std::string&) {});
  const BookingService bookings(clock.clock(), seeded_random());
  store.transact([](Tx& tx) {
    CHECK(tx.accounts().insert({.id = "ACC-0000000001",
                                .email = "zoe@x.co.za",
                                .name = "Zoe",
                                .created_at = "2026-11-22T08:00:00.000Z"}));
  });
  Caller zoe{.principal = {.account = "zoe@x.co.za",
                           .role = Role::customer,
                           .account_id = "ACC-0000000001",
                           .auth_method = AuthMethod::by_account},
             .request_id = "r"};
  std::string id;
  const auto book = [&](const char* name) {
    BookingDraft draft = a_draft();
    draft.customer_name = name;
    draft.email = "zoe@x.co.za";
    id = store.transact([&](Tx& tx) { return bookings.create(tx, draft, zoe); }).id;
  };
  book("Zoë van der Merwe");
  // These bring the first one into the search index; the second one is new.
  store.transact([&](Tx& tx) {
    for (int i = 0; i < 150; ++i) bookings.create(tx, a_draft(), staff);
  });
  book("Nomvula Zwane");
  for (const std::string& q :
       {std::string("zoe"), std::string("ZOË mer"), std::string("zoe@x.co"),
        std::string("nomvula zo"), std::string("wane"), std::string("vandermerwe"),
        std::string("-"), id, id.substr(4, 3), "HSS " + id.substr(4), std::string("nobody")}) {
    INFO(q);
    for (const BookingSort sort : all_booking_sorts) {
      const auto found = [&](std::optional<std::string> owner) {
        return store.read([&](Reader& reader) {
          const auto slice = reader.bookings().list({.owner = owner, .q = q, .sort = sort}, {});
          std::string ids;
          for (const Booking& booking : slice.rows) ids += booking.id + " ";
          return ids;
        });
      };
      CHECK(found("ACC-0000000001") == found(std::nullopt));
    }
  }
}
