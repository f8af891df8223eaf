#include "domain/bookings/pricing.h"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "domain/error.h"

using namespace hss::domain;

namespace {

Catalog priced_catalog() {
  return {.items = {{"suitcase", "Suitcase", "suitcase", Money::rand(80)},
                    {"bicycle", "Bicycle", "bicycle", Money::rand(150), false},
                    {"other", "Other", "other", Money{12050}},
                    {"bed", "Bed", "bed", Money::rand(250)},
                    {"box", "Box", "box", Money::rand(60)}},
          .handling_fee = Money::rand(350),
          .extra_charges = {}};
}

std::vector<Item> items_of(const std::vector<std::string>& types) {
  std::vector<Item> items;
  for (const std::string& type : types) items.push_back({.type = type});
  return items;
}

}  // namespace

TEST_CASE("a price is the items' sum times the months, and the handling fee once") {
  struct Row {
    std::vector<std::string> items;
    int months;
    Money subtotal, total;
  };
  for (const Row& row :
       {Row{{"bed", "other"}, 3, Money{37050}, Money{146150}},
        Row{{"box"}, 1, Money::rand(60), Money::rand(410)},
        Row{{"box", "box", "suitcase"}, 12, Money::rand(200), Money::rand(2750)}}) {
    const auto items = with_todays_prices(priced_catalog(), items_of(row.items));
    const Quote price = quote(items, Money::rand(350), row.months);
    CHECK(price.monthly_subtotal == row.subtotal);
    CHECK(price.handling_fee == Money::rand(350));
    CHECK(price.total == row.total);
  }
}

TEST_CASE("an item has the label, icon and price of its type, and an id") {
  std::vector<Item> drafts = items_of({"box", "other"});
  drafts[1].name = "Study lamp";
  const auto items = with_todays_prices(priced_catalog(), drafts);
  REQUIRE(items.size() == 2);
  CHECK(items[0].id == 1);
  CHECK(items[0].label == "Box");
  CHECK(items[0].icon == "box");
  CHECK(items[0].monthly_price == Money::rand(60));
  CHECK(items[1].id == 2);
  CHECK(items[1].label == "Other");
  CHECK(items[1].name == "Study lamp");
  CHECK(items[1].monthly_price == Money{12050});
}

TEST_CASE("an item of a type that is not offered, or never was, has no price") {
  for (const char* type : {"bicycle", "sofa", "", "Bed"}) {
    INFO(type);
    try {
      with_todays_prices(priced_catalog(), items_of({"box", type, type}));
      FAIL_CHECK("it has a price");
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::validation_error);
      const std::string types = ".type must be one of ['suitcase', 'other', 'bed', 'box']";
      CHECK(error.details() == std::vector<std::string>{"items[2]" + types, "items[3]" + types});
    }
  }
}
