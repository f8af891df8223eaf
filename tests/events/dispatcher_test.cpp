// Events are never lost: what a target receives, in which order, and what happens when it fails.
#include "events/dispatcher.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <deque>
#include <functional>
#include <mutex>
#include <vector>

#include "domain/bookings/booking_service.h"
#include "storage/sqlite/sqlite_store.h"
#include "support.h"

using namespace hss::domain;
using namespace hss::events;
using namespace hss::test;
using Outcome = Dispatcher::Outcome;

namespace {

/// Records its events, and answers as `answer` says.
class RecordingPublisher final : public Publisher {
 public:
  std::size_t max_at_once() const override { return at_once; }
  std::vector<DeliveryResult> publish(std::span<const OutboxEvent> events, Deadline) override {
    const std::lock_guard lock(mutex_);
    std::vector<DeliveryResult> results;
    for (const OutboxEvent& event : events) {
      results.push_back(answer(event));
      if (results.back().result == DeliveryResult::Result::delivered) received_.push_back(event);
    }
    return results;
  }
  void stop() override {}

  std::vector<std::int64_t> heard() const {
    const std::lock_guard lock(mutex_);
    std::vector<std::int64_t> ids;
    for (const OutboxEvent& event : received_) ids.push_back(event.id);
    return ids;
  }

  static DeliveryResult well(const OutboxEvent&) {
    return {.result = DeliveryResult::Result::delivered};
  }
  static DeliveryResult away(const OutboxEvent&) { return {.error = "Nobody answers"}; }

  std::size_t at_once = 1;
  std::function<DeliveryResult(const OutboxEvent&)> answer = well;

 private:
  mutable std::mutex mutex_;
  std::vector<OutboxEvent> received_;
};

class DispatcherFixture {
 public:
  DispatcherFixture() { open(); }

  void open() {
    store = std::make_unique<hss::storage::SqliteStore>(folder.file("hss.db"),
                                                        [](const std::string&) {});
    store->transact([](Tx& tx) { tx.outbox().insert_target("ear"); });
    restart();
  }
  void restart(DispatcherOptions options = {.target = "ear"}) {
    dispatcher.reset();
    dispatcher = std::make_unique<Dispatcher>(
        *store, ear, clock.clock(), seeded_random(),
        [this](const std::string& text) { reports.push_back(text); }, std::move(options));
  }
  std::string book() {
    return store->transact([&](Tx& tx) { return bookings.create(tx, a_draft(), staff); }).id;
  }
  void approve(const std::string& id) {
    store->transact(
        [&](Tx& tx) { bookings.change_status(tx, id, {.to = Status::approved}, staff); });
  }
  /// Delivers until nothing is due now.
  void deliver_all() {
    for (int i = 0; i < 100 && dispatcher->deliver() != Outcome::nothing_due; ++i) continue;
  }
  std::vector<Delivery> deliveries(DeliveryState state) {
    return store->read(
        [&](Reader& reader) { return reader.outbox().list_deliveries("ear", state, {}).rows; });
  }
  OutboxTarget target() {
    return store->read([](Reader& reader) { return reader.outbox().list_targets(); }).at(0);
  }

