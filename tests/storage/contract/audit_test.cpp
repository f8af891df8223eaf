#include <catch2/catch_test_macros.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "domain/error.h"
#include "storage/contract/backend.h"

using namespace hss::domain;
using namespace hss::test;

TEST_CASE("the audit trail is filtered by booking and by type, newest first") {
  Backend backend(each_engine());
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

TEST_CASE("an event comes back as it was appended, its payload as JSON in the order given") {
  Backend backend(each_engine());
  const std::string id = backend.create().id;
  backend.store.transact([&](Tx& tx) {
    tx.audit().append({.type = "status_updated",
                       .booking_id = id,
                       .payload = {{"to", std::string("submitted")},
                                   {"count", std::int64_t{-7}},
                                   {"correction", true},
                                   {"a", std::string("\"é\\\n")}},
                       .actor = "sipho@tuks.co.za",
                       .actor_role = "admin",
                       .request_id = "req-1",
                       .created_at = "2026-11-22T09:30:00.123Z"});
    tx.audit().append(an_event("account_created", std::nullopt, "2026-11-22T09:31:00.000Z"));
  });
  const auto events =
      backend.store.read([](Reader& reader) { return reader.audit().list({}, {}); }).rows;
  REQUIRE(events.size() == 3);
  CHECK(events[0].id == 3);
  CHECK(events[0].type == "account_created");
  CHECK_FALSE(events[0].booking_id.has_value());
  CHECK(events[0].payload == "{}");
  CHECK(events[1].id == 2);
  CHECK(events[1].type == "status_updated");
  CHECK(events[1].booking_id == id);
  CHECK(events[1].payload == R"({"to":"submitted","count":-7,"correction":true,"a":"\"é\\\n"})");
  CHECK(events[1].actor == "sipho@tuks.co.za");
  CHECK(events[1].actor_role == "admin");
  CHECK(events[1].request_id == "req-1");
  CHECK(events[1].created_at == "2026-11-22T09:30:00.123Z");
  CHECK(events[2].id == 1);
}

TEST_CASE("the audit trail is listed page by page, each event once, also filtered") {
  Backend backend(each_engine());
  const std::string id = backend.create().id;
  for (int i = 0; i < 5; ++i) {
    backend.store.transact([&](Tx& tx) {
      tx.audit().append(an_event("notification", id, backend.now()));
      tx.audit().append(an_event("account_changed", std::nullopt, backend.now()));
    });
  }
  const auto paged = [&](const AuditFilter& filter) {
    std::vector<std::int64_t> ids;
    Page page{.limit = 2};
    do {
      const auto slice =
          backend.store.read([&](Reader& reader) { return reader.audit().list(filter, page); });
      for (const AuditEvent& event : slice.rows) ids.push_back(event.id);
      page.cursor = slice.next_cursor;
      // An event that is inserted meanwhile does not move the rest.
      backend.store.transact(
          [&](Tx& tx) { tx.audit().append(an_event("notification", id, backend.now())); });
    } while (page.cursor);
    return ids;
  };
  using Ids = std::vector<std::int64_t>;
  CHECK(paged({.event_type = "account_changed"}) == Ids{11, 9, 7, 5, 3});
  CHECK(paged({.booking_id = id, .event_type = "booking_submitted"}) == Ids{1});
  CHECK(paged({.booking_id = id}) == Ids{15, 14, 13, 12, 10, 8, 6, 4, 2, 1});
  CHECK(paged({}).size() == 20);
  const auto offset = backend.store.read([](Reader& reader) {
    return reader.audit().list({.event_type = "account_changed"}, {.limit = 2, .offset = 4});
  });
  REQUIRE(offset.rows.size() == 1);
  CHECK(offset.rows[0].id == 3);
  CHECK_FALSE(offset.next_cursor.has_value());
}

TEST_CASE("the events of a unit of work that fails leave no gap in the trail") {
  Backend backend(each_engine());
  backend.create();
  CHECK_THROWS(backend.store.transact([&](Tx& tx) {
    tx.audit().append(an_event("account_changed", std::nullopt, backend.now()));
    throw Error(ErrorCode::conflict, "changed my mind");
  }));
  backend.create();
  const auto events =
      backend.store.read([](Reader& reader) { return reader.audit().list({}, {}); }).rows;
  REQUIRE(events.size() == 2);
  CHECK(events[0].id == 2);
  CHECK(events[1].id == 1);
  const AuditReport report = backend.store.verify_audit(backend.now());
  CHECK_FALSE(report.violation.has_value());
  CHECK(report.events == 2);
}

TEST_CASE("an empty audit trail and one that nobody touched are verified to their ends") {
  Backend backend(each_engine());
  const AuditReport empty = backend.store.verify_audit("2026-11-22T08:00:00.000Z");
  CHECK_FALSE(empty.violation.has_value());
  CHECK(empty.events == 0);
  CHECK(empty.bookings == 0);
  const std::string id = backend.create().id;
  backend.create();
  backend.step(id, Status::approved);
  backend.store.transact([&](Tx& tx) {
    backend.bookings.pay(tx, id, "card", staff);
    backend.bookings.notify(tx, {.message = "Come \"early\"", .booking_id = id}, staff);
    tx.audit().append(an_event("account_created", std::nullopt, backend.now()));
  });
  const AuditReport shared = backend.store.verify_audit("2026-11-22T09:00:00.000Z");
  CHECK_FALSE(shared.violation.has_value());
  CHECK(shared.events == 6);
  CHECK(shared.bookings == 2);
  CHECK(shared.checked_at == "2026-11-22T09:00:00.000Z");
  const AuditReport own =
      backend.store.read([](Reader& reader) { return reader.audit().verify(); });
  CHECK_FALSE(own.violation.has_value());
  CHECK(own.events == 6);
  CHECK(own.bookings == 2);
}

TEST_CASE("a booking that the audit trail knows otherwise is a violation") {
  Backend backend(each_engine());
  Booking booking = backend.create();
  booking.status = Status::approved;
  backend.store.transact([&](Tx& tx) { tx.bookings().update_status(booking); });
  CHECK(backend.store.verify_audit(backend.now()).violation.has_value());
  CHECK(backend.store.read([](Reader& reader) { return reader.audit().verify(); })
            .violation.has_value());
}
