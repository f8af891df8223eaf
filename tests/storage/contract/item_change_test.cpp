// Other items of a booking: what they cost, what becomes of their photos, and what counts them.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "domain/calendar/calendar_service.h"
#include "domain/catalog/catalog_service.h"
#include "domain/error.h"
#include "domain/uploads/upload_service.h"
#include "storage/contract/backend.h"

using namespace hss::domain;
using namespace hss::test;

namespace {

const Caller customer{{.account = "", .role = Role::customer}, "test-request"};

WantedItem kept(int id) {
  return {.id = id, .item = {}, .new_name = std::nullopt};
}
WantedItem renamed(int id, const std::string& name) {
  return {.id = id, .item = {}, .new_name = name};
}
WantedItem added(const std::string& type, const std::string& photo = "") {
  WantedItem wanted{.id = 0, .item = {.type = type}, .new_name = std::nullopt};
  if (!photo.empty()) wanted.item.s3_key = key_of(photo);
  return wanted;
}

class ItemBackend : public Backend {
 public:
  using Backend::Backend;

  Booking change(const std::string& id, const std::vector<WantedItem>& items, double total,
                 const Caller& caller = customer) {
    return store.transact([&](Tx& tx) {
      return bookings.change(tx, id, {.items = items, .expected_total = total}, caller);
    });
  }
  ErrorCode code_of(const std::string& id, const std::vector<WantedItem>& items, double total,
                    const Caller& caller = customer) {
    try {
      change(id, items, total, caller);
    } catch (const Error& error) {
      return error.code();
    }
    return ErrorCode::internal;
  }
  Booking get(const std::string& id) {
    return store.read([&](Reader& reader) { return reader.bookings().get(id, staff.principal); });
  }
  std::vector<Item> items(const std::string& id) {
    return store.read([&](Reader& reader) { return reader.bookings().find_items(id); });
  }
  std::vector<int> item_ids(const std::string& id) {
    std::vector<int> ids;
    for (const Item& item : items(id)) ids.push_back(item.id);
    return ids;
  }
  std::string last_payload(const std::string& id) {
    const auto events =
        store.read([&](Reader& reader) { return reader.bookings().find_events(id); });
    return events.empty() ? std::string() : events.back().payload;
  }
  std::map<std::string, std::int64_t> items_by_type() {
    const auto statistics = store.read(
        [&](Reader& reader) { return reader.reports().statistics(last_weeks(clock.now(), 1)); });
    std::map<std::string, std::int64_t> counts;
    for (const ItemFigures& figures : statistics.items) counts[figures.type] = figures.count;
    return counts;
  }
  void pay(const std::string& id) {
    step(id, Status::approved);
    store.transact([&](Tx& tx) { bookings.pay(tx, id, "card", staff); });
  }
  /// A photo that its sender has uploaded, and that no booking has yet.
  void upload(const std::string& id) {
    const Upload photo{
        .id = id,
        .purpose = UploadPurpose::item,
        .state = UploadState::ready,
        .owner = "",
        .holder = "127.0.0.1",
        .booking_id = std::nullopt,
        .item = std::nullopt,
        .full = {.content_type = "image/jpeg", .size = 1000, .sha256 = std::string(43, 'A') + "="},
        .thumb = std::nullopt,
        .created_at = now(),
        .due_at = later(std::chrono::hours(1))};
    store.transact([&](Tx& tx) { REQUIRE(tx.uploads().insert(photo)); });
  }
  Upload find_upload(const std::string& id) {
    return store.read([&](Reader& reader) { return reader.uploads().find(id).value(); });
  }
  /// What the owner asks from now on: more for a box, and no fridge any more.
  void change_catalog() {
    store.transact([&](Tx& tx) {
      Catalog catalog = tx.catalog().get();
      catalog.handling_fee = Money::rand(500);
      for (CatalogItem& item : catalog.items) {
        if (item.type == "box") {
          item.label = "Moving box";
          item.monthly_price = Money::rand(75);
        }
        if (item.type == "fridge") item.offered = false;
      }
      save_catalog(tx, catalog, staff, clock.now());
    });
  }
};

}  // namespace

