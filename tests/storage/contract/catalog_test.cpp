#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "storage/contract/backend.h"

using namespace hss::domain;
using namespace hss::test;

namespace {

Catalog read(Backend& backend) {
  return backend.store.read([](Reader& reader) { return reader.catalog().get(); });
}

void save(Backend& backend, const Catalog& catalog) {
  backend.store.transact([&](Tx& tx) { tx.catalog().save(catalog); });
}

/// With a type more, another order, and one that is offered no longer.
Catalog changed() {
  return {.items = {{"suitcase", "Suitcase", "suitcase", Money::rand(80)},
                    {"bicycle_2", "Bicycle “Zoë”", "bicycle", Money{15050}},
                    {"other", "Anything else", "other", Money::rand(120)},
                    {"fridge", "Fridge", "fridge", Money::rand(300), false},
                    {"bed", "Bed", "bed", Money::rand(260)},
                    {"box", "Box", "box", Money{}}},
          .handling_fee = Money{36001},
          .extra_charges = {{"Stairs", Money::rand(50)}, {"A failed trip", Money{12550}}}};
}

std::string book(Backend& backend, const BookingDraft& draft) {
  return backend.store.transact(
      [&](Tx& tx) { return backend.bookings.create(tx, draft, staff).id; });
}

}  // namespace

TEST_CASE("a new database has the catalogue that HSS has had from the beginning") {
  Backend backend(each_engine());
  const Catalog catalog = read(backend);
  CHECK(catalog.items ==
        std::vector<CatalogItem>{{"bed", "Bed", "bed", Money::rand(250)},
                                 {"box", "Box", "box", Money::rand(60)},
                                 {"fridge", "Fridge", "fridge", Money::rand(300)},
                                 {"other", "Other item", "other", Money::rand(120)},
                                 {"suitcase", "Suitcase", "suitcase", Money::rand(80)}});
  CHECK(catalog.handling_fee == Money::rand(350));
  CHECK(catalog.extra_charges.empty());
}

TEST_CASE("a unit of work sees the same catalogue as a reader, as often as it asks") {
  Backend backend(each_engine());
  const auto [first, second] = backend.store.transact([&](Tx& tx) {
    Catalog once = tx.catalog().get();
    return std::pair(std::move(once), tx.catalog().get());
  });
  CHECK(first.items == read(backend).items);
  CHECK(second.items == first.items);
}

TEST_CASE("a catalogue comes back as it was saved, and a unit of work sees its own") {
  Backend backend(each_engine());
  const Catalog wanted = changed();
  const Catalog seen = backend.store.transact([&](Tx& tx) {
    tx.catalog().save(wanted);
    return tx.catalog().get();
  });
  for (const Catalog& catalog : {seen, read(backend)}) {
    CHECK(catalog.items == wanted.items);
    CHECK(catalog.handling_fee == wanted.handling_fee);
    CHECK(catalog.extra_charges == wanted.extra_charges);
  }
  Catalog again = wanted;
  again.extra_charges = {{"A failed trip", Money{1}}};
  save(backend, again);
  CHECK(read(backend).extra_charges == again.extra_charges);
}

TEST_CASE("an item keeps the label and the price at which it was booked") {
  Backend backend(each_engine());
  const std::string id = book(backend, a_draft());
  save(backend, changed());
  const auto items =
      backend.store.read([&](Reader& reader) { return reader.bookings().find_items(id); });
  REQUIRE(items.size() == 2);
  CHECK(items[0].id == 1);
  CHECK(items[0].type == "fridge");
  CHECK(items[0].label == "Fridge");
  CHECK(items[0].icon == "fridge");
  CHECK(items[0].monthly_price == Money::rand(300));
  CHECK(items[1].monthly_price == Money::rand(60));
  BookingDraft draft = a_draft();
  draft.items = {{.type = "bicycle_2"}};
  const std::string later = book(backend, draft);
  const auto bicycle =
      backend.store.read([&](Reader& reader) { return reader.bookings().find_items(later); })[0];
  CHECK(bicycle.label == "Bicycle “Zoë”");
  CHECK(bicycle.icon == "bicycle");
  CHECK(bicycle.monthly_price == Money{15050});
}

TEST_CASE("a search finds a booking by what its items are called") {
  Backend backend(each_engine());
  save(backend, changed());
  BookingDraft draft = a_draft();
  draft.items = {{.type = "bicycle_2"}};
  const std::string id = book(backend, draft);
  draft.items = {{.type = "box"}};
  book(backend, draft);
  for (const char* q : {"bicycle", "zoë", "Bicy"}) {
    INFO(q);
    const auto found = backend.store.read(
        [&](Reader& reader) { return reader.bookings().list({.q = q}, {.limit = 9}).rows; });
    REQUIRE(found.size() == 1);
    CHECK(found[0].id == id);
  }
}

TEST_CASE("figures name each type that is offered or was booked, in the catalogue's order") {
  Backend backend(each_engine());
  const auto labels = [&] {
    std::vector<std::string> texts;
    const auto statistics = backend.store.read(
        [](Reader& reader) { return reader.reports().statistics({"2026-11-16"}); });
    for (const auto& item : statistics.items) {
      texts.push_back(item.label + " " + std::to_string(item.count));
    }
    return texts;
  };
  save(backend, changed());
  CHECK(labels() == std::vector<std::string>{"Suitcase 0", "Bicycle “Zoë” 0", "Anything else 0",
                                             "Bed 0", "Box 0"});
  Catalog with_fridges = changed();
  with_fridges.items[3].offered = true;
  save(backend, with_fridges);
  book(backend, a_draft());
  save(backend, changed());
  CHECK(labels() == std::vector<std::string>{"Suitcase 0", "Bicycle “Zoë” 0", "Anything else 0",
                                             "Fridge 1", "Bed 0", "Box 1"});
}
