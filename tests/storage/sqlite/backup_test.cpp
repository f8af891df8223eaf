#include "storage/sqlite/backup.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <filesystem>
#include <iterator>
#include <stop_token>
#include <thread>
#include <vector>

#include "domain/bookings/booking_service.h"
#include "domain/error.h"
#include "domain/events/webhook_service.h"
#include "storage/sqlite/database_file.h"
#include "storage/sqlite/sqlite_store.h"
#include "support.h"

using namespace hss::domain;
using namespace hss::storage;
using namespace hss::test;

namespace {

const auto quiet = [](const std::string&) {};

}  // namespace

TEST_CASE("a backup taken while bookings come in is whole and of one moment") {
  TempFolder folder;
  TestClock clock;
  SqliteStore store(folder.file("hss.db"), quiet);
  const BookingService bookings(clock.clock(), seeded_random());
  std::atomic<bool> done = false;
  std::thread writer([&] {
    while (!done) store.transact([&](Tx& tx) { bookings.create(tx, a_draft(), staff); });
  });
  while (store.read([](Reader& reader) { return reader.reports().overview().total_bookings; }) <
         20) {
    std::this_thread::yield();
  }
  back_up(folder.file("hss.db"), folder.file("copy.db"), Secrets::left_out, quiet);
  done = true;
  writer.join();

  SQLite::Database copy(folder.file("copy.db"), SQLite::OPEN_READONLY);
  CHECK(copy.execAndGet("PRAGMA integrity_check").getString() == "ok");
  const auto bookings_in_copy = copy.execAndGet("SELECT count(*) FROM bookings").getInt();
  CHECK(bookings_in_copy >= 20);
  CHECK(copy.execAndGet("SELECT count(*) FROM audit_events").getInt() == bookings_in_copy);
  CHECK_FALSE(std::filesystem::exists(folder.file("copy.db.part")));
  SqliteStore restored(folder.file("copy.db"), quiet);
  CHECK(restored.read([](Reader& reader) { return reader.reports().overview().total_bookings; }) ==
        bookings_in_copy);
}

TEST_CASE("a backup never overwrites a file") {
  TempFolder folder;
  { const SqliteStore store(folder.file("hss.db"), quiet); }
  write_file(folder.file("copy.db"), "yesterday's");
  CHECK_THROWS_AS(back_up(folder.file("hss.db"), folder.file("copy.db"), Secrets::left_out, quiet),
                  Error);
  CHECK(read_file(folder.file("copy.db")) == "yesterday's");
}

TEST_CASE("a backup that cannot be written leaves nothing behind") {
  TempFolder folder;
  { const SqliteStore store(folder.file("hss.db"), quiet); }
  CHECK_THROWS_AS(
      back_up(folder.file("hss.db"), folder.file("nowhere/copy.db"), Secrets::left_out, quiet),
      Error);
  CHECK_FALSE(std::filesystem::exists(folder.file("nowhere")));
}

TEST_CASE("names that are no files to make are told as that, and nothing is made") {
  TempFolder folder;
  { const SqliteStore store(folder.file("hss.db"), quiet); }
  write_file(folder.file("hss.db.part"), "somebody's own");
  const std::string to = GENERATE("-", ":memory:", "file:y.db?mode=memory", "", "FOLDER",
                                  "FOLDER/x/y.db", "FOLDER/hss.db-wal", "FOLDER/hss.db-journal");
  const std::string name = to.starts_with("FOLDER") ? folder.file("") + to.substr(6) : to;
  INFO(name);
  CHECK_THROWS_AS(back_up(folder.file("hss.db"), name, Secrets::left_out, quiet), Error);
  CHECK_FALSE(std::filesystem::exists(folder.file("hss.db-wal")));
  CHECK(std::distance(std::filesystem::directory_iterator(folder.file("")), {}) == 2);
  CHECK(read_file(folder.file("hss.db.part")) == "somebody's own");
}

TEST_CASE("of two backups to one name one is made, whole, and the other is refused") {
  TempFolder folder;
  {
    SqliteStore store(folder.file("hss.db"), quiet);
    store.transact([&](Tx& tx) {
      tx.token_keys().insert({.bytes = std::string(40, 'k'), .created_at = "2026"}, "9");
    });
  }
  std::atomic<int> made = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        try {
          back_up(folder.file("hss.db"), folder.file("copy.db"), Secrets::left_out, quiet);
          ++made;
        } catch (const Error& error) {
          CHECK(error.code() == ErrorCode::conflict);
        }
      });
    }
  }
  CHECK(made == 1);
  SQLite::Database copy(folder.file("copy.db"));
  CHECK(copy.execAndGet("PRAGMA integrity_check").getString() == "ok");
  CHECK(copy.execAndGet("SELECT count(*) FROM token_keys").getInt() == 0);
  CHECK(std::distance(std::filesystem::directory_iterator(folder.file("")), {}) == 2);
}

TEST_CASE("what was deleted before a backup is not in it") {
  TempFolder folder;
  const std::string secret = "a-secret-that-was-deleted-";
  {
    SqliteStore store(folder.file("hss.db"), quiet);
    store.transact([&](Tx& tx) {
      for (int i = 0; i < 200; ++i) {
        tx.idempotency().insert({.scope = "s",
                                 .key = secret + std::to_string(i),
                                 .body = secret + std::string(300, 'x'),
                                 .created_at = "2026-11-22T08:00:00.000Z"},
                                "");
      }
    });
  }
  SQLite::Database(folder.file("hss.db"), SQLite::OPEN_READWRITE)
      .exec("PRAGMA secure_delete = OFF; DELETE FROM remembered_answers");
  REQUIRE(read_file(folder.file("hss.db")).find(secret) != std::string::npos);
  back_up(folder.file("hss.db"), folder.file("copy.db"), Secrets::left_out, quiet);
  CHECK(read_file(folder.file("copy.db")).find(secret) == std::string::npos);
}

