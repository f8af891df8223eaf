#include "domain/catalog/catalog_form.h"

#include <catch2/catch_test_macros.hpp>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "domain/error.h"

using namespace hss::domain;

namespace {

/// What a form is made of.
struct Parts {
  std::vector<CatalogItemForm> items;
  std::vector<ExtraChargeForm> charges;
  Field<double> handling_fee = 350.0;
};

Parts good() {
  const auto item = [](const char* type, const char* label, double price) {
    return CatalogItemForm{
        .type = std::string(type), .label = std::string(label), .monthly_price = price};
  };
  return {.items = {item("bed", "Bed", 250), item("other", "Anything else", 120.5)},
          .charges = {{.name = std::string(" Stairs "), .amount = 50.0}}};
}

CatalogForm form_of(const Parts& parts) {
  return {.items = std::vector<Field<CatalogItemForm>>(parts.items.begin(), parts.items.end()),
          .handling_fee = parts.handling_fee,
          .extra_charges =
              std::vector<Field<ExtraChargeForm>>(parts.charges.begin(), parts.charges.end())};
}

std::vector<std::string> errors_of(const CatalogForm& form) {
  try {
    validate(form);
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::validation_error);
    return error.details();
  }
  return {};
}

struct Row {
  const char* error;
  std::function<void(Parts&)> spoil;
};

const std::string amount = " must be an amount in rand from 0 to 100000, with at most two decimals";
const auto text_wrong = Field<std::string>::wrong_type();
const auto number_wrong = Field<double>::wrong_type();

}  // namespace

TEST_CASE("a catalogue keeps its order, and what is left out is offered, with a plain icon") {
  Parts parts = good();
  parts.items[0].icon = std::string("bed");
  parts.items[0].offered = false;
  const Catalog catalog = validate(form_of(parts));
  CHECK(catalog.items ==
        std::vector<CatalogItem>{{"bed", "Bed", "bed", Money::rand(250), false},
                                 {"other", "Anything else", "other", Money{12050}, true}});
  CHECK(catalog.handling_fee == Money::rand(350));
  CHECK(catalog.extra_charges == std::vector<ExtraCharge>{{"Stairs", Money::rand(50)}});
}

TEST_CASE("an amount is whole cents, of none to a hundred thousand rand") {
  for (const auto& [rand, cents] : {std::pair{0.0, 0}, std::pair{0.01, 1}, std::pair{0.29, 29},
                                    std::pair{610.5, 61050}, std::pair{99999.99, 9999999}}) {
    Parts parts = good();
    parts.handling_fee = rand;
    CHECK(validate(form_of(parts)).handling_fee.cents == cents);
  }
  for (const double rand : {-0.01, 0.001, 100000.01, 1e300, std::numeric_limits<double>::infinity(),
                            std::numeric_limits<double>::quiet_NaN()}) {
    INFO(rand);
    Parts parts = good();
    parts.handling_fee = rand;
    CHECK(errors_of(form_of(parts)) == std::vector{"handling_fee" + amount});
  }
}

TEST_CASE("every fault of a catalogue is told by its place") {
  const std::vector<Row> rows{
      {"items[1].type must be 2 to 30 characters of a to z, 0 to 9 and _",
       [](Parts& parts) { parts.items[0].type = std::string("Bed"); }},
      {"items[1].type must be 2 to 30 characters of a to z, 0 to 9 and _",
       [](Parts& parts) { parts.items[0].type = std::string("b"); }},
      {"items[1].type must be 2 to 30 characters of a to z, 0 to 9 and _",
       [](Parts& parts) { parts.items[0].type = std::string(31, 'b'); }},
      {"items[1].type must be 2 to 30 characters of a to z, 0 to 9 and _",
       [](Parts& parts) { parts.items[0].type = text_wrong; }},
      {"items[1].label is required", [](Parts& parts) { parts.items[0].label = {}; }},
      {"items[1].label must be a string", [](Parts& parts) { parts.items[0].label = text_wrong; }},
      {"items[1].label must be at most 40 characters",
       [](Parts& parts) { parts.items[0].label = std::string(41, 'b'); }},
      {"items[1].icon must be one of ['bag', 'bed', 'bicycle', 'box', 'chair', 'desk', 'fridge',"
       " 'music', 'other', 'plant', 'screen', 'suitcase']",
       [](Parts& parts) { parts.items[0].icon = std::string("sofa"); }},
      {"items[1].monthly_price is required",
       [](Parts& parts) { parts.items[0].monthly_price = {}; }},
      {"items[1].monthly_price must be a number",
       [](Parts& parts) { parts.items[0].monthly_price = number_wrong; }},
      {"items[1].offered must be true or false",
       [](Parts& parts) { parts.items[0].offered = Field<bool>::wrong_type(); }},
      {"items[2].offered must be true, as 'other' is always offered",
       [](Parts& parts) { parts.items[1].offered = false; }},
      {"handling_fee is required", [](Parts& parts) { parts.handling_fee = {}; }},
      {"extra_charges[1].name is required", [](Parts& parts) { parts.charges[0].name = {}; }},
      {"extra_charges[1].name must be at most 60 characters",
       [](Parts& parts) { parts.charges[0].name = std::string(61, 'b'); }},
      {"extra_charges[1].amount is required", [](Parts& parts) { parts.charges[0].amount = {}; }},
      {"items must have 'bed' once",
       [](Parts& parts) {
         parts.items.push_back(parts.items[0]);
         parts.items[2].label = std::string("Large bed");
       }},
      {"the labels of offered items must have 'Bed' once",
       [](Parts& parts) {
         parts.items.push_back(parts.items[0]);
         parts.items[2].type = std::string("large_bed");
       }},
      {"extra_charges must have 'Stairs' once",
       [](Parts& parts) { parts.charges.push_back(parts.charges[0]); }}};
  for (const Row& row : rows) {
    INFO(row.error);
    Parts parts = good();
    row.spoil(parts);
    CHECK(errors_of(form_of(parts)) == std::vector<std::string>{row.error});
  }
}

TEST_CASE("what is no list, or has entries that are no objects, is told") {
  CatalogForm form;
  CHECK(errors_of(form) ==
        std::vector<std::string>{"items is required", "handling_fee is required"});
  form.handling_fee = 1.0;
  form.items = Field<std::vector<Field<CatalogItemForm>>>::wrong_type();
  form.extra_charges = std::vector<Field<ExtraChargeForm>>{Field<ExtraChargeForm>::wrong_type()};
  CHECK(errors_of(form) ==
        std::vector<std::string>{"items must be a list", "extra_charges[1] must be an object"});
  form.items = std::vector<Field<CatalogItemForm>>(101, good().items[1]);
  form.extra_charges = std::vector<Field<ExtraChargeForm>>(31, good().charges[0]);
  CHECK(errors_of(form) ==
        std::vector<std::string>{"items must contain at most 100 entries",
                                 "extra_charges must contain at most 30 entries"});
}
