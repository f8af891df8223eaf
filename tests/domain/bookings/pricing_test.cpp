#include "domain/bookings/pricing.h"

#include <catch2/catch_test_macros.hpp>
#include <vector>

using namespace hss::domain;

namespace {

Catalog catalog() {
  return {.items = {{ItemType::bed, "Bed", Money::rand(250)},
                    {ItemType::box, "Box", Money::rand(60)},
                    {ItemType::fridge, "Fridge", Money::rand(300)},
                    {ItemType::other, "Other", Money{12050}},
                    {ItemType::suitcase, "Suitcase", Money::rand(80)}},
          .handling_fee = Money::rand(350)};
}

}  // namespace

TEST_CASE("a price is the items' sum times the months, and the handling fee once") {
  using enum ItemType;
  struct Row {
    std::vector<ItemType> items;
    int months;
    Money subtotal, total;
  };
  for (const Row& row :
       {Row{{bed, other}, 3, Money{37050}, Money{146150}},
        Row{{box}, 1, Money::rand(60), Money::rand(410)},
        Row{{fridge, fridge, suitcase}, 12, Money::rand(680), Money::rand(8510)}}) {
    const Quote price = quote(catalog(), row.items, row.months);
    CHECK(price.monthly_subtotal == row.subtotal);
    CHECK(price.handling_fee == Money::rand(350));
    CHECK(price.total == row.total);
  }
}

TEST_CASE("item types go to text and back") {
  for (const ItemType type : all_item_types) CHECK(find_item_type(to_text(type)) == type);
  CHECK_FALSE(find_item_type("sofa").has_value());
}
