// What every store promises, on each of the backends: a file and memory.
#include <SQLiteCpp/SQLiteCpp.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "domain/bookings/board.h"
#include "domain/bookings/booking_service.h"
#include "domain/error.h"
#include "storage/sqlite/sqlite_store.h"
#include "support.h"

using namespace hss::domain;
using namespace hss::test;

namespace {

struct Backend {
  TempFolder folder;
  TestClock clock;
  hss::storage::SqliteStore store;
  BookingService bookings{clock.clock(), seeded_random()};

  explicit Backend(bool on_file)
      : store(on_file ? folder.file("hss.db") : ":memory:", [](const std::string&) {}) {}

  Booking create(const BookingDraft& draft = a_draft()) {
    return store.transact([&](Tx& tx) { return bookings.create(tx, draft, staff); });
  }
  /// So many others that the search index takes in what was made so far; nobody asks for them.
  void create_others() {
    BookingDraft other = a_draft();
    other.customer_name = "Ww Ww";
    other.email = "w@w.ww";
    store.transact([&](Tx& tx) {
      for (int i = 0; i < 128; ++i) bookings.create(tx, other, staff);
    });
  }
  void step(const std::string& id, Status to) {
    store.transact([&](Tx& tx) { bookings.change_status(tx, id, {.to = to}, staff); });
  }
  std::vector<std::string> list(const BookingFilter& filter, Page page = {}) {
    return ids(store.read([&](Reader& reader) { return reader.bookings().list(filter, page); }));
  }
  static std::vector<std::string> ids(const Slice<Booking>& slice) {
    std::vector<std::string> ids;
    for (const Booking& booking : slice.rows) ids.push_back(booking.id);
    return ids;
  }
};

BookingDraft draft_of(const std::string& name, const std::string& email) {
  BookingDraft draft = a_draft();
  draft.customer_name = name;
  draft.email = email;
  return draft;
}

}  // namespace

TEST_CASE("a booking comes back as it was made") {
  Backend backend(GENERATE(true, false));
  BookingDraft draft = a_draft();
  draft.items[1].name = "Books — Ünïcode";
  draft.items[1].s3_key = "bookings/draft/1-books.jpg";
  const Booking made = backend.create(draft);
  const Booking found = backend.store.read(
      [&](Reader& reader) { return reader.bookings().get(made.id, staff.principal); });
  CHECK(found.customer_name == "Thandi Mokoena");
  CHECK(found.pickup_window == "08:00 – 11:00");
  CHECK(found.item_count == 2);
  CHECK(found.price.total == Money::rand(1430));
  CHECK(found.status == Status::submitted);
  CHECK_FALSE(found.payment_reference.has_value());
  const auto items =
      backend.store.read([&](Reader& reader) { return reader.bookings().find_items(made.id); });
  REQUIRE(items.size() == 2);
  CHECK(items[0].type == ItemType::fridge);
  CHECK_FALSE(items[0].name.has_value());
  CHECK(items[1].name == "Books — Ünïcode");
  CHECK(items[1].s3_key == "bookings/draft/1-books.jpg");
}

TEST_CASE("what does not exist is not found") {
  Backend backend(GENERATE(true, false));
  CHECK_FALSE(backend.store.read([](Reader& reader) { return reader.bookings().find("HSS-"); })
                  .has_value());
  CHECK_THROWS_AS(backend.store.read(
                      [](Reader& reader) { return reader.bookings().get("x", staff.principal); }),
                  Error);
}

TEST_CASE("a unit of work that throws leaves nothing behind") {
  Backend backend(GENERATE(true, false));
  CHECK_THROWS_AS(backend.store.transact([&](Tx& tx) {
    backend.bookings.create(tx, a_draft(), staff);
    throw Error(ErrorCode::conflict, "changed my mind");
  }),
                  Error);
  CHECK(backend.list({}).empty());
  CHECK(backend.store.read(
            [](Reader& reader) { return reader.reports().overview().total_bookings; }) == 0);
  CHECK(backend.store.read(
            [](Reader& reader) { return reader.audit().list({}, {}).rows.size(); }) == 0);
}

