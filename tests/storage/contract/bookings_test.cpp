// A booking, its items, steps and payment.
#include <catch2/catch_test_macros.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "domain/error.h"
#include "storage/contract/backend.h"

using namespace hss::domain;
using namespace hss::test;

namespace {

Booking a_booking(const std::string& id, std::optional<std::string> owner = std::nullopt) {
  return {.id = id,
          .customer_name = "Sipho Dlamini",
          .email = "sipho@tuks.co.za",
          .pickup_date = "2026-12-02",
          .pickup_window = "11:00 – 14:00",
          .address = "1 Lynnwood Road",
          .item_count = 2,
          .price = {.duration_months = 2,
                    .monthly_subtotal = {12'345},
                    .handling_fee = {67},
                    .total = {24'757}},
          .created_at = "2026-11-22T08:00:00.001Z",
          .updated_at = "2026-11-22T08:00:00.002Z",
          .owner = std::move(owner)};
}

std::vector<Item> two_items() {
  return {{.type = "suitcase"}, {.type = "other", .name = "A study lamp"}};
}

}  // namespace

TEST_CASE("a booking comes back as it was made") {
  Backend backend(each_engine());
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
  CHECK(items[0].type == "fridge");
  CHECK_FALSE(items[0].name.has_value());
  CHECK(items[1].name == "Books — Ünïcode");
  CHECK(items[1].s3_key == "bookings/draft/1-books.jpg");
}

TEST_CASE("what does not exist is not found") {
  Backend backend(each_engine());
  CHECK_FALSE(backend.store.read([](Reader& reader) { return reader.bookings().find("HSS-"); })
                  .has_value());
  CHECK_THROWS_AS(backend.store.read(
                      [](Reader& reader) { return reader.bookings().get("x", staff.principal); }),
                  Error);
}

TEST_CASE("a booking keeps every member that it was inserted with") {
  Backend backend(each_engine());
  const Account account = backend.add_account("sipho@tuks.co.za");
  const Booking made = a_booking("HSS-0000000001", account.id);
  CHECK(backend.store.transact([&](Tx& tx) { return tx.bookings().insert(made, two_items()); }));
  const auto found =
      backend.store.read([](Reader& reader) { return reader.bookings().find("HSS-0000000001"); });
  REQUIRE(found.has_value());
  CHECK(found->id == made.id);
  CHECK(found->customer_name == made.customer_name);
  CHECK(found->email == made.email);
  CHECK(found->pickup_date == made.pickup_date);
  CHECK(found->pickup_window == made.pickup_window);
  CHECK(found->address == made.address);
  CHECK(found->item_count == 2);
  CHECK(found->price.duration_months == 2);
  CHECK(found->price.monthly_subtotal == Money{12'345});
  CHECK(found->price.handling_fee == Money{67});
  CHECK(found->price.total == Money{24'757});
  CHECK(found->status == Status::submitted);
  CHECK(found->created_at == made.created_at);
  CHECK(found->updated_at == made.updated_at);
  CHECK_FALSE(found->payment_reference.has_value());
  CHECK(found->owner == account.id);
}

TEST_CASE("a booking whose id is taken changes nothing, and what follows it is committed") {
  Backend backend(each_engine());
  const bool was_inserted = backend.store.transact(
      [&](Tx& tx) { return tx.bookings().insert(a_booking("HSS-0000000001"), two_items()); });
  CHECK(was_inserted);
  const auto [again, other] = backend.store.transact([&](Tx& tx) {
    Booking second = a_booking("HSS-0000000001");
    second.customer_name = "Somebody Else";
    second.item_count = 1;
    const bool taken = tx.bookings().insert(second, {{.type = "bed"}});
    return std::pair(taken, tx.bookings().insert(a_booking("HSS-0000000002"), two_items()));
  });
  CHECK_FALSE(again);
  CHECK(other);
  const auto found =
      backend.store.read([](Reader& reader) { return reader.bookings().find("HSS-0000000001"); });
  CHECK(found->customer_name == "Sipho Dlamini");
  CHECK(backend.store
            .read([](Reader& reader) { return reader.bookings().find_items("HSS-0000000001"); })
            .size() == 2);
  CHECK(backend.list({}) == std::vector<std::string>{"HSS-0000000002", "HSS-0000000001"});
}

TEST_CASE("a booking that somebody may not see is not found, in the words for one that is none") {
  Backend backend(each_engine());
  const Account owner = backend.add_account("sipho@tuks.co.za");
  const Account other = backend.add_account("lerato@tuks.co.za");
  const std::string id = backend.create(a_draft(), customer_of(owner)).id;
  const auto rejection = [&](const std::string& wanted, const Principal& viewer) {
    try {
      backend.store.read([&](Reader& reader) { return reader.bookings().get(wanted, viewer); });
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::not_found);
      return std::string(error.what());
    }
    return std::string();
  };
  CHECK(rejection(id, customer_of(owner).principal).empty());
  CHECK(rejection(id, staff.principal).empty());
  CHECK(rejection(id, customer_of(other).principal) == "There is no booking " + id);
  CHECK(rejection("HSS-0000000000", customer_of(other).principal) ==
        "There is no booking HSS-0000000000");
}

TEST_CASE("a step changes a booking's status and when it was updated, and no other booking") {
  Backend backend(each_engine());
  const Booking stepped = backend.create();
  const Booking other = backend.create();
  backend.store.transact([&](Tx& tx) {
    Booking booking = stepped;
    booking.status = Status::approved;
    booking.updated_at = "2026-11-23T09:00:00.123Z";
    tx.bookings().update_status(booking);
  });
  const auto find = [&](const std::string& id) {
    return backend.store.read(
        [&](Reader& reader) { return reader.bookings().get(id, staff.principal); });
  };
  CHECK(find(stepped.id).status == Status::approved);
  CHECK(find(stepped.id).updated_at == "2026-11-23T09:00:00.123Z");
  CHECK(find(stepped.id).created_at == stepped.created_at);
  CHECK(find(other.id).status == Status::submitted);
  CHECK(find(other.id).updated_at == other.updated_at);
}

TEST_CASE("a payment takes its booking from approved to paid, and stays with it") {
  Backend backend(each_engine());
  const Booking booking = backend.create();
  backend.step(booking.id, Status::approved);
  backend.store.transact([&](Tx& tx) {
    tx.bookings().insert_payment(booking.id, {.reference = "PAY-0000000001",
                                              .method = "cash",
                                              .amount = booking.price.total,
                                              .created_at = "2026-11-24T10:00:00.000Z"});
  });
  const auto find = [&] {
    return backend.store.read(
        [&](Reader& reader) { return reader.bookings().get(booking.id, staff.principal); });
  };
  CHECK(find().status == Status::paid);
  CHECK(find().payment_reference == "PAY-0000000001");
  CHECK(find().updated_at == "2026-11-24T10:00:00.000Z");
  backend.step(booking.id, Status::collected);
  CHECK(find().payment_reference == "PAY-0000000001");
}

TEST_CASE("a booking's steps are told oldest first, with who took them and why") {
  Backend backend(each_engine());
  const std::string id = backend.create().id;
  const std::string other = backend.create().id;
  backend.clock.advance(std::chrono::hours(1));
  backend.step(id, Status::approved);
  const Caller admin{
      {.account = "admin@hss.co.za", .role = Role::admin, .auth_method = AuthMethod::by_account},
      "test-request"};
  backend.store.transact([&](Tx& tx) {
    backend.bookings.pay(tx, id, "eft", admin);
    backend.bookings.notify(tx, {.message = "Thank you", .booking_id = id}, staff);
    backend.bookings.change_status(tx, id, {.to = Status::collected}, staff);
    backend.bookings.change_status(tx, id, {.to = Status::paid, .reason = "Wrong \"box\""}, staff);
  });
  const auto steps_of = [&](const std::string& wanted) {
    return backend.store.read([&](Reader& reader) { return reader.bookings().find_steps(wanted); });
  };
  const auto steps = steps_of(id);
  REQUIRE(steps.size() == 5);
  CHECK(steps[0].status == Status::submitted);
  CHECK(steps[0].at == "2026-11-22T08:00:00.000Z");
  CHECK(steps[0].actor == "demo");
  CHECK(steps[0].actor_role == "staff");
  CHECK(steps[1].status == Status::approved);
  CHECK(steps[1].at == "2026-11-22T09:00:00.000Z");
  CHECK_FALSE(steps[1].reason.has_value());
  CHECK_FALSE(steps[1].is_correction);
  CHECK(steps[2].status == Status::paid);
  CHECK(steps[2].payment_method == "eft");
  CHECK(steps[2].actor == "admin@hss.co.za");
  CHECK(steps[2].actor_role == "admin");
  CHECK(steps[3].status == Status::collected);
  CHECK(steps[4].status == Status::paid);
  CHECK(steps[4].reason == "Wrong \"box\"");
  CHECK_FALSE(steps[4].payment_method.has_value());
  CHECK(steps[4].is_correction);
  CHECK(steps_of(other).size() == 1);
  CHECK(steps_of("HSS-0000000000").empty());
}