  TempFolder folder;
  TestClock clock;
  RecordingPublisher ear;
  std::unique_ptr<hss::storage::SqliteStore> store;
  BookingService bookings{clock.clock(), seeded_random()};
  std::vector<std::string> reports;
  std::unique_ptr<Dispatcher> dispatcher;
};

using Ids = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("a target hears every event once, in order, and goes on where it was after a restart") {
  DispatcherFixture office;
  const std::string id = office.book();
  office.approve(id);
  office.book();
  office.deliver_all();
  CHECK(office.ear.heard() == Ids{1, 2, 3});

  office.dispatcher.reset();
  office.open();
  office.book();
  office.deliver_all();
  CHECK(office.ear.heard() == Ids{1, 2, 3, 4});
  CHECK(office.deliveries(DeliveryState::delivered).empty());
}

TEST_CASE("a new target hears of nothing that was before it") {
  DispatcherFixture office;
  office.book();
  office.store->transact([](Tx& tx) {
    tx.outbox().delete_target("ear");
    tx.outbox().insert_target("ear");
  });
  office.book();
  office.deliver_all();
  CHECK(office.ear.heard() == Ids{2});
}

TEST_CASE("a target that is removed is no failure") {
  DispatcherFixture office;
  std::atomic<int> looks = 0;
  std::vector<std::string> reports;
  Dispatcher dispatcher(
      *office.store, office.ear,
      [&] {
        ++looks;
        return office.clock.clock()();
      },
      seeded_random(), [&](const std::string& text) { reports.push_back(text); },
      {.target = "ear"});
  office.store->transact([](Tx& tx) { tx.outbox().delete_target("ear"); });
  dispatcher.start();
  while (looks == 0) std::this_thread::yield();
  dispatcher.stop();
  CHECK(reports.empty());
}

TEST_CASE("while a target is away nothing is lost, and it hears all in order when it is back") {
  DispatcherFixture office;
  office.ear.answer = RecordingPublisher::away;
  const std::string id = office.book();
  office.approve(id);
  for (int i = 0; i < 50; ++i) {
    if (i < 5) office.book();
    office.dispatcher->deliver();
    office.clock.advance(std::chrono::minutes(7));
  }
  CHECK(office.deliveries(DeliveryState::dead_lettered).empty());
  CHECK(office.target().backlog == 7);
  CHECK(office.target().last_error == "Nobody answers");
  CHECK(office.reports ==
        std::vector<std::string>{"events for ear are waiting to be tried again: Nobody answers"});

  office.ear.answer = RecordingPublisher::well;
  office.restart();
  for (int i = 0; i < 20; ++i) {
    office.deliver_all();
    office.clock.advance(std::chrono::hours(2));
  }
  auto heard = office.ear.heard();
  CHECK(std::find(heard.begin(), heard.end(), 1) < std::find(heard.begin(), heard.end(), 2));
  std::sort(heard.begin(), heard.end());
  CHECK(heard == Ids{1, 2, 3, 4, 5, 6, 7});
  CHECK(office.target().backlog == 0);
}

TEST_CASE("once a target is back, whatever waited for it is due at once") {
  DispatcherFixture office;
  office.ear.answer = RecordingPublisher::away;
  for (int i = 0; i < 3; ++i) office.book();
  for (int i = 0; i < 12; ++i) {
    office.dispatcher->deliver();
    office.clock.advance(std::chrono::minutes(1));
  }
  office.ear.answer = RecordingPublisher::well;
  office.clock.advance(std::chrono::hours(1));
  office.dispatcher->deliver();
  office.deliver_all();
  CHECK(office.ear.heard().size() == 3);
  CHECK(office.reports.back() == "events for ear are being delivered again");
}

TEST_CASE("after a restart, what waited is due as soon as something goes through") {
  DispatcherFixture office;
  office.ear.answer = RecordingPublisher::away;
  for (int i = 0; i < 3; ++i) office.book();
  for (int i = 0; i < 12; ++i) {
    office.dispatcher->deliver();
    office.clock.advance(std::chrono::minutes(1));
  }
  office.deliver_all();
  office.ear.answer = RecordingPublisher::well;
  office.restart();
  office.book();
  office.deliver_all();
  CHECK(office.ear.heard().size() == 4);
}

TEST_CASE("an event that fails holds up those of its booking, and nobody else's") {
  DispatcherFixture office;
  office.ear.at_once = 10;
  const std::string held = office.book();
  office.ear.answer = [](const OutboxEvent& event) {
    return event.id == 1 ? RecordingPublisher::away(event) : RecordingPublisher::well(event);
  };
  office.book();
  office.approve(held);
  office.deliver_all();
  CHECK(office.ear.heard() == Ids{2});

  office.ear.answer = RecordingPublisher::well;
  office.clock.advance(std::chrono::seconds(2));
  office.deliver_all();
  CHECK(office.ear.heard() == Ids{2, 1, 3});
}

TEST_CASE("two events of one booking never go out together, as the first might fail alone") {
  DispatcherFixture office;
  office.ear.at_once = 10;
  office.approve(office.book());
  CHECK(office.dispatcher->deliver() == Outcome::went_well);
  CHECK(office.ear.heard() == Ids{1});
  office.deliver_all();
  CHECK(office.ear.heard() == Ids{1, 2});
}

TEST_CASE("an event that fails again and again while others go through is set aside") {
  DispatcherFixture office;
  office.restart({.target = "ear", .max_tries = 3});
  office.ear.answer = [](const OutboxEvent& event) {
    return event.id == 1 ? DeliveryResult{.status_code = 500, .error = "The answer was 500"}
                         : RecordingPublisher::well(event);
  };
  office.approve(office.book());
  for (int i = 0; i < 6; ++i) {
    office.book();
    office.deliver_all();
    office.clock.advance(std::chrono::hours(1));
  }
  const auto dead_lettered = office.deliveries(DeliveryState::dead_lettered);
  REQUIRE(dead_lettered.size() == 1);
  CHECK(dead_lettered[0].event.id == 1);
  CHECK(dead_lettered[0].tries == 3);
  CHECK(dead_lettered[0].status_code == 500);
  CHECK(dead_lettered[0].error == "The answer was 500");
  CHECK(office.target().dead_lettered == 1);
  // The events after it go on.
  auto heard = office.ear.heard();
  std::sort(heard.begin(), heard.end());
  CHECK(heard == Ids{2, 3, 4, 5, 6, 7, 8});
}

TEST_CASE("an outage, however long, sets nothing aside, though something went through before it") {
  DispatcherFixture office;
  office.restart({.target = "ear", .max_tries = 3});
  office.ear.answer = RecordingPublisher::away;
  const std::string first = office.book();
  office.deliver_all();
  // The target is back for one event, then away for a day.
  bool is_back = true;
  office.clock.advance(std::chrono::minutes(1));
  office.ear.answer = [&](const OutboxEvent& event) {
    return event.id != 1 && std::exchange(is_back, false) ? RecordingPublisher::well(event)
                                                          : RecordingPublisher::away(event);
  };
  office.book();
  for (int i = 0; i < 300; ++i) {
    if (i % 50 == 0) office.book();
    office.dispatcher->deliver();
    office.dispatcher->deliver();
    office.clock.advance(std::chrono::minutes(5));
  }
  CHECK(office.ear.heard() == Ids{2});
  CHECK(office.deliveries(DeliveryState::dead_lettered).empty());
  for (const Delivery& waiting : office.deliveries(DeliveryState::waiting)) {
    CHECK(from_rfc3339(waiting.next_try_at) - office.clock.now() <= std::chrono::minutes(1));
  }
  office.ear.answer = RecordingPublisher::well;
  for (int i = 0; i < 20; ++i) {
    office.deliver_all();
    office.clock.advance(std::chrono::seconds(30));
  }
  CHECK(office.ear.heard().size() == 8);
}

TEST_CASE("what failed all through an outage is not set aside when it fails once more behind it") {
  DispatcherFixture office;
  office.restart({.target = "ear", .max_tries = 3});
  office.ear.answer = RecordingPublisher::away;
  office.book();
  for (int i = 0; i < 20; ++i) {
    office.dispatcher->deliver();
    office.clock.advance(std::chrono::minutes(5));
  }
  office.ear.answer = [](const OutboxEvent& event) {
    return event.id == 1 ? RecordingPublisher::away(event) : RecordingPublisher::well(event);
  };
  office.book();
  office.deliver_all();
  CHECK(office.ear.heard() == Ids{2});
  CHECK(office.deliveries(DeliveryState::dead_lettered).empty());
  const auto waiting = office.deliveries(DeliveryState::waiting);
  REQUIRE(waiting.size() == 1);
  CHECK(waiting[0].tries == 2);
}

TEST_CASE("a wait is between half of its time and all of it, by chance") {
  DispatcherFixture office;
  office.ear.answer = RecordingPublisher::away;
  office.book();
  const auto wait_with = [&](std::uint8_t chance) {
    Dispatcher dispatcher(
        *office.store, office.ear, office.clock.clock(),
        [chance](std::span<std::uint8_t> bytes) { std::fill(bytes.begin(), bytes.end(), chance); },
        [](const std::string&) {}, {.target = "ear"});
    office.store->transact([](Tx& tx) { tx.outbox().restart_target("ear"); });
    office.book();
    CHECK(dispatcher.deliver() == Outcome::failed);
    const auto next = office.deliveries(DeliveryState::waiting).at(0).next_try_at;
    return from_rfc3339(next) - office.clock.now();
  };
  CHECK(wait_with(0x00) == std::chrono::milliseconds(250));
  CHECK(wait_with(0x80) == std::chrono::milliseconds(375));
  CHECK(wait_with(0xff) == std::chrono::milliseconds(499));
}

TEST_CASE("events that can never go well do not keep the others from being heard") {
  const int poisonous = GENERATE(1, 4, 10, 40);
  DispatcherFixture office;
  office.restart({.target = "ear", .max_tries = 3});
  office.ear.answer = [&](const OutboxEvent& event) {
    return event.id <= poisonous ? RecordingPublisher::away(event)
                                 : RecordingPublisher::well(event);
  };
  for (int i = 0; i < poisonous; ++i) office.book();
  for (int i = 0; i < 100; ++i) {
    office.dispatcher->deliver();
    office.clock.advance(std::chrono::seconds(10));
  }
  for (int i = 0; i < 20; ++i) office.book();
  for (int i = 0; i < 1'000; ++i) {
    office.dispatcher->deliver();
    office.clock.advance(std::chrono::seconds(10));
  }
  CHECK(office.ear.heard().size() == 20);
  // Once other events are delivered, these are dead-lettered.
  for (int i = 0; i < 10; ++i) {
    office.book();
    office.clock.advance(std::chrono::hours(1));
    office.deliver_all();
  }
  CHECK(office.deliveries(DeliveryState::dead_lettered).size() ==
        static_cast<std::size_t>(poisonous));
}

TEST_CASE("what was heard is not told again because it could not be written down at once") {
  DispatcherFixture office;
  office.book();
  SQLite::Database database(office.folder.file("hss.db"), SQLite::OPEN_READWRITE);
  database.exec(
      "CREATE TRIGGER full BEFORE UPDATE ON outbox_targets BEGIN SELECT RAISE(ABORT, 'full'); END");
  for (int i = 0; i < 3; ++i) CHECK_THROWS(office.dispatcher->deliver());
  database.exec("DROP TRIGGER full");
  office.book();
  office.deliver_all();
  CHECK(office.ear.heard() == Ids{1, 2});
  CHECK(office.target().backlog == 0);
}

TEST_CASE("a clock that is set back holds up nothing that waits, and sets nothing aside") {
  DispatcherFixture office;
  office.restart({.target = "ear", .max_tries = 3});
  const std::string id = office.book();
  office.deliver_all();
  office.ear.answer = RecordingPublisher::away;
  office.approve(id);
  office.deliver_all();
  office.clock.advance(-std::chrono::hours(24));
  for (int i = 0; i < 100; ++i) {
    office.deliver_all();
    office.clock.advance(std::chrono::minutes(1));
  }
  CHECK(office.deliveries(DeliveryState::dead_lettered).empty());
  office.ear.answer = RecordingPublisher::well;
  office.deliver_all();
  CHECK(office.ear.heard() == Ids{1, 2});
}

TEST_CASE("what went well in a batch that was ended halfway is not told again") {
  DispatcherFixture office;
  office.ear.at_once = 10;
  for (int i = 0; i < 3; ++i) office.book();
  office.ear.answer = [&](const OutboxEvent& event) {
    if (event.id == 2) office.dispatcher->stop();
    return event.id < 2 ? RecordingPublisher::well(event) : RecordingPublisher::away(event);
  };
  office.dispatcher->deliver();
  office.restart();
  office.ear.answer = RecordingPublisher::well;
  office.deliver_all();
  CHECK(office.ear.heard() == Ids{1, 2, 3});
  CHECK(office.target().last_error.empty());
}

TEST_CASE("a list of what was set aside shows it for each target, page by page") {
  DispatcherFixture office;
  office.ear.answer = [](const OutboxEvent&) {
    return DeliveryResult{.result = DeliveryResult::Result::permanent_failure,
                          .error = "Too large"};
  };
  office.store->transact([](Tx& tx) { tx.outbox().insert_target("another"); });
  for (int i = 0; i < 2; ++i) office.book();
  office.deliver_all();
  office.restart({.target = "another"});
  office.deliver_all();
  std::vector<std::string> seen;
  Page page{.limit = 1};
  do {
    auto slice = office.store->read([&](Reader& reader) {
      return reader.outbox().list_deliveries(std::nullopt, DeliveryState::dead_lettered, page);
    });
    for (const Delivery& row : slice.rows) {
      seen.push_back(std::to_string(row.event.id) + row.target);
    }
    page.cursor = slice.next_cursor;
  } while (page.cursor);
  CHECK(seen == std::vector<std::string>{"2another", "2ear", "1another", "1ear"});
}

TEST_CASE("a refused message is set aside at once, and can be sent again") {
  DispatcherFixture office;
  office.ear.answer = [](const OutboxEvent& event) {
    if (event.id != 1) return RecordingPublisher::well(event);
    return DeliveryResult{.result = DeliveryResult::Result::permanent_failure,
                          .status_code = 400,
                          .error = "Too large"};
  };
  office.book();
  office.book();
  office.deliver_all();
  CHECK(office.ear.heard() == Ids{2});
  REQUIRE(office.deliveries(DeliveryState::dead_lettered).size() == 1);

  office.ear.answer = RecordingPublisher::well;
  office.store->transact([&](Tx& tx) {
    CHECK(tx.outbox().retry_delivery("ear", 1, to_rfc3339(office.clock.now())));
    CHECK_FALSE(tx.outbox().retry_delivery("ear", 2, to_rfc3339(office.clock.now())));
  });
  office.deliver_all();
  CHECK(office.ear.heard() == Ids{2, 1});
  CHECK(office.deliveries(DeliveryState::dead_lettered).empty());
}

TEST_CASE("a target that is silenced while it is told something has nothing that waits") {
  DispatcherFixture office;
  office.book();
  office.ear.answer = [&](const OutboxEvent& event) {
    office.store->transact([](Tx& tx) { tx.outbox().silence_target("ear"); });
    return RecordingPublisher::away(event);
  };
  CHECK(office.dispatcher->deliver() == Outcome::failed);
  CHECK(office.deliveries(DeliveryState::waiting).empty());
}

TEST_CASE("a target with a log keeps what went well for as long as it says") {
  DispatcherFixture office;
  office.restart({.target = "ear", .keeps_log = true, .log_lasts = std::chrono::hours(1)});
  office.ear.answer = [](const OutboxEvent&) {
    return DeliveryResult{.result = DeliveryResult::Result::delivered,
                          .status_code = 204,
                          .took = std::chrono::milliseconds(12)};
  };
  office.book();
  office.deliver_all();
  const auto log = office.deliveries(DeliveryState::delivered);
  REQUIRE(log.size() == 1);
  CHECK(log[0].status_code == 204);
  CHECK(log[0].took_ms == 12);

  office.clock.advance(std::chrono::hours(2));
  office.book();
  office.deliver_all();
  REQUIRE(office.deliveries(DeliveryState::delivered).size() == 1);
  CHECK(office.deliveries(DeliveryState::delivered)[0].event.id == 2);
}

TEST_CASE("a target's log reaches back over 20,000 events of the trail, and no further") {
  DispatcherFixture office;
  office.restart({.target = "ear", .keeps_log = true});
  for (int i = 0; i < 3; ++i) office.book();
  office.deliver_all();
  const auto log = office.deliveries(DeliveryState::delivered);
  REQUIRE(log.size() == 3);
  office.store->transact([&](Tx& tx) {
    tx.outbox().commit_batch("ear", {.done = {log.front()},
                                     .position = 20'002,
                                     .keeps_log = true,
                                     .now = to_rfc3339(office.clock.now()),
                                     .keep_log_from = ""});
  });
  const auto left = office.deliveries(DeliveryState::delivered);
  REQUIRE(left.size() == 2);
  CHECK(left.front().event.id == 3);
  CHECK(left.back().event.id == 2);
}

TEST_CASE("what concerns accounts alone is told to nobody") {
  DispatcherFixture office;
  office.store->transact([](Tx& tx) {
    tx.audit().append({.type = "account_created",
                       .booking_id = std::nullopt,
                       .payload = {},
                       .actor = "x",
                       .actor_role = "admin",
                       .request_id = "r",
                       .created_at = "2026-11-22T08:00:00.000Z"});
  });
  office.book();
  office.deliver_all();
  CHECK(office.ear.heard() == Ids{2});
}

TEST_CASE("a long run of what is told to nobody is looked through once") {
  DispatcherFixture office;
  office.store->transact([](Tx& tx) {
    for (int i = 0; i < 1'500; ++i) {
      tx.audit().append({.type = "account_created",
                         .booking_id = std::nullopt,
                         .payload = {},
                         .actor = "x",
                         .actor_role = "admin",
                         .request_id = "r",
                         .created_at = "2026-11-22T08:00:00.000Z"});
    }
  });
  office.deliver_all();
  CHECK(office.target().position == 1'500);
  office.book();
  office.deliver_all();
  CHECK(office.ear.heard() == Ids{1'501});
}

TEST_CASE("a started dispatcher tells what is committed while it runs, and ends when asked") {
  DispatcherFixture office;
  office.dispatcher->start();
  for (int i = 0; i < 20; ++i) office.book();
  while (office.ear.heard().size() < 20) std::this_thread::yield();
  office.dispatcher->stop();
  CHECK(office.target().backlog == 0);
}