TEST_CASE("bookings are listed newest first, page by page, each once") {
  Backend backend(GENERATE(true, false));
  std::vector<std::string> made;
  for (int i = 0; i < 7; ++i) made.insert(made.begin(), backend.create().id);
  CHECK(backend.list({}) == made);

  std::vector<std::string> paged;
  Page page{.limit = 3};
  for (;;) {
    const auto slice =
        backend.store.read([&](Reader& reader) { return reader.bookings().list({}, page); });
    for (const auto& id : Backend::ids(slice)) paged.push_back(id);
    if (!slice.next_cursor) break;
    CHECK(slice.rows.size() == 3);
    page.cursor = slice.next_cursor;
    backend.create();  // one that comes in between does not move the rest
  }
  CHECK(paged == made);
}

TEST_CASE("a list whose rows just fill the page has no next one") {
  Backend backend(GENERATE(true, false));
  backend.create();
  backend.create();
  const auto slice =
      backend.store.read([](Reader& reader) { return reader.bookings().list({}, {.limit = 2}); });
  CHECK(slice.rows.size() == 2);
  CHECK_FALSE(slice.next_cursor.has_value());
}

TEST_CASE("an offset skips rows") {
  Backend backend(GENERATE(true, false));
  const std::string first = backend.create().id;
  backend.create();
  CHECK(backend.list({}, {.limit = 5, .offset = 1}) == std::vector{first});
}

TEST_CASE("a cursor that no list gave is refused") {
  Backend backend(GENERATE(true, false));
  backend.create();
  CHECK_THROWS_AS(backend.list({}, {.cursor = "HSS-0000000000"}), Error);
  for (const char* cursor : {"", "x", "-1", "1e3", "99999999999999999999"}) {
    INFO(cursor);
    CHECK_THROWS_AS(backend.store.read([&](Reader& reader) {
      return reader.audit().list({}, {.cursor = cursor});
    }),
                    Error);
  }
}

TEST_CASE("bookings are found by the beginnings of words in reference, name and e-mail") {
  Backend backend(GENERATE(true, false));
  const std::string thandi = backend.create(draft_of("Thandi Mokoena", "u123@tuks.co.za")).id;
  const std::string andre = backend.create(draft_of("André van Zyl", "andre@gmail.com")).id;
  const std::string misaki = backend.create(draft_of("佐々木 美咲", "m@tuks.co.za")).id;
  const std::string hindi = backend.create(draft_of("हिन्दी दीना", "h@tuks.co.za")).id;
  if (GENERATE(false, true)) backend.create_others();
  using Ids = std::vector<std::string>;
  CHECK(backend.list({.q = "mok"}) == Ids{thandi});
  CHECK(backend.list({.q = "THANDI moko"}) == Ids{thandi});
  CHECK(backend.list({.q = "u123@tuks"}) == Ids{thandi});
  CHECK(backend.list({.q = thandi}) == Ids{thandi});
  CHECK(backend.list({.q = thandi.substr(4, 5)}) == Ids{thandi});
  CHECK(backend.list({.q = "hss" + thandi.substr(4, 5)}) == Ids{thandi});
  CHECK(backend.list({.q = "andre"}) == Ids{andre});
  CHECK(backend.list({.q = "ANDRÉ"}) == Ids{andre});
  CHECK(backend.list({.q = "André – 😀 zyl +"}) == Ids{andre});
  CHECK(backend.list({.q = "thandi " + thandi}) == Ids{thandi});
  CHECK(backend.list({.q = "thandi ؟"}) == Ids{thandi});
  CHECK(backend.list({.q = "हिन्दी"}) == Ids{hindi});
  CHECK(backend.list({.q = "दीना हिन"}) == Ids{hindi});
  CHECK(backend.list({.q = "दीकि"}).empty());
  CHECK(backend.list({.q = "佐々木"}) == Ids{misaki});
  CHECK(backend.list({.q = "佐々"}) == Ids{misaki});
  CHECK(backend.list({.q = "؟"}).empty());
  CHECK(backend.list({.q = "thandi gmail"}).empty());
  CHECK(backend.list({.status = Status::paid, .q = "thandi"}).empty());
  CHECK(backend.list({.status = Status::submitted, .q = "thandi"}) == Ids{thandi});
}

