#include "domain/bookings/booking_service.h"

#include <catch2/catch_test_macros.hpp>

#include "domain/error.h"
#include "storage/sqlite/sqlite_store.h"
#include "support.h"

using namespace hss::domain;
using namespace hss::test;

namespace {

struct BookingFixture {
  TestClock clock;
  hss::storage::SqliteStore store{":memory:", [](const std::string&) {}};
  BookingService bookings{clock.clock(), seeded_random()};

  Booking create(const BookingDraft& draft = a_draft()) {
    return store.transact([&](Tx& tx) { return bookings.create(tx, draft, staff); });
  }
  Booking step(const std::string& id, Status to, const std::string& reason = "") {
    return store.transact([&](Tx& tx) {
      return bookings.change_status(tx, id, {.to = to, .reason = reason}, staff);
    });
  }
  Payment pay(const std::string& id) {
    return store.transact([&](Tx& tx) { return bookings.pay(tx, id, "card", staff); });
  }
  Booking get(const std::string& id) {
    return store.read([&](Reader& reader) { return reader.bookings().get(id, staff.principal); });
  }
  std::vector<AuditEvent> audit() {
    return store.read([](Reader& reader) { return reader.audit().list({}, {}).rows; });
  }
};

template <class Call>
ErrorCode code_of(const Call& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.code();
  }
  FAIL("nothing was refused");
  return ErrorCode::internal;
}

}  // namespace

TEST_CASE("a booking goes the whole way, each step in the audit trail") {
  BookingFixture desk;
  const std::string id = desk.create().id;
  desk.clock.advance(std::chrono::minutes(5));
  desk.step(id, Status::approved);
  const Payment payment = desk.pay(id);
  CHECK(payment.amount == Money::rand(1430));
  CHECK(desk.get(id).payment_reference == payment.reference);
  for (const Status to : {Status::collected, Status::in_storage, Status::returned})
    desk.step(id, to);

  const Booking booking = desk.get(id);
  CHECK(booking.status == Status::returned);
  CHECK(booking.created_at == "2026-11-22T08:00:00.000Z");
  CHECK(booking.updated_at == "2026-11-22T08:05:00.000Z");
  std::vector<std::string> types;
  for (const AuditEvent& event : desk.audit()) types.push_back(event.type);
  CHECK(types == std::vector<std::string>{"status_updated", "status_updated", "status_updated",
                                          "payment_captured", "status_updated",
                                          "booking_submitted"});
}

TEST_CASE("setting the status that a booking has changes nothing and tells nobody") {
  BookingFixture desk;
  const std::string id = desk.create().id;
  desk.step(id, Status::approved);
  const auto before = desk.audit().size();
  CHECK(desk.step(id, Status::approved).status == Status::approved);
  CHECK(desk.audit().size() == before);
}

TEST_CASE("the wrong booking was tapped: collected, stored and returned are taken back that day") {
  BookingFixture desk;
  const std::string id = desk.create().id;
  desk.step(id, Status::approved);
  desk.pay(id);
  struct Slip {
    Status slip, back;
  };
  for (const Slip& row :
       {Slip{Status::collected, Status::paid}, Slip{Status::in_storage, Status::collected},
        Slip{Status::returned, Status::in_storage}}) {
    INFO(to_text(row.slip));
    desk.step(id, row.slip);
    CHECK(code_of([&] { desk.step(id, row.back); }) == ErrorCode::conflict);
    CHECK(desk.step(id, row.back, "Tapped the wrong card").status == row.back);
    CHECK(desk.audit().front().payload ==
          R"({"from":")" + std::string(to_text(row.slip)) + R"(","to":")" +
              std::string(to_text(row.back)) +
              R"(","actor_role":"staff","reason":"Tapped the wrong card","correction":true})");
    desk.step(id, row.slip);
  }
  const Overview overview =
      desk.store.read([](Reader& reader) { return reader.reports().overview(); });
  CHECK(overview.paid_revenue == Money::rand(1430));
  CHECK(desk.store.read([](Reader& reader) { return reader.audit().verify(); }).violation ==
        std::nullopt);
}

TEST_CASE("a booking corrected to paid is paid as before, by its one payment") {
  BookingFixture desk;
  const std::string id = desk.create().id;
  desk.step(id, Status::approved);
  const Payment payment = desk.pay(id);
  desk.step(id, Status::collected);
  CHECK(desk.step(id, Status::paid, "Nobody was there").payment_reference == payment.reference);
  CHECK(code_of([&] { desk.pay(id); }) == ErrorCode::conflict);
  const Overview overview =
      desk.store.read([](Reader& reader) { return reader.reports().overview(); });
  CHECK(overview.paid_revenue == Money::rand(1430));
  CHECK(overview.by_status[static_cast<std::size_t>(Status::paid)].count == 1);
  CHECK(overview.by_status[static_cast<std::size_t>(Status::collected)].count == 0);
}