TEST_CASE("added items cost what they cost today, those that stay what was agreed") {
  ItemBackend backend(each_engine());
  // A fridge of R 300 and a box of R 60 for three months, and R 350 for handling.
  const std::string id = backend.create().id;
  backend.change_catalog();
  CHECK(backend.code_of(id, {kept(1), kept(2), added("fridge")}, 2330) ==
        ErrorCode::validation_error);
  CHECK(backend.code_of(id, {kept(1), kept(2), added("box")}, 1430) == ErrorCode::price_changed);
  CHECK(backend.get(id).version == 1);
  const Booking answered = backend.change(id, {kept(1), kept(2), added("box")}, 1655);
  for (const Booking& booking : {answered, backend.get(id)}) {
    CHECK(booking.item_count == 3);
    CHECK(booking.last_item_id == 3);
    CHECK(booking.price.monthly_subtotal == Money::rand(435));
    CHECK(booking.price.handling_fee == Money::rand(350));
    CHECK(booking.price.total == Money::rand(1655));
    CHECK(booking.version == 2);
  }
  const auto items = backend.items(id);
  REQUIRE(items.size() == 3);
  CHECK(items[0].label == "Fridge");
  CHECK(items[0].monthly_price == Money::rand(300));
  CHECK(items[1].label == "Box");
  CHECK(items[2].label == "Moving box");
  CHECK(items[2].id == 3);
  const std::string payload = backend.last_payload(id);
  INFO(payload);
  CHECK(payload.find(R"("fields":"total,items")") != std::string::npos);
  CHECK(payload.find(R"("items_from":"1 × Fridge, 1 × Box",)"
                     R"("items_to":"1 × Fridge, 1 × Box, 1 × Moving box")") != std::string::npos);
  CHECK_FALSE(backend.store.verify_audit(backend.now()).violation.has_value());
}

TEST_CASE("removed items leave at their price, and no later item gets the id of one") {
  ItemBackend backend(each_engine());
  const std::string id = backend.create().id;
  backend.change(id, {kept(1), kept(2), added("box")}, 1610);
  backend.change(id, {kept(1), kept(2)}, 1430);
  CHECK(backend.item_ids(id) == std::vector{1, 2});
  CHECK(backend.code_of(id, {kept(1), kept(3)}, 1430) == ErrorCode::validation_error);
  backend.change(id, {added("box"), kept(2)}, 710);
  CHECK(backend.item_ids(id) == std::vector{4, 2});
  CHECK(backend.get(id).last_item_id == 4);
  CHECK(backend.get(id).price.total == Money::rand(710));
}

