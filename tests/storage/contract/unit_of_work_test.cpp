// Units of work commit, and notify their subscribers.
#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <cstdint>
#include <functional>
#include <future>
#include <set>
#include <string>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

#include "domain/error.h"
#include "storage/contract/backend.h"

using namespace hss::domain;
using namespace hss::test;

TEST_CASE("a unit of work that throws leaves nothing behind") {
  Backend backend(each_engine());
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

TEST_CASE("many writers at once lose nothing and collide in nothing") {
  Backend backend(each_engine());
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
  Backend backend(each_engine());
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

TEST_CASE("a run after a change repeats no revision of the run before it") {
  Backend backend(each_engine_with_shared_data());
  const std::uint64_t before = backend.store.revision();
  backend.create();
  CHECK(backend.open_another()->revision() != before);
}

TEST_CASE("a change that another store made moves the revision, and is read") {
  Backend backend(each_engine_with_shared_data());
  const auto another = backend.open_another();
  backend.create();
  const std::uint64_t before = backend.store.revision();
  another->transact([&](Tx& tx) { backend.bookings.create(tx, a_draft(), staff); });
  CHECK(backend.store.revision() != before);
  CHECK(backend.list({}).size() == 2);
}

TEST_CASE("what was committed is there after a restart") {
  const Engine engine = each_engine_with_shared_data();
  const TempFolder folder;
  TestClock clock;
  const BookingService bookings(clock.clock(), seeded_random());
  const std::string id = engine.open(folder)->transact(
      [&](Tx& tx) { return bookings.create(tx, a_draft(), staff).id; });
  const auto found =
      engine.open(folder)->read([&](Reader& reader) { return reader.bookings().find(id); });
  CHECK(found.has_value());
}

TEST_CASE("a unit of work sees its own changes, and returns what it found") {
  Backend backend(each_engine());
  const auto [id, total, last] = backend.store.transact([&](Tx& tx) {
    const std::string made = backend.bookings.create(tx, a_draft(), staff).id;
    return std::tuple(made, tx.reports().overview().total_bookings, tx.outbox().last_event_id());
  });
  CHECK(total == 1);
  CHECK(last == 1);
  CHECK(backend.list({}) == std::vector{id});
}

TEST_CASE("a unit that fails takes none of those along that run at once with it") {
  Backend backend(each_engine());
  constexpr int threads = 8;
  constexpr int each = 20;
  std::atomic<int> failed = 0;
  std::vector<std::thread> writers;
  for (int i = 0; i < threads; ++i) {
    writers.emplace_back([&] {
      for (int n = 0; n < each; ++n) {
        try {
          backend.store.transact([&](Tx& tx) {
            backend.bookings.create(tx, a_draft(), staff);
            if (n % 2 != 0) throw Error(ErrorCode::conflict, "changed my mind");
          });
        } catch (const Error&) {
          ++failed;
        }
      }
    });
  }
  for (auto& writer : writers) writer.join();
  CHECK(failed == threads * each / 2);
  CHECK(backend.list({}, {.limit = 1000}).size() == threads * each / 2);
  CHECK_FALSE(backend.store.verify_audit(backend.now()).violation.has_value());
}

TEST_CASE("a reader's view stays as it is while others write") {
  Backend backend(each_engine());
  std::atomic<bool> is_done = false;
  std::thread writer([&] {
    for (int n = 0; n < 100; ++n) backend.create();
    is_done = true;
  });
  std::int64_t seen = 0;
  while (seen < 100) {
    const auto [total, bookings, last] = backend.store.read([](Reader& reader) {
      const std::int64_t count = reader.reports().overview().total_bookings;
      const auto rows = std::ssize(reader.bookings().list({}, {.limit = 1000}).rows);
      return std::tuple(count, std::int64_t{rows}, reader.outbox().last_event_id());
    });
    CHECK(bookings == total);
    CHECK(last == total);
    CHECK(total >= seen);
    seen = total;
  }
  writer.join();
  CHECK(is_done);
}

TEST_CASE("deferred work is done and answered later, and says when") {
  Backend backend(each_engine());
  const auto deferred = backend.store.transact_deferred(
      [&](Tx& tx) { return backend.bookings.create(tx, a_draft(), staff).id; });
  CHECK(backend.list({}).empty());
  std::promise<void> done;
  deferred.start([&] { done.set_value(); });
  done.get_future().wait();
  const std::string id = deferred.rest();
  CHECK(backend.list({}) == std::vector{id});
}

TEST_CASE("deferred work that fails says so when it is asked for, and leaves nothing") {
  Backend backend(each_engine());
  const auto deferred = backend.store.transact_deferred([&](Tx& tx) {
    const std::string id = backend.bookings.create(tx, a_draft(), staff).id;
    if (!id.empty()) throw Error(ErrorCode::conflict, "changed my mind");
    return id;
  });
  deferred.start([] {});
  try {
    deferred.rest();
    FAIL("it was done");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::conflict);
    CHECK(error.what() == std::string("changed my mind"));
  }
  CHECK(backend.list({}).empty());
}

TEST_CASE("deferred work that nobody asks for any more is ended first, if it was started") {
  Backend backend(each_engine());
  {
    const auto never = backend.store.transact_deferred(
        [&](Tx& tx) { return backend.bookings.create(tx, a_draft(), staff).id; });
  }
  CHECK(backend.list({}).empty());
  {
    const auto started = backend.store.transact_deferred(
        [&](Tx& tx) { return backend.bookings.create(tx, a_draft(), staff).id; });
    started.start([] {});
  }
  CHECK(backend.list({}).size() == 1);
}

TEST_CASE("subscribers hear of each commit that changed something, and of no other") {
  Backend backend(each_engine());
  std::atomic<int> heard = 0;
  auto subscription = backend.store.on_commit([&] { ++heard; });
  const auto wait_for = [&](int count) {
    while (heard < count) std::this_thread::yield();
  };
  const std::string id = backend.create().id;
  wait_for(1);
  backend.list({});
  backend.store.check();
  backend.store.transact([](Tx& tx) { tx.accounts().find("ACC-0000000000"); });
  CHECK_THROWS(backend.step(id, Status::returned));
  backend.step(id, Status::approved);
  wait_for(2);
  subscription.reset();
  CHECK(heard == 2);
  backend.create();
  backend.create();
  CHECK(heard == 2);
}

TEST_CASE("what a subscriber hears of is there to be read") {
  Backend backend(each_engine());
  std::promise<void> changed;
  const auto subscription = backend.store.on_commit([&] { changed.set_value(); });
  const auto deferred = backend.store.transact_deferred(
      [&](Tx& tx) { return backend.bookings.create(tx, a_draft(), staff).id; });
  const std::uint64_t before = backend.store.revision();
  deferred.start([] {});
  changed.get_future().wait();
  CHECK(backend.list({}).size() == 1);
  CHECK(backend.store.revision() != before);
}

TEST_CASE("a subscription that ends waits for a call that is under way") {
  Backend backend(each_engine());
  std::promise<void> called;
  std::atomic<bool> is_ending = false;
  std::atomic<bool> has_returned = false;
  auto subscription = backend.store.on_commit([&] {
    called.set_value();
    while (!is_ending) std::this_thread::yield();
    // This is long enough for a destructor that does not wait to return first.
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    has_returned = true;
  });
  backend.create();
  called.get_future().wait();
  is_ending = true;
  subscription.reset();
  CHECK(has_returned);
}

TEST_CASE("who lost a right is told before the change is answered, and of no other change") {
  Backend backend(each_engine());
  const std::string id = backend.add_account("sipho@hss.co.za", Role::staff).id;
  std::atomic<int> heard = 0;
  auto subscription = backend.store.on_rights_change([&] { ++heard; });
  const auto tells = [&](const std::function<void(Tx&)>& change) {
    const int before = heard;
    backend.store.transact(change);
    return heard != before;
  };
  std::string session;
  CHECK_FALSE(tells([&](Tx& tx) { session = backend.accounts.open_session(tx, id).id; }));
  CHECK_FALSE(tells([&](Tx& tx) { backend.bookings.create(tx, a_draft(), staff); }));
  CHECK_FALSE(tells([](Tx& tx) { tx.sessions().remove("none"); }));
  CHECK(tells([&](Tx& tx) { tx.sessions().remove(session); }));
  CHECK(tells([&](Tx& tx) {
    Account account = tx.accounts().get(id);
    account.role = Role::customer;
    tx.accounts().update(account);
  }));
  CHECK(tells([&](Tx& tx) {
    backend.accounts.open_session(tx, id);
    tx.sessions().remove_all_of(id);
  }));
  const int before = heard;
  CHECK(before == 3);
  subscription.reset();
  backend.store.transact([&](Tx& tx) {
    backend.accounts.open_session(tx, id);
    tx.sessions().remove_all_of(id);
  });
  CHECK(heard == before);
}

TEST_CASE("a store that works says so") {
  Backend backend(each_engine());
  CHECK_NOTHROW(backend.store.check());
  backend.create();
  CHECK_NOTHROW(backend.store.check());
}
