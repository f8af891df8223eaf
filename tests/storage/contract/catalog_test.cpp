#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "storage/contract/backend.h"

using namespace hss::domain;
using namespace hss::test;

TEST_CASE("the catalogue has each type of item once, with its label and price, and the fee") {
  Backend backend(each_engine());
  const Catalog catalog = backend.store.read([](Reader& reader) { return reader.catalog().get(); });
  CHECK(catalog.handling_fee == Money::rand(350));
  REQUIRE(catalog.items.size() == all_item_types.size());
  const auto label_of = [&](ItemType type) {
    const auto found = std::find_if(catalog.items.begin(), catalog.items.end(),
                                    [&](const CatalogItem& item) { return item.type == type; });
    return found == catalog.items.end() ? std::string() : found->label;
  };
  CHECK(label_of(ItemType::bed) == "Bed");
  CHECK(label_of(ItemType::box) == "Box");
  CHECK(label_of(ItemType::fridge) == "Fridge");
  CHECK(label_of(ItemType::other) == "Other item");
  CHECK(label_of(ItemType::suitcase) == "Suitcase");
  CHECK(catalog.monthly_price(ItemType::bed) == Money::rand(250));
  CHECK(catalog.monthly_price(ItemType::box) == Money::rand(60));
  CHECK(catalog.monthly_price(ItemType::fridge) == Money::rand(300));
  CHECK(catalog.monthly_price(ItemType::other) == Money::rand(120));
  CHECK(catalog.monthly_price(ItemType::suitcase) == Money::rand(80));
}

TEST_CASE("a unit of work sees the same catalogue as a reader, as often as it asks") {
  Backend backend(each_engine());
  const auto text_of = [](const Catalog& catalog) {
    std::vector<std::string> lines{std::to_string(catalog.handling_fee.cents)};
    for (const CatalogItem& item : catalog.items) {
      lines.push_back(item.label + " " + std::to_string(item.monthly_price.cents));
    }
    return lines;
  };
  const auto read =
      backend.store.read([&](Reader& reader) { return text_of(reader.catalog().get()); });
  const auto [first, second] = backend.store.transact([&](Tx& tx) {
    auto once = text_of(tx.catalog().get());
    return std::pair(std::move(once), text_of(tx.catalog().get()));
  });
  CHECK(first == read);
  CHECK(second == read);
}
