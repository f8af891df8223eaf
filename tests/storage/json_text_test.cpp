#include "storage/json_text.h"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

using namespace hss::domain;
using namespace hss::storage;

TEST_CASE("a booking's items come back as they were stored") {
  const std::vector<Item> items{
      {.type = ItemType::bed},
      {.type = ItemType::other, .name = R"({"type":"bed"} \ Bücher)", .s3_key = "photos/1.jpg"},
      {.type = ItemType::box, .name = R"(The "large" one, C:\)", .s3_key = "x"}};
  const std::string json = to_json(items);
  CHECK(nlohmann::json::accept(json));
  const auto again = items_of(json);
  REQUIRE(again.size() == items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    CHECK(again[i].type == items[i].type);
    CHECK(again[i].name == items[i].name);
    CHECK(again[i].s3_key == items[i].s3_key);
  }
  CHECK(item_types_of(json, 3) ==
        std::vector<ItemType>{ItemType::bed, ItemType::other, ItemType::box});
}

TEST_CASE("items that somebody wrote by hand are read all the same") {
  const std::string json =
      R"([ { "type" : "bed" }, {"name":"x","type":"box"}, {"type":"piano"}, 7 ])";
  const std::vector<ItemType> types{ItemType::bed, ItemType::box, ItemType::other, ItemType::other};
  CHECK(item_types_of(json, 4) == types);
  CHECK(items_of(json)[1].name == "x");
  for (const char* none : {"", "{", "{}", "7", "null"}) CHECK(items_of(none).empty());
}
