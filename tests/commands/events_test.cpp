// `hss events`: the user's view of dead-lettered events.
#include <httplib.h>

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "api/api_fixture.h"
#include "commands/process.h"
#include "domain/bookings/booking_service.h"
#include "storage/sqlite/sqlite_store.h"
#include "support.h"

using namespace hss;
using namespace hss::test;

namespace {

/// A database in which a target rejected one event and has not received another.
class EventsFixture {
 public:
  EventsFixture() {
    storage::SqliteStore store(db, [](const std::string&) {});
    TestClock clock;
    const domain::BookingService bookings(clock.clock(), seeded_random());
    store.transact([](domain::Tx& tx) { tx.outbox().insert_target("sns"); });
    for (int i = 0; i < 2; ++i) {
      id = store.transact([&](domain::Tx& tx) { return bookings.create(tx, a_draft(), staff); }).id;
    }
    auto due = store
                   .read([](domain::Reader& reader) {
                     return reader.outbox().next_batch("sns", "2026-11-22T08:00:00.000Z", 1);
                   })
                   .due;
    due[0].state = domain::DeliveryState::dead_lettered;
    due[0].tries = 3;
    due[0].error = "Too large";
    store.transact([&](domain::Tx& tx) {
      tx.outbox().commit_batch("sns",
                               {.done = due, .position = 1, .now = "2026-11-22T08:00:01.000Z"});
    });
  }

  Outcome hss(std::vector<std::string> words) {
    words.insert(words.end(), {"--db", db});
    return run(folder, words);
  }

  TempFolder folder;
  std::string db = folder.file("hss.db");
  std::string id;
};

}  // namespace

TEST_CASE("events that were set aside are listed with their reason, and sent again") {
  EventsFixture office;
  const Outcome listed = office.hss({"events", "list"});
  CHECK(listed.exit_code == 0);
  CHECK(listed.out.find("sns: 1 waiting, the oldest from 2026-11-22T08:00:00.000Z; 1 set aside") !=
        std::string::npos);
  CHECK(listed.out.find("booking_submitted") != std::string::npos);
  CHECK(listed.out.find("3 tries  Too large") != std::string::npos);

  const Outcome retried = office.hss({"events", "retry", "1"});
  CHECK(retried.exit_code == 0);
  CHECK(retried.out == "1 event is queued for hss serve to send\n");
  const Outcome after = office.hss({"events", "list", "--all"});
  CHECK(after.out.find("2 waiting") != std::string::npos);
  CHECK(after.out.find("0 set aside") != std::string::npos);
  CHECK(after.out.find("Waiting for another try") != std::string::npos);
}

TEST_CASE("all events that were set aside are sent again at once, also to one target alone") {
  EventsFixture office;
  CHECK(office.hss({"events", "retry", "--all", "--target", "somebody"}).out ==
        "0 events are queued for hss serve to send\n");
  CHECK(office.hss({"events", "retry", "--all"}).out ==
        "1 event is queued for hss serve to send\n");
}

TEST_CASE("what was set aside for a webhook that is disabled stays so, and the user is told") {
  EventsFixture office;
  const std::string webhook = "WHK-0123456789";
  {
    storage::SqliteStore store(office.db, [](const std::string&) {});
    store.transact([&](domain::Tx& tx) {
      tx.outbox().delete_target("sns");
      tx.outbox().insert_target(webhook);
      (void)tx.webhooks().insert({.id = webhook,
                                  .url = "https://1.1.1.1/",
                                  .secret = std::string(24, 'x'),
                                  .enabled = false,
                                  .created_at = "2026-11-22T08:00:00.000Z"});
      auto due = tx.outbox().list_after(0, 1);
      tx.outbox().commit_batch(webhook, {.done = {{.target = webhook,
                                                   .event = due[0],
                                                   .state = domain::DeliveryState::dead_lettered,
                                                   .error = "The answer was 410"}},
                                         .position = 1,
                                         .now = "2026-11-22T08:00:01.000Z"});
      tx.outbox().silence_target(webhook);
    });
  }
  const Outcome outcome = office.hss({"events", "retry", "--all"});
  CHECK(outcome.out == "0 events are queued for hss serve to send\n");
  CHECK(outcome.error.find(webhook + " is disabled, so nothing is sent to it") !=
        std::string::npos);
  CHECK(office.hss({"events", "retry", "1"}).exit_code == 1);
  CHECK(office.hss({"events", "list"}).out.find("1 set aside") != std::string::npos);
}

TEST_CASE("an event that was never set aside is not sent again, and the user is told") {
  EventsFixture office;
  const Outcome outcome = office.hss({"events", "retry", "1", "2"});
  CHECK(outcome.exit_code == 1);
  CHECK(outcome.error.find("Event 2 is neither set aside nor waiting") != std::string::npos);
  CHECK(office.hss({"events", "retry"}).error.find("say which events, or --all") !=
        std::string::npos);
}

TEST_CASE("where nobody is told of events, the list says how to change that") {
  TempFolder folder;
  const std::string db = folder.file("hss.db");
  {
    const storage::SqliteStore store(db, [](const std::string&) {});
  }
  CHECK(run(folder, {"events", "list", "--db", db}).out ==
        "No webhook or SNS topic receives events; MESSAGE_BUS_MODE=sns turns SNS on\n");
}

TEST_CASE("a message bus that cannot be used is warned of, and bookings go on") {
  TempFolder folder;
  for (const char* bus : {"sns", "kafka"}) {
    INFO(bus);
    Process server(folder, {"serve", "--port", "0", "--db", folder.file("hss.db"), "--message-bus",
                            bus, "--sns-topic", "bookings", "--log-format", "human"});
    server.wait_for_log("bookings go on, and no events are published to SNS");
    CHECK(server.port() > 0);
    CHECK(server.end(SIGTERM).exit_code == 0);
  }
}

TEST_CASE("what happens while the message bus cannot be used waits until it can") {
  TempFolder folder;
  const std::string db = folder.file("hss.db");
  {
    Process server(folder, {"serve", "--port", "0", "--db", db, "--message-bus", "sns",
                            "--sns-topic", "bookings"});
    httplib::Client client("127.0.0.1", server.port());
    const auto booked = client.Post("/api/v1/bookings", booking_body().dump(), "application/json");
    REQUIRE(booked);
    CHECK(booked->status == 201);
    CHECK(server.end(SIGTERM).exit_code == 0);
  }
  CHECK(run(folder, {"events", "list", "--db", db}).out.find("sns: 1 waiting") == 0);
}