TEST_CASE("a search's own signs mean nothing in a query") {
  Backend backend(GENERATE(true, false));
  backend.create();
  if (GENERATE(false, true)) backend.create_others();
  for (const char* q : {"\"", "*", "(", ")", "NEAR(", "AND", "OR NOT", "a:b", "^a", "-", "–",
                        "thandi–moko", "{", "'; DROP TABLE bookings", "%", "_", "😀", "  "}) {
    INFO(q);
    CHECK_NOTHROW(backend.list({.q = q}));
  }
  CHECK(backend.list({.q = "%"}).empty());
  std::string parts;
  for (int i = 0; i < 100; ++i) parts += "u˂";
  CHECK_NOTHROW(backend.list({.q = parts}));
}

TEST_CASE("the queue holds what is not returned, declined or cancelled, oldest first") {
  Backend backend(GENERATE(true, false));
  const std::string first = backend.create().id;
  const std::string cancelled = backend.create().id;
  const std::string last = backend.create().id;
  backend.step(cancelled, Status::cancelled);
  backend.step(first, Status::approved);
  backend.store.transact([&](Tx& tx) { backend.bookings.pay(tx, first, "card", staff); });
  const auto queue = [&] {
    return Backend::ids(
        backend.store.read([](Reader& reader) { return reader.bookings().list_queue({}, {}); }));
  };
  CHECK(queue() == std::vector{first, last});
  for (const Status to : {Status::collected, Status::in_storage, Status::returned}) {
    CHECK(queue() == std::vector{first, last});
    backend.step(first, to);
  }
  CHECK(queue() == std::vector{last});
}

TEST_CASE("the queue of one status is paged oldest first") {
  Backend backend(GENERATE(true, false));
  std::vector<std::string> submitted;
  for (int i = 0; i < 5; ++i) {
    submitted.push_back(backend.create().id);
    backend.step(backend.create().id, Status::approved);
  }
  std::vector<std::string> paged;
  Page page{.limit = 2};
  do {
    const auto slice = backend.store.read(
        [&](Reader& reader) { return reader.bookings().list_queue(Status::submitted, page); });
    for (const auto& id : Backend::ids(slice)) paged.push_back(id);
    page.cursor = slice.next_cursor;
  } while (page.cursor);
  CHECK(paged == submitted);
}

TEST_CASE("the board has a column for each status with work left, counted in full") {
  Backend backend(GENERATE(true, false));
  const std::string first = backend.create().id;
  const std::string second = backend.create().id;
  const std::string third = backend.create().id;
  backend.step(third, Status::approved);
  backend.step(backend.create().id, Status::cancelled);
  const auto board =
      backend.store.read([](Reader& reader) { return hss::domain::board(reader, 1); });
  REQUIRE(board.size() == queue_statuses.size());
  CHECK(board[0].status == Status::submitted);
  CHECK(board[0].count == 2);
  CHECK(Backend::ids(board[0].bookings) == std::vector{first});
  CHECK(board[0].bookings.next_cursor == first);
  CHECK(board[1].count == 1);
  CHECK(Backend::ids(board[1].bookings) == std::vector{third});
  CHECK_FALSE(board[1].bookings.next_cursor.has_value());
  CHECK(board[4].status == Status::in_storage);
  CHECK(board[4].count == 0);
  CHECK(board[4].bookings.rows.empty());
}

TEST_CASE("the overview counts by status and sums what was paid, also when it has moved on") {
  Backend backend(GENERATE(true, false));
  const std::string id = backend.create().id;
  backend.create();
  backend.step(id, Status::approved);
  backend.store.transact([&](Tx& tx) { backend.bookings.pay(tx, id, "eft", staff); });
  backend.step(id, Status::collected);
  const Overview overview =
      backend.store.read([](Reader& reader) { return reader.reports().overview(); });
  CHECK(overview.total_bookings == 2);
  CHECK(overview.gross_value == Money::rand(2860));
  CHECK(overview.paid_revenue == Money::rand(1430));
  REQUIRE(overview.by_status.size() == all_statuses.size());
  CHECK(overview.by_status[0].count == 1);
  CHECK(overview.by_status[3].status == Status::collected);
  CHECK(overview.by_status[3].count == 1);
}