TEST_CASE("a slip is corrected until the end of its day in South Africa") {
  BookingFixture desk;  // it is 8:00 UTC, 10:00 in Pretoria
  const std::string id = desk.create().id;
  desk.step(id, Status::approved);
  desk.pay(id);
  desk.step(id, Status::collected);
  desk.clock.advance(std::chrono::hours(13) + std::chrono::minutes(59));
  desk.step(id, Status::paid, "23:59, and still the same day");
  desk.step(id, Status::collected);
  desk.clock.advance(std::chrono::minutes(2));
  CHECK(code_of([&] { desk.step(id, Status::paid, "Past midnight"); }) == ErrorCode::conflict);
  CHECK(desk.get(id).status == Status::collected);
}

TEST_CASE("what was collected yesterday is not taken back through a slip of today") {
  BookingFixture desk;
  const std::string id = desk.create().id;
  desk.step(id, Status::approved);
  desk.pay(id);
  desk.step(id, Status::collected);
  desk.clock.advance(std::chrono::hours(24));
  desk.step(id, Status::in_storage);
  desk.step(id, Status::collected, "Not yet in the hall");
  CHECK(code_of([&] { desk.step(id, Status::paid, "And never collected"); }) ==
        ErrorCode::conflict);
}

TEST_CASE("an action queued before a correction does not undo it") {
  BookingFixture desk;
  const std::string id = desk.create().id;
  desk.step(id, Status::approved);
  desk.pay(id);
  desk.step(id, Status::collected);
  desk.step(id, Status::paid, "The wrong card");
  const auto queued = [&](Status from, Status to) {
    return desk.store.transact([&](Tx& tx) {
      return desk.bookings.change_status(tx, id, {.to = to, .reason = "", .from = from}, staff);
    });
  };
  CHECK(code_of([&] { queued(Status::collected, Status::in_storage); }) == ErrorCode::conflict);
  CHECK(code_of([&] { queued(Status::approved, Status::collected); }) == ErrorCode::conflict);
  CHECK(desk.get(id).status == Status::paid);
  CHECK(queued(Status::paid, Status::collected).status == Status::collected);
  CHECK(queued(Status::paid, Status::collected).status == Status::collected);
}

TEST_CASE("only an approved booking can be paid, and once") {
  BookingFixture desk;
  const std::string id = desk.create().id;
  CHECK(code_of([&] { desk.pay(id); }) == ErrorCode::conflict);
  desk.step(id, Status::approved);
  desk.pay(id);
  CHECK(code_of([&] { desk.pay(id); }) == ErrorCode::conflict);
}

TEST_CASE("a price that is not the server's is refused with the quote") {
  BookingFixture desk;
  BookingDraft draft = a_draft();
  draft.stated_monthly_subtotal = 360;
  draft.stated_total = 1;
  try {
    desk.create(draft);
    FAIL("the price was believed");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::price_changed);
    CHECK(error.details() == std::vector<std::string>{"duration_months=3", "monthly_subtotal=360",
                                                      "handling_fee=350", "total=1430"});
  }
  draft.stated_total = 1430;
  CHECK_NOTHROW(desk.create(draft));
  draft.stated_handling_fee = 349;
  CHECK_THROWS_AS(desk.create(draft), Error);
}

TEST_CASE("a reference that is taken is drawn again, and never without end") {
  hss::storage::SqliteStore store(":memory:", [](const std::string&) {});
  TestClock clock;
  const auto create = [&](const BookingService& service) {
    return store.transact([&](Tx& tx) { return service.create(tx, a_draft(), staff).id; });
  };
  const BookingService first(clock.clock(),
                             [](auto bytes) { std::fill(bytes.begin(), bytes.end(), 1); });
  CHECK(create(first) == "HSS-1111111111");
  CHECK(code_of([&] { create(first); }) == ErrorCode::unavailable);
  int draws = 0;
  const BookingService second(clock.clock(), [&](auto bytes) {
    std::fill(bytes.begin(), bytes.end(), static_cast<std::uint8_t>(++draws));
  });
  CHECK(create(second) == "HSS-2222222222");
}

TEST_CASE("a message says who wrote it") {
  BookingFixture desk;
  const std::string id = desk.create().id;
  desk.store.transact([&](Tx& tx) {
    desk.bookings.notify(tx, {.message = "We come at nine", .booking_id = id}, staff);
  });
  const auto sent =
      desk.store.read([&](Reader& reader) { return reader.notifications().list(id, {}).rows; });
  REQUIRE(sent.size() == 1);
  CHECK(sent[0].actor == desk.audit().front().actor);
  CHECK(sent[0].actor_role == "staff");
}

TEST_CASE("a notification about a booking that does not exist is refused") {
  BookingFixture desk;
  CHECK(code_of([&] {
          desk.store.transact([&](Tx& tx) {
            desk.bookings.notify(tx, {.message = "Hello", .booking_id = "HSS-0000000000"}, staff);
          });
        }) == ErrorCode::not_found);
  CHECK(desk.audit().empty());
}
