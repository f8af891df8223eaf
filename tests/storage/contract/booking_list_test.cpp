// Bookings are listed, searched and queued.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <string>
#include <vector>

#include "domain/bookings/board.h"
#include "domain/error.h"
#include "storage/contract/backend.h"

using namespace hss::domain;
using namespace hss::test;

namespace {

BookingDraft draft_of(const std::string& name, const std::string& email) {
  BookingDraft draft = a_draft();
  draft.customer_name = name;
  draft.email = email;
  return draft;
}

}  // namespace

TEST_CASE("bookings are listed newest first, page by page, each once") {
  Backend backend(each_engine());
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
    backend.create();  // a booking that is created meanwhile does not move the rest
  }
  CHECK(paged == made);
}

TEST_CASE("a list whose rows just fill the page has no next one") {
  Backend backend(each_engine());
  backend.create();
  backend.create();
  const auto slice =
      backend.store.read([](Reader& reader) { return reader.bookings().list({}, {.limit = 2}); });
  CHECK(slice.rows.size() == 2);
  CHECK_FALSE(slice.next_cursor.has_value());
}

TEST_CASE("an offset skips rows") {
  Backend backend(each_engine());
  const std::string first = backend.create().id;
  backend.create();
  CHECK(backend.list({}, {.limit = 5, .offset = 1}) == std::vector{first});
}

TEST_CASE("a cursor that no list gave is refused") {
  Backend backend(each_engine());
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
  Backend backend(each_engine());
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
  Backend backend(each_engine());
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
  Backend backend(each_engine());
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
  Backend backend(each_engine());
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
  Backend backend(each_engine());
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

TEST_CASE("bookings are listed in each order, those of one pickup date as they were made") {
  Backend backend(each_engine());
  std::vector<std::string> made;
  for (const char* pickup : {"2026-12-02", "2026-12-01", "2026-12-03", "2026-12-01"}) {
    BookingDraft draft = a_draft();
    draft.pickup_date = pickup;
    made.push_back(backend.create(draft).id);
  }
  const auto ids = [&](const std::vector<std::size_t>& order) {
    std::vector<std::string> found;
    for (const std::size_t at : order) found.push_back(made[at]);
    return found;
  };
  const auto paged = [&](const BookingFilter& filter) {
    std::vector<std::string> found;
    Page page{.limit = 1};
    do {
      const auto slice =
          backend.store.read([&](Reader& reader) { return reader.bookings().list(filter, page); });
      for (const auto& id : Backend::ids(slice)) found.push_back(id);
      page.cursor = slice.next_cursor;
    } while (page.cursor);
    return found;
  };
  const std::string q = GENERATE("", "thandi");
  CHECK(paged({.q = q, .sort = BookingSort::newest}) == ids({3, 2, 1, 0}));
  CHECK(paged({.q = q, .sort = BookingSort::oldest}) == ids({0, 1, 2, 3}));
  CHECK(paged({.q = q, .sort = BookingSort::latest_pickup}) == ids({2, 0, 3, 1}));
  CHECK(paged({.q = q, .sort = BookingSort::earliest_pickup}) == ids({1, 3, 0, 2}));
}

TEST_CASE("a list of one status or owner has no other bookings") {
  Backend backend(each_engine());
  const Account sipho = backend.add_account("sipho@tuks.co.za");
  const Account lerato = backend.add_account("lerato@tuks.co.za");
  const std::string first = backend.create(a_draft(), customer_of(sipho)).id;
  const std::string hers = backend.create(a_draft(), customer_of(lerato)).id;
  const std::string second = backend.create(a_draft(), customer_of(sipho)).id;
  const std::string nobodys = backend.create().id;
  backend.step(second, Status::approved);
  backend.step(nobodys, Status::approved);
  using Ids = std::vector<std::string>;
  CHECK(backend.list({.status = Status::approved}) == Ids{nobodys, second});
  CHECK(backend.list({.status = Status::declined}).empty());
  CHECK(backend.list({.owner = sipho.id}) == Ids{second, first});
  CHECK(backend.list({.owner = lerato.id}) == Ids{hers});
  CHECK(backend.list({.status = Status::approved, .owner = sipho.id}) == Ids{second});
  CHECK(backend.list({.owner = sipho.id, .q = "thandi"}) == Ids{second, first});
  CHECK(backend.list({.owner = sipho.id, .q = hers}).empty());
  CHECK(backend.list({.owner = "ACC-0000000000"}).empty());
}

TEST_CASE("a cursor of somebody else's booking is as good as none in an owner's list") {
  Backend backend(each_engine());
  const Account sipho = backend.add_account("sipho@tuks.co.za");
  const std::string own = backend.create(a_draft(), customer_of(sipho)).id;
  const std::string other = backend.create().id;
  CHECK(backend.list({.owner = sipho.id}, {.cursor = own}).empty());
  CHECK_THROWS_AS(backend.list({.owner = sipho.id}, {.cursor = other}), Error);
}

TEST_CASE("the queue is paged oldest first, over all its statuses") {
  Backend backend(each_engine());
  std::vector<std::string> queued;
  for (int i = 0; i < 3; ++i) {
    queued.push_back(backend.create().id);
    queued.push_back(backend.create().id);
    backend.step(queued.back(), Status::approved);
    backend.step(backend.create().id, Status::declined);
  }
  std::vector<std::string> paged;
  Page page{.limit = 2};
  do {
    const auto slice = backend.store.read(
        [&](Reader& reader) { return reader.bookings().list_queue(std::nullopt, page); });
    for (const auto& id : Backend::ids(slice)) paged.push_back(id);
    page.cursor = slice.next_cursor;
  } while (page.cursor);
  CHECK(paged == queued);
}