TEST_CASE("declined and cancelled bookings are no booked value, whenever they are looked at") {
  Backend backend(GENERATE(true, false));
  const auto overview = [&] {
    return backend.store.read([](Reader& reader) { return reader.reports().overview(); });
  };
  const std::string declined = backend.create().id;
  const std::string cancelled = backend.create().id;
  const std::string withdrawn = backend.create().id;
  CHECK(overview().booked_value == Money::rand(3 * 1430));
  backend.step(declined, Status::declined);
  CHECK(overview().booked_value == Money::rand(2 * 1430));
  backend.step(cancelled, Status::approved);
  backend.step(cancelled, Status::cancelled);
  CHECK(overview().booked_value == Money::rand(1430));
  backend.step(withdrawn, Status::approved);
  backend.step(withdrawn, Status::submitted);
  CHECK(overview().booked_value == Money::rand(1430));
  CHECK(overview().gross_value == Money::rand(3 * 1430));
}

TEST_CASE("the audit trail is filtered by booking and by type, newest first") {
  Backend backend(GENERATE(true, false));
  const std::string id = backend.create().id;
  backend.create();
  backend.step(id, Status::approved);
  const auto types = [&](const AuditFilter& filter) {
    std::vector<std::string> found;
    for (const auto& event :
         backend.store.read([&](Reader& reader) { return reader.audit().list(filter, {}); }).rows) {
      found.push_back(event.type);
    }
    return found;
  };
  using Types = std::vector<std::string>;
  CHECK(types({}) == Types{"status_updated", "booking_submitted", "booking_submitted"});
  CHECK(types({.booking_id = id}) == Types{"status_updated", "booking_submitted"});
  CHECK(types({.event_type = "status_updated"}) == Types{"status_updated"});
  CHECK(types({.booking_id = id, .event_type = "booking_submitted"}) == Types{"booking_submitted"});
  CHECK(types({.booking_id = "HSS-"}).empty());
}

TEST_CASE("an answer is remembered under its key until it is too old") {
  Backend backend(GENERATE(true, false));
  const auto find = [&](const char* scope, const char* not_before) {
    return backend.store.transact(
        [&](Tx& tx) { return tx.idempotency().find(scope, "k", not_before); });
  };
  backend.store.transact([](Tx& tx) {
    tx.idempotency().insert({.scope = "a",
                             .key = "k",
                             .fingerprint = "f",
                             .status = 201,
                             .body = "{}",
                             .location = "/x",
                             .created_at = "2026-11-22T08:00:00.000Z"},
                            "2026-11-21T08:00:00.000Z");
  });
  const auto answer = find("a", "2026-11-21T08:00:00.000Z");
  REQUIRE(answer.has_value());
  CHECK(answer->status == 201);
  CHECK(answer->location == "/x");
  CHECK_FALSE(find("b", "2026-11-21T08:00:00.000Z").has_value());
  CHECK_FALSE(find("a", "2026-11-22T08:00:00.001Z").has_value());
}

TEST_CASE("many writers at once lose nothing and collide in nothing") {
  Backend backend(GENERATE(true, false));
  constexpr int threads = 8;
  constexpr int each = 25;
  std::vector<std::thread> writers;
  for (int i = 0; i < threads; ++i) {
    writers.emplace_back([&] {
      for (int n = 0; n < each; ++n) backend.create();
    });
  }
  for (auto& writer : writers) writer.join();
  const auto ids = backend.list({}, {.limit = 1000});
  CHECK(std::set(ids.begin(), ids.end()).size() == threads * each);
}

TEST_CASE("the revision is another after every change, and only then") {
  Backend backend(GENERATE(true, false));
  std::uint64_t revision = backend.store.revision();
  const auto has_moved = [&] {
    const std::uint64_t before = std::exchange(revision, backend.store.revision());
    return revision != before;
  };
  CHECK_FALSE(has_moved());
  const std::string id = backend.create().id;
  CHECK(has_moved());
  backend.step(id, Status::approved);
  CHECK(has_moved());
  backend.list({});
  backend.store.check();
  CHECK_THROWS(backend.step(id, Status::returned));
  CHECK_FALSE(has_moved());
}

TEST_CASE("another program's change of the file moves the revision") {
  Backend backend(true);
  backend.create();
  const std::uint64_t before = backend.store.revision();
  SQLite::Database(backend.folder.file("hss.db"), SQLite::OPEN_READWRITE)
      .exec("UPDATE bookings SET address = '14 Hilda Street'");
  CHECK(backend.store.revision() != before);
}

TEST_CASE("a restart repeats no revision") {
  Backend backend(true);
  hss::storage::SqliteStore again(backend.folder.file("hss.db"), [](const std::string&) {});
  CHECK(again.revision() != backend.store.revision());
}
