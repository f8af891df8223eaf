// The items that a booking is to have: which stay, which are new, and how they are told.
#include "domain/bookings/item_change.h"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "domain/bookings/booking_form.h"
#include "domain/error.h"

using namespace hss::domain;

namespace {

/// Two boxes and a sofa, of which the owner offers no more, and asks more for a box.
const std::vector<Item> agreed_items{
    {.id = 1, .type = "box", .label = "Box", .icon = "box", .monthly_price = Money::rand(60)},
    {.id = 2,
     .type = "sofa",
     .label = "Sofa",
     .icon = "chair",
     .monthly_price = Money::rand(90),
     .name = "From Ma",
     .s3_key = "uploads/UPL-0000000001"},
    {.id = 4, .type = "box", .label = "Box", .icon = "box", .monthly_price = Money::rand(60)}};

Catalog todays_catalog() {
  return {.items = {{.type = "box",
                     .label = "Moving box",
                     .icon = "box",
                     .monthly_price = Money::rand(75)},
                    {.type = "sofa",
                     .label = "Sofa",
                     .icon = "chair",
                     .monthly_price = Money::rand(99),
                     .offered = false},
                    {.type = "other",
                     .label = "Other item",
                     .icon = "other",
                     .monthly_price = Money::rand(120)}},
          .handling_fee = Money::rand(350)};
}

WantedItem kept(int id) {
  return {.id = id, .item = {}, .new_name = std::nullopt};
}
WantedItem added(const std::string& type) {
  return {.id = 0, .item = {.type = type}, .new_name = std::nullopt};
}

std::vector<std::string> item_errors(const std::vector<WantedItem>& wanted) {
  try {
    changed_items(agreed_items, wanted, 4, todays_catalog());
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::validation_error);
    return error.details();
  }
  return {};
}

Field<std::vector<Field<ItemForm>>> form_of(std::vector<Field<ItemForm>> entries) {
  return {std::move(entries)};
}

std::vector<std::string> change_form_errors(const BookingChangeForm& form) {
  try {
    validate(form);
  } catch (const Error& error) {
    return error.details();
  }
  return {};
}

}  // namespace

TEST_CASE("items that stay keep what was agreed, and new ones have today's price and the next id") {
  const auto items = changed_items(agreed_items, {added("box"), kept(2), kept(4), added("other")},
                                   4, todays_catalog());
  REQUIRE(items.size() == 4);
  CHECK(items[0].id == 5);
  CHECK(items[0].label == "Moving box");
  CHECK(items[0].monthly_price == Money::rand(75));
  CHECK(items[1].id == 2);
  CHECK(items[1].label == "Sofa");
  CHECK(items[1].icon == "chair");
  CHECK(items[1].monthly_price == Money::rand(90));
  CHECK(items[1].name == "From Ma");
  CHECK(items[1].s3_key == "uploads/UPL-0000000001");
  CHECK(items[2].monthly_price == Money::rand(60));
  CHECK(items[3].id == 6);
}

TEST_CASE("an id is not given again, though the item that had it is gone") {
  const auto items = changed_items({agreed_items[0]}, {kept(1), added("box")}, 7, todays_catalog());
  CHECK(items.at(1).id == 8);
}

TEST_CASE("the name of an item that stays changes, goes, or stays") {
  WantedItem other = kept(2), none = kept(2);
  other.new_name = "From Pa";
  none.new_name = "";
  CHECK(changed_items(agreed_items, {other}, 4, todays_catalog()).at(0).name == "From Pa");
  CHECK_FALSE(changed_items(agreed_items, {none}, 4, todays_catalog()).at(0).name.has_value());
}

TEST_CASE("every entry that cannot be is told by its place") {
  WantedItem other_type = kept(1), same_type = kept(2);
  other_type.item.type = "other";
  same_type.item.type = "sofa";
  CHECK(item_errors({same_type}).empty());
  CHECK(item_errors({other_type, kept(3), kept(2), kept(2), added("sofa"), added("")}) ==
        std::vector<std::string>{
            "items[1].type must stay 'box'; leave the item out and add another",
            "items[2].id is no item of this booking", "items[4].id must stand in the list once",
            "items[5].type must be one of ['box', 'other']",
            "items[6].type must be one of ['box', 'other']"});
  // The id of a new one is none that can be named.
  CHECK(item_errors({added("box"), kept(5)}) ==
        std::vector<std::string>{"items[2].id is no item of this booking"});
}

TEST_CASE("another order is no other items, and each that comes or goes is one") {
  const ItemsChange turned{.before = agreed_items,
                           .after = {agreed_items[2], agreed_items[0], agreed_items[1]}};
  CHECK_FALSE(turned.has_other_items());
  CHECK(describe_names(turned.before) == describe_names(turned.after));
  CHECK(ItemsChange{.before = agreed_items, .after = {agreed_items[0]}}.has_other_items());
  CHECK(ItemsChange{.before = {agreed_items[0]}, .after = {agreed_items[2]}}.has_other_items());
}

TEST_CASE("items are told by their labels, with how many there are of each") {
  CHECK(describe_items(agreed_items) == "2 × Box, 1 × Sofa");
  CHECK(describe_items({agreed_items[1]}) == "1 × Sofa");
  CHECK(describe_names(agreed_items) == "2: From Ma");
  CHECK(describe_names({agreed_items[0]}).empty());
}

TEST_CASE("a changed list is checked before it meets the booking, each fault by its place") {
  ItemForm whole;
  whole.id = 1.0;
  whole.type = std::string("box");
  whole.name = std::string(" Blue ");
  ItemForm fresh;
  fresh.type = std::string("box");
  BookingChangeForm form;
  form.items = form_of({whole, fresh});
  const BookingChange change = validate(form);
  REQUIRE(change.items.has_value());
  REQUIRE(change.items->size() == 2);
  CHECK(change.items->at(0).id == 1);
  CHECK(change.items->at(0).new_name == "Blue");
  CHECK(change.items->at(1).id == 0);
  CHECK(change.items->at(1).item.type == "box");

  ItemForm half = whole, photo = whole, mistyped = whole, nameless;
  half.id = 1.5;
  photo.s3_key = std::string("uploads/UPL-0000000001");
  photo.photos = std::vector<Field<std::string>>{};
  mistyped.id = Field<double>::wrong_type();
  mistyped.type = Field<std::string>::wrong_type();
  mistyped.name = std::string(81, 'x');
  form.items = form_of({half, photo, mistyped, nameless, Field<ItemForm>::wrong_type()});
  CHECK(change_form_errors(form) ==
        std::vector<std::string>{
            "items[1].id must be the id of an item",
            "items[2].s3Key may be given for a new item alone",
            "items[2].photos may be given for a new item alone",
            "items[3].id must be the id of an item", "items[3].type must be a string",
            "items[3].name must be at most 80 characters",
            "items[4].type is required for a new item", "items[5] must be an object"});
  form.items = form_of({});
  CHECK(change_form_errors(form) ==
        std::vector<std::string>{"items must contain at least one entry"});
  form.items = form_of(std::vector<Field<ItemForm>>(201, whole));
  CHECK(change_form_errors(form) ==
        std::vector<std::string>{"items must contain at most 200 entries"});
}
