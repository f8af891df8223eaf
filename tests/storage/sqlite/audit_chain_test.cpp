#include "storage/sql/audit_chain.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "domain/bookings/booking_service.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/sqlite_store.h"
#include "support.h"

using namespace hss::domain;
using namespace hss::storage;
using namespace hss::test;

namespace {

/// A file with two bookings, one of them approved.
void fill(const std::string& path) {
  TestClock clock;
  SqliteStore store(path, [](const std::string&) {});
  const BookingService bookings(clock.clock(), seeded_random());
  store.transact([&](Tx& tx) {
    const std::string id = bookings.create(tx, a_draft(), staff).id;
    bookings.create(tx, a_draft(), staff);
    bookings.change_status(tx, id, {.to = Status::approved}, staff);
    bookings.notify(tx, {.message = "Come \"early\"", .booking_id = id}, staff);
  });
}

AuditReport verify(const std::string& path) {
  SqliteConnection connection(path, SqliteConnection::Mode::read_only);
  return verify_chain(connection);
}

/// Changes the file as somebody who knows SQL and drops the protecting triggers first.
void tamper(const std::string& path, const std::string& sql) {
  SQLite::Database database(path, SQLite::OPEN_READWRITE);
  for (const char* trigger : {"audit_events_keep", "audit_events_stay", "audit_events_append",
                              "bookings_step", "bookings_stay"}) {
    database.exec("DROP TRIGGER " + std::string(trigger));
  }
  database.exec(sql);
}

}  // namespace

TEST_CASE("an untouched audit trail holds") {
  TempFolder folder;
  fill(folder.file("hss.db"));
  const AuditReport report = verify(folder.file("hss.db"));
  CHECK_FALSE(report.violation.has_value());
  CHECK(report.events == 4);
  CHECK(report.bookings == 2);
}

TEST_CASE("an empty audit trail holds") {
  TempFolder folder;
  {
    const SqliteStore store(folder.file("hss.db"), [](const std::string&) {});
  }
  CHECK_FALSE(verify(folder.file("hss.db")).violation.has_value());
}

TEST_CASE("a change made outside the program shows") {
  const std::string sql =
      GENERATE(as<std::string>{}, "UPDATE audit_events SET actor = 'nobody' WHERE id = 2",
               "UPDATE audit_events SET payload = '{\"status\":\"paid\"}' WHERE id = 1",
               "UPDATE audit_events SET created_at = '2020-01-01T00:00:00.000Z' WHERE id = 3",
               "UPDATE audit_events SET booking_id = NULL WHERE id = 1",
               "DELETE FROM audit_events WHERE id = 2", "DELETE FROM audit_events WHERE id = 1",
               "DELETE FROM audit_events WHERE id >= 3", "DELETE FROM audit_events",
               "UPDATE audit_events SET hash = randomblob(32) WHERE id = 4",
               "UPDATE audit_events SET id = 9 WHERE id = 4",
               "UPDATE audit_events SET previous_hash = randomblob(32) WHERE id = 3",
               "UPDATE bookings SET status = 'returned' WHERE seq = 2");
  TempFolder folder;
  fill(folder.file("hss.db"));
  tamper(folder.file("hss.db"), sql);
  INFO(sql);
  CHECK(verify(folder.file("hss.db")).violation.has_value());
}

TEST_CASE("the store tells of a change made outside the program in a sentence") {
  TempFolder folder;
  fill(folder.file("hss.db"));
  SqliteStore store(folder.file("hss.db"), [](const std::string&) {});
  const AuditReport whole = store.verify_audit("2026-11-22T09:00:00.000Z");
  CHECK_FALSE(whole.violation.has_value());
  CHECK(whole.events == 4);
  CHECK(whole.checked_at == "2026-11-22T09:00:00.000Z");
  tamper(folder.file("hss.db"), "UPDATE audit_events SET actor = 'nobody' WHERE id = 2");
  const AuditReport changed = store.verify_audit("2026-11-22T10:00:00.000Z");
  CHECK(changed.violation == "Audit event 2 was changed");
  CHECK(changed.events == 1);
  CHECK(changed.checked_at == "2026-11-22T10:00:00.000Z");
}

TEST_CASE("an audit event that is gone is named, also where it was the first") {
  TempFolder folder;
  fill(folder.file("hss.db"));
  tamper(folder.file("hss.db"), "DELETE FROM audit_events WHERE id = 3");
  CHECK(verify(folder.file("hss.db")).violation == "Audit event 3 is missing");
  SQLite::Database(folder.file("hss.db"), SQLite::OPEN_READWRITE)
      .exec("DELETE FROM audit_events WHERE id = 1");
  const AuditReport report = verify(folder.file("hss.db"));
  CHECK(report.violation == "Audit event 1 is missing");
  CHECK(report.events == 0);
}

TEST_CASE("a booking is made while the audit trail is looked through") {
  TempFolder folder;
  fill(folder.file("hss.db"));
  TestClock clock;
  SqliteStore store(folder.file("hss.db"), [](const std::string&) {});
  const BookingService bookings(clock.clock(), [](std::span<std::uint8_t> bytes) {
    std::fill(bytes.begin(), bytes.end(), std::uint8_t{77});
  });
  // The reader's view is open when the writer begins, and the writer ends before the view does.
  const AuditReport report = store.read([&](Reader& reader) {
    reader.reports().overview();
    store.transact([&](Tx& tx) { bookings.create(tx, a_draft(), staff); });
    return reader.audit().verify();
  });
  CHECK_FALSE(report.violation.has_value());
  CHECK(report.events == 4);
  CHECK(store.verify_audit("").events == 5);
}

TEST_CASE("a hash is of the documented text") {
  const AuditEvent event{.id = 1,
                         .type = "t",
                         .booking_id = std::nullopt,
                         .payload = "{}",
                         .actor = "a",
                         .actor_role = "r",
                         .request_id = "q",
                         .created_at = "c"};
  // printf '%s' '[1,"000…000","t",null,"{}","a","r","q","c"]' | sha256sum
  const std::string hash = chain_hash(event, std::string(32, '\0'));
  std::string hex;
  for (const char c : hash) {
    constexpr const char* digits = "0123456789abcdef";
    hex += digits[static_cast<unsigned char>(c) >> 4];
    hex += digits[static_cast<unsigned char>(c) & 15];
  }
  CHECK(hex == "08893877291eb0dc9c70ba69b1ddfbe4e2d5703b344ee170cdec091010b5f157");
}
