#include "storage/pruner.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "domain/accounts/account_service.h"
#include "domain/events/outbox.h"
#include "domain/expiry.h"
#include "domain/idempotency_record.h"
#include "storage/sqlite/sqlite_store.h"
#include "support.h"

using namespace hss::domain;
using namespace hss::test;
using std::chrono::milliseconds;

namespace {

struct Database {
  TempFolder folder;
  TestClock clock;
  hss::storage::SqliteStore store{folder.file("hss.db"), [](const std::string&) {}};

  std::string now() const { return to_rfc3339(clock.now()); }

  void insert_answers(int count, const std::string& created_at) {
    store.transact([&](Tx& tx) {
      for (int i = 0; i < count; ++i) {
        tx.idempotency().insert({.scope = created_at,
                                 .key = std::to_string(i),
                                 .fingerprint = "f",
                                 .status = 404,
                                 .body = "{}",
                                 .location = "",
                                 .created_at = created_at},
                                "");
      }
    });
  }

  /// Inserts a row of each kind that expires, made now; a session lasts 12 hours.
  void fill() {
    insert_answers(1, now());
    store.transact([&](Tx& tx) {
      const AccountService service(clock.clock(), seeded_random(), std::chrono::seconds(60));
      const NewAccount person{.name = "Lerato", .email = "lerato@hss.co.za", .role = Role::staff};
      const std::string id = service.add(tx, person, "", caller_of(person, "test")).id;
      service.open_session(tx, id);
      service.make_link(tx, id, std::string(64, 'a'), caller_of(person, "test"));
      service.put_trusted_device(tx, id, std::string(64, 'b'));
      tx.accounts().insert_pin_failure(id, "screen", now(), "");
      // The first key retires in a day.
      tx.token_keys().insert({.bytes = std::string(32, 'x'), .created_at = now()}, "");
      tx.token_keys().insert({.bytes = std::string(32, 'y'), .created_at = now()},
                             to_rfc3339(clock.now() + std::chrono::hours(24)));
      tx.outbox().insert_target("receiver");
      tx.audit().append({.type = "notification",
                         .booking_id = std::nullopt,
                         .payload = {},
                         .actor = "demo",
                         .actor_role = "staff",
                         .request_id = "test",
                         .created_at = now()});
      const OutboxBatch batch = tx.outbox().next_batch("receiver", now(), 1);
      Delivery delivered = batch.due.at(0);
      delivered.state = DeliveryState::delivered;
      tx.outbox().commit_batch("receiver", {.done = {delivered},
                                            .position = batch.position,
                                            .keeps_log = true,
                                            .now = now(),
                                            .keep_log_from = ""});
    });
  }

  int rows(const std::string& table) const {
    return SQLite::Database(folder.file("hss.db"))
        .execAndGet("SELECT count(*) FROM " + table)
        .getInt();
  }
  /// The tables of fill() that still have a row; the keys' table if it has a retired one.
  std::vector<std::string> left() const {
    std::vector<std::string> tables;
    for (const char* table : {"remembered_answers", "sessions", "one_time_links", "pin_failures",
                              "device_marks", "deliveries"}) {
      if (rows(table) > 0) tables.emplace_back(table);
    }
    if (rows("token_keys") > 1) tables.emplace_back("token_keys");
    return tables;
  }
  void prune() {
    while (store.transact([&](Tx& tx) { return tx.delete_expired(expiry_at(clock.now()), 2); })) {
    }
  }
};

void wait_until(const auto& is_so) {
  while (!is_so()) std::this_thread::yield();
}

}  // namespace

TEST_CASE("each kind that is kept for a while is there for its time, and gone behind it") {
  using Tables = std::vector<std::string>;
  Database database;
  database.fill();
  const milliseconds a_moment(1);
  milliseconds passed(0);
  const auto left_after = [&](milliseconds time) {
    database.clock.advance(time - passed);
    passed = time;
    database.prune();
    return database.left();
  };
  CHECK(left_after(link_lasts - a_moment) == Tables{"remembered_answers", "sessions",
                                                    "one_time_links", "pin_failures",
                                                    "device_marks", "deliveries", "token_keys"});
  CHECK(left_after(link_lasts) == Tables{"remembered_answers", "sessions", "pin_failures",
                                         "device_marks", "deliveries", "token_keys"});
  CHECK(left_after(pin_failure_lasts) ==
        Tables{"remembered_answers", "sessions", "device_marks", "deliveries", "token_keys"});
  CHECK(left_after(own_session_lasts) ==
        Tables{"remembered_answers", "device_marks", "deliveries", "token_keys"});
  CHECK(left_after(idempotency_key_lifetime) ==
        Tables{"remembered_answers", "device_marks", "deliveries"});
  CHECK(left_after(idempotency_key_lifetime + a_moment) == Tables{"device_marks", "deliveries"});
  CHECK(left_after(delivery_log_lasts) == Tables{"device_marks", "deliveries"});
  CHECK(left_after(delivery_log_lasts + a_moment) == Tables{"device_marks"});
  CHECK(left_after(trusted_device_lifetime) == Tables{});
  CHECK(database.rows("token_keys") == 1);
}

TEST_CASE("2,100 expired answers are gone soon after the start, with no request that has a key") {
  Database database;
  database.insert_answers(
      2'100, to_rfc3339(database.clock.now() - idempotency_key_lifetime - milliseconds(1)));
  database.insert_answers(7, to_rfc3339(database.clock.now() - idempotency_key_lifetime));
  const hss::storage::Pruner pruner(database.store, database.clock.clock());
  wait_until([&] { return database.rows("remembered_answers") <= 7; });
  CHECK(database.rows("remembered_answers") == 7);
}

TEST_CASE("what expires while the server runs is gone without a request") {
  Database database;
  database.insert_answers(3, database.now());
  const hss::storage::Pruner pruner(database.store, database.clock.clock(),
                                    {.interval = milliseconds(1)});
  database.clock.advance(idempotency_key_lifetime + milliseconds(1));
  wait_until([&] { return database.rows("remembered_answers") == 0; });
  CHECK(database.left().empty());
}

TEST_CASE("an answer that a wrong clock dated years ahead is not kept for years") {
  Database database;
  database.insert_answers(
      1, to_rfc3339(database.clock.now() + idempotency_key_lifetime + milliseconds(1)));
  database.insert_answers(1, to_rfc3339(database.clock.now() + idempotency_key_lifetime));
  database.prune();
  CHECK(database.rows("remembered_answers") == 1);
}

TEST_CASE("no transaction of the pruner deletes more than a few rows of a kind") {
  Database database;
  database.insert_answers(5, to_rfc3339(database.clock.now() - 2 * idempotency_key_lifetime));
  const auto prune = [&] {
    return database.store.transact(
        [&](Tx& tx) { return tx.delete_expired(expiry_at(database.clock.now()), 2); });
  };
  CHECK(prune());
  CHECK(database.rows("remembered_answers") == 3);
  CHECK(prune());
  CHECK_FALSE(prune());
  CHECK(database.rows("remembered_answers") == 0);
}