TEST_CASE("every copy is whole in one file, which says so in its header") {
  TempFolder folder;
  SqliteStore store(folder.file("hss.db"), quiet);
  const Secrets secrets = GENERATE(Secrets::kept, Secrets::left_out);
  back_up(folder.file("hss.db"), folder.file("copy.db"), secrets, quiet);
  CHECK(format_of(folder.file("copy.db")) == FileFormat::rollback);
  CHECK(SQLite::Database(folder.file("copy.db")).execAndGet("PRAGMA journal_mode").getString() ==
        "delete");
}

TEST_CASE("a backup that is broken off leaves nothing") {
  TempFolder folder;
  { const SqliteStore store(folder.file("hss.db"), quiet); }
  std::stop_source stop;
  stop.request_stop();
  CHECK_THROWS_AS(back_up(folder.file("hss.db"), folder.file("copy.db"), Secrets::left_out, quiet,
                          stop.get_token()),
                  Error);
  CHECK(std::distance(std::filesystem::directory_iterator(folder.file("")), {}) == 1);
}

TEST_CASE("a backup holds nothing that lets its finder in, and what was deleted is overwritten") {
  TempFolder folder;
  const std::string key = "a key of thirty-two or more bytes";
  const std::string session = "5e5510n5e5510n5e5510n5e5510n5e55";
  const std::string link(64, 'e'), mark(64, 'd');
  {
    SqliteStore store(folder.file("hss.db"), quiet);
    store.transact([&](Tx& tx) {
      CHECK(tx.accounts().insert({.id = "ACC-0000000001",
                                  .email = "olga@x.co.za",
                                  .name = "Olga",
                                  .created_at = "2026-11-22T08:00:00.000Z"}));
      tx.token_keys().insert({.bytes = key, .created_at = "2026-11-22T08:00:00.000Z"}, "9");
      tx.sessions().insert({.id = session,
                            .account_id = "ACC-0000000001",
                            .created_at = "2026-11-22T08:00:00.000Z",
                            .expires_at = "9"},
                           "2026");
      tx.accounts().insert_link(
          {.token_hash = link, .account_id = "ACC-0000000001", .expires_at = "9"});
      tx.accounts().put_trusted_device(
          {.hash = mark, .account_id = "ACC-0000000001", .used_at = "2026"}, "0", 9);
    });
    back_up(folder.file("hss.db"), folder.file("copy.db"), Secrets::left_out, quiet);
    back_up(folder.file("hss.db"), folder.file("beside.db"), Secrets::kept, quiet);
  }
  for (const std::string& secret : {key, session, link, mark}) {
    INFO(secret);
    CHECK(read_file(folder.file("beside.db")).find(secret) != std::string::npos);
    CHECK(read_file(folder.file("copy.db")).find(secret) == std::string::npos);
  }
  CHECK_FALSE(std::filesystem::exists(folder.file("copy.db.part-wal")));
  CHECK_FALSE(std::filesystem::exists(folder.file("copy.db.part-journal")));
  // The copy is a database that can be used.
  SqliteStore restored(folder.file("copy.db"), quiet);
  CHECK(restored.read([](Reader& reader) {
    return reader.accounts().find_by_email("olga@x.co.za").has_value() &&
           reader.token_keys().list("2026").empty();
  }));
}

TEST_CASE("a backup does not let its finder speak as a webhook, and can be gone on with") {
  TempFolder folder;
  const std::string secret(32, 's'), address = "https://1.1.1.1/hooks?or=the-query";
  TestClock clock;
  const BookingService bookings(clock.clock(), seeded_random());
  const WebhookService webhooks(clock.clock(), seeded_random());
  {
    SqliteStore store(folder.file("hss.db"), quiet);
    store.transact([&](Tx& tx) {
      tx.outbox().insert_target("sns");
      const Webhook webhook = webhooks.add(tx, address, secret, staff);
      tx.idempotency().insert(
          {.scope = "ACC-0000000001",
           .key = "key",
           .body = R"({"id":")" + webhook.id + R"(","url":")" + address + R"("})"},
          "");
      bookings.create(tx, a_draft(), staff);
      const auto events = tx.outbox().list_after(0, 1);
      tx.outbox().commit_batch(webhook.id, {.done = {{.target = webhook.id,
                                                      .event = events.at(0),
                                                      .state = DeliveryState::dead_lettered,
                                                      .error = "The answer was 410"}},
                                            .position = events.at(0).id,
                                            .now = "2026-11-22T08:00:01.000Z"});
    });
    CHECK(back_up(folder.file("hss.db"), folder.file("copy.db"), Secrets::left_out, quiet) == 1);
    CHECK(back_up(folder.file("hss.db"), folder.file("beside.db"), Secrets::kept, quiet) == 0);
  }
  for (const std::string& text : {secret, std::string("or=the-query")}) {
    INFO(text);
    CHECK(read_file(folder.file("beside.db")).find(text) != std::string::npos);
    CHECK(read_file(folder.file("copy.db")).find(text) == std::string::npos);
  }
  SqliteStore restored(folder.file("copy.db"), quiet);
  restored.transact([&](Tx& tx) {
    CHECK(tx.webhooks().list().empty());
    CHECK(tx.outbox().list_deliveries(std::nullopt, std::nullopt, {}).rows.empty());
    REQUIRE(tx.outbox().list_targets().size() == 1);
    CHECK(tx.outbox().list_targets()[0].name == "sns");
    CHECK(tx.outbox().list_targets()[0].backlog == 1);
    CHECK_FALSE(webhooks.add(tx, address, "", staff).secret.empty());
  });
}
