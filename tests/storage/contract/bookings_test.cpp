// A booking, its items, steps and payment.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "domain/error.h"
#include "storage/contract/backend.h"

using namespace hss::domain;
using namespace hss::test;

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
  CHECK(items[0].type == ItemType::fridge);
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
