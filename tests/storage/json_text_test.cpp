#include "storage/json_text.h"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

using namespace hss::domain;
using namespace hss::storage;

TEST_CASE("a booking's items come back as they were stored") {
  const std::vector<Item> items{
      {.id = 1, .type = "bed", .label = "Bed", .icon = "bed", .monthly_price = {25000}},
      {.id = 7,
       .type = "other",
       .label = R"("Else" \)",
       .icon = "plant",
       .name = R"({"type":"bed"} \ Bücher)",
       .s3_key = "photos/1.jpg"},
      {.id = 3, .type = "box", .name = R"(The "large" one, C:\)", .s3_key = "x"}};
  const std::string json = to_json(items);
  CHECK(nlohmann::json::accept(json));
  const auto again = items_of(json);
  REQUIRE(again.size() == items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    CHECK(again[i].id == items[i].id);
    CHECK(again[i].type == items[i].type);
    CHECK(again[i].label == items[i].label);
    CHECK(again[i].icon == items[i].icon);
    CHECK(again[i].monthly_price == items[i].monthly_price);
    CHECK(again[i].name == items[i].name);
    CHECK(again[i].s3_key == items[i].s3_key);
  }
  CHECK(item_types_of(json, 3) == std::vector<std::string>{"bed", "other", "box"});
}

TEST_CASE("items that somebody wrote by hand are read all the same") {
  const std::string json =
      R"([ { "type" : "bed" }, {"name":"x","type":"box"}, {"type":"piano"}, 7 ])";
  const std::vector<std::string> types{"bed", "box", "piano", "other"};
  CHECK(item_types_of(json, 4) == types);
  CHECK(items_of(json)[1].name == "x");
  CHECK(items_of(json)[2].label == "piano");
  CHECK(items_of(json)[3].id == 4);
  for (const char* none : {"", "{", "{}", "7", "null"}) CHECK(items_of(none).empty());
}