TEST_CASE(
    "names change without a price and are told without what they say; an order changes nothing") {
  ItemBackend backend(each_engine());
  const std::string id = backend.create().id;
  const Booking named = backend.change(id, {renamed(1, "Ma's fridge"), kept(2)}, 1430);
  CHECK(named.version == 2);
  CHECK(backend.items(id).at(0).name == "Ma's fridge");
  const std::string payload = backend.last_payload(id);
  INFO(payload);
  CHECK(payload.starts_with(R"({"fields":"item_names","version":2,"personal_sha256":")"));
  CHECK(backend.change(id, {kept(2), kept(1)}, 1430).version == 2);
  CHECK(backend.item_ids(id) == std::vector{1, 2});
  // A fridge for a fridge is another item.
  CHECK(backend.change(id, {kept(2), added("fridge")}, 1430).version == 3);
  CHECK(backend.last_payload(id).find(R"("items_from":"1 × Fridge, 1 × Box")") !=
        std::string::npos);
  CHECK_FALSE(backend.store.verify_audit(backend.now()).violation.has_value());
}

TEST_CASE("after the payment, and for a customer after the lead, the items stay") {
  ItemBackend backend(each_engine());
  const std::string paid = backend.create().id;
  backend.pay(paid);
  for (const Caller& caller : {customer, staff}) {
    CHECK(backend.code_of(paid, {kept(1), kept(2), added("box")}, 1610, caller) ==
          ErrorCode::unpaid_change);
    CHECK(backend.code_of(paid, {kept(1), added("box")}, 1430, caller) == ErrorCode::unpaid_change);
  }
  CHECK(backend.change(paid, {renamed(1, "Ma's"), kept(2)}, 1430).price.total == Money::rand(1430));
  const std::string id = backend.create().id;
  backend.clock.advance(std::chrono::hours(24 * 9));
  CHECK(backend.code_of(id, {kept(1)}, 1250) == ErrorCode::conflict);
  CHECK(backend.change(id, {kept(1)}, 1250, staff).item_count == 1);
  backend.step(paid, Status::collected);
  CHECK(backend.code_of(paid, {renamed(1, "x"), kept(2)}, 1430) == ErrorCode::conflict);
}

TEST_CASE("the figures follow other items, whether the booking is counted already or not") {
  ItemBackend backend(each_engine());
  const std::string id = backend.create().id;
  const bool is_counted = GENERATE(true, false);
  if (is_counted) backend.create_others();
  const auto before = backend.items_by_type();
  const auto value = [&] {
    return backend.store.read(
        [](Reader& reader) { return reader.reports().overview().gross_value.cents; });
  };
  const auto value_before = value();
  backend.change(id, {kept(2), added("box"), added("bed")}, 1460);
  auto expected = before;
  --expected["fridge"];
  ++expected["box"];
  ++expected["bed"];
  CHECK(backend.items_by_type() == expected);
  CHECK(value() == value_before + 3'000);
  backend.create_others();
  expected["box"] += 128;
  expected["fridge"] += 128;
  CHECK(backend.items_by_type() == expected);
}

TEST_CASE("a search finds a booking by its new items, and no more by those that are gone") {
  ItemBackend backend(each_engine());
  const std::string id = backend.create().id;
  backend.change(id, {kept(2), added("suitcase")}, 770);
  CHECK(backend.list({.q = "thandi suitcase"}) == std::vector{id});
  CHECK(backend.list({.q = "thandi fridge"}).empty());
}

TEST_CASE("photos go with their items, and new items claim theirs") {
  ItemBackend backend(each_engine());
  const std::string first = "UPL-0000000001", second = "UPL-0000000002", third = "UPL-0000000003";
  for (const std::string& photo : {first, second, third}) backend.upload(photo);
  BookingDraft draft = a_draft();
  draft.items[0].s3_key = key_of(first);
  draft.items[1].photos = {key_of(second)};
  const std::string id = backend.create(draft, customer).id;
  CHECK(backend.find_upload(second).item == 2);
  // Of somebody else, or of another item already.
  CHECK(backend.code_of(id, {kept(1), added("box", "UPL-0000000009")}, 1430) ==
        ErrorCode::validation_error);
  CHECK(backend.code_of(id, {kept(1), added("box", second)}, 1430) == ErrorCode::validation_error);
  CHECK(backend.find_upload(second).state == UploadState::claimed);
  backend.change(id, {kept(1), added("box", third)}, 1430);
  CHECK(backend.find_upload(first).state == UploadState::claimed);
  CHECK(backend.find_upload(first).item == 1);
  CHECK(backend.find_upload(second).state == UploadState::erasing);
  CHECK(backend.find_upload(third).state == UploadState::claimed);
  CHECK(backend.find_upload(third).booking_id == id);
  CHECK(backend.find_upload(third).item == 3);
  CHECK(backend.items(id).at(0).s3_key == key_of(first));
  const UploadService uploads(backend.clock.clock(), seeded_random(), {});
  CHECK(backend.store.transact([&](Tx& tx) { return uploads.take_due(tx, 9); }) ==
        std::vector{second});
  CHECK_FALSE(backend.store.verify_audit(backend.now()).violation.has_value());
}

TEST_CASE("a photo of a removed item does not go where the change is rejected") {
  ItemBackend backend(each_engine());
  const std::string photo = "UPL-0000000001";
  backend.upload(photo);
  BookingDraft draft = a_draft();
  draft.items[0].s3_key = key_of(photo);
  const std::string id = backend.create(draft, customer).id;
  CHECK(backend.code_of(id, {kept(2)}, 1) == ErrorCode::price_changed);
  CHECK(backend.find_upload(photo).state == UploadState::claimed);
}

TEST_CASE("an approved booking with other items is approved again, unless the owner needs none") {
  ItemBackend backend(each_engine());
  const bool is_asked = GENERATE(true, false);
  Calendar calendar = default_calendar();
  calendar.changes_need_approval = is_asked;
  backend.store.transact([&](Tx& tx) { save_calendar(tx, calendar, staff, backend.clock.now()); });
  const auto approved = [&] {
    const std::string id = backend.create().id;
    backend.step(id, Status::approved);
    return id;
  };
  const Status then = is_asked ? Status::submitted : Status::approved;
  CHECK(backend.change(approved(), {kept(1)}, 1250).status == then);
  CHECK(backend.change(approved(), {kept(2), added("fridge")}, 1430).status == then);
  CHECK(backend.change(approved(), {renamed(1, "Ma's"), kept(2)}, 1430).status == Status::approved);
  CHECK(backend.change(approved(), {kept(1)}, 1250, staff).status == Status::approved);
  const std::string moved = approved();
  const Booking after = backend.store.transact([&](Tx& tx) {
    return backend.bookings.change(tx, moved, {.pickup_date = "2026-12-03"}, customer);
  });
  CHECK(after.status == then);
  CHECK(backend.store.read([](Reader& reader) {
    return reader.calendar().find()->changes_need_approval;
  }) == is_asked);
}
