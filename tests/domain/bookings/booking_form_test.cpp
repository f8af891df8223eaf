#include "domain/bookings/booking_form.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <functional>
#include <limits>

#include "domain/error.h"

using namespace hss::domain;

namespace {

ItemForm bed() {
  ItemForm form;
  form.type = std::string("bed");
  return form;
}

BookingForm filled_in() {
  BookingForm form;
  form.customer_name = std::string("Thandi Mokoena");
  form.email = std::string("thandi@tuks.co.za");
  form.pickup_date = std::string("2026-12-01");
  form.pickup_window = std::string("08:00 – 11:00");
  form.address = std::string("12 Burnett Street, Hatfield");
  form.items = std::vector<Field<ItemForm>>{bed()};
  form.duration = 3.0;
  return form;
}

const Catalog catalog{.items = {{"bed", "Bed", "bed", Money::rand(250)},
                                {"box", "Box", "box", Money::rand(60)},
                                {"fridge", "Fridge", "fridge", Money::rand(300)},
                                {"other", "Other item", "other", Money::rand(120)},
                                {"suitcase", "Suitcase", "suitcase", Money::rand(80)}},
                      .handling_fee = Money::rand(350),
                      .extra_charges = {}};

BookingDraft validate(const BookingForm& form) {
  BookingDraft draft = validate(form, [] { return catalog; });
  with_todays_prices(catalog, draft.items);
  return draft;
}

QuoteRequest validate(const QuoteForm& form) {
  return validate(form, catalog);
}

template <class Form>
std::vector<std::string> errors_of(const Form& form) {
  try {
    validate(form);
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::validation_error);
    return error.details();
  }
  return {};
}

struct Row {
  std::string error;
  std::function<void(BookingForm&)> spoil;
};

Field<std::string> text(std::size_t size) {
  return std::string(size, 'a');
}

const auto text_wrong = Field<std::string>::wrong_type();
const auto number_wrong = Field<double>::wrong_type();

}  // namespace

TEST_CASE("a booking that is filled in well has no fault") {
  const BookingDraft draft = validate(filled_in());
  CHECK(draft.customer_name == "Thandi Mokoena");
  CHECK(draft.items.size() == 1);
  CHECK(draft.duration_months == 3);
  CHECK_FALSE(draft.stated_total.has_value());
}

TEST_CASE("text is trimmed and the e-mail lower-cased") {
  BookingForm form = filled_in();
  form.customer_name = std::string("  Thandi Mokoena \n");
  form.email = std::string(" Thandi@TUKS.co.za ");
  const BookingDraft draft = validate(form);
  CHECK(draft.customer_name == "Thandi Mokoena");
  CHECK(draft.email == "thandi@tuks.co.za");
}

TEST_CASE("each fault of a booking is told in the contract's words") {
  const auto row = GENERATE(values<Row>({
      {"customer_name is required", [](auto& form) { form.customer_name = {}; }},
      {"customer_name is required", [](auto& form) { form.customer_name = std::string(" "); }},
      {"customer_name must be a string", [](auto& form) { form.customer_name = text_wrong; }},
      {"customer_name must be at least 2 characters", [](auto& form) { form.customer_name = text(1); }},
      {"customer_name must be at least 2 characters",
       [](auto& form) { form.customer_name = std::string("é"); }},
      {"customer_name must be at most 120 characters", [](auto& form) { form.customer_name = text(121); }},
      {"customer_name must not contain control characters",
       [](auto& form) { form.customer_name = std::string("Tha\0ndi", 7); }},
      {"customer_name must not contain control characters",
       [](auto& form) { form.customer_name = std::string("Tha\nndi"); }},
      {"email is required", [](auto& form) { form.email = {}; }},
      {"email must be a string", [](auto& form) { form.email = text_wrong; }},
      {"email is invalid", [](auto& form) { form.email = std::string("thandi"); }},
      {"email is invalid", [](auto& form) { form.email = std::string("thandi@tuks"); }},
      {"email must be at most 254 characters",
       [](auto& form) { form.email = std::string(250, 'a') + "@b.co"; }},
      {"pickup_date is required", [](auto& form) { form.pickup_date = {}; }},
      {"pickup_date must be a string", [](auto& form) { form.pickup_date = text_wrong; }},
      {"pickup_date must be a calendar date as YYYY-MM-DD",
       [](auto& form) { form.pickup_date = std::string("2026-02-30"); }},
      {"pickup_date must be a calendar date as YYYY-MM-DD",
       [](auto& form) { form.pickup_date = std::string("01/12/2026"); }},
      {"pickup_window is required", [](auto& form) { form.pickup_window = {}; }},
      {"pickup_window must be at most 40 characters", [](auto& form) { form.pickup_window = text(41); }},
      {"address is required", [](auto& form) { form.address = {}; }},
      {"address must be at most 500 characters", [](auto& form) { form.address = text(501); }},
      {"items is required", [](auto& form) { form.items = {}; }},
      {"items must be a list",
       [](auto& form) { form.items = Field<std::vector<Field<ItemForm>>>::wrong_type(); }},
      {"items must contain at least one entry",
       [](auto& form) { form.items = std::vector<Field<ItemForm>>{}; }},
      {"items must contain at most 200 entries",
       [](auto& form) { form.items = std::vector<Field<ItemForm>>(201, bed()); }},
      {"items[1] must be an object",
       [](auto& form) { form.items = std::vector{Field<ItemForm>::wrong_type()}; }},
      {"items[2].type must be one of ['bed', 'box', 'fridge', 'other', 'suitcase']",
       [](auto& form) {
         ItemForm sofa;
         sofa.type = std::string("sofa");
         form.items = std::vector<Field<ItemForm>>{bed(), sofa};
       }},
      {"items[1].type must be one of ['bed', 'box', 'fridge', 'other', 'suitcase']",
       [](auto& form) { form.items = std::vector<Field<ItemForm>>{ItemForm{}}; }},
      {"items[1].name must be at most 80 characters",
       [](auto& form) {
         ItemForm item = bed();
         item.name = text(81);
         form.items = std::vector<Field<ItemForm>>{item};
       }},
      {"items[1].s3Key must be at most 512 characters",
       [](auto& form) {
         ItemForm item = bed();
         item.s3_key = text(513);
         form.items = std::vector<Field<ItemForm>>{item};
       }},
      {"pricing must be an object", [](auto& form) { form.pricing_is_wrong_type = true; }},
      {"pricing.duration is required", [](auto& form) { form.duration = {}; }},
      {"pricing.duration must be a number", [](auto& form) { form.duration = number_wrong; }},
      {"pricing.duration must be >= 1", [](auto& form) { form.duration = 0.0; }},
      {"pricing.duration must be >= 1", [](auto& form) { form.duration = -3.0; }},
      {"pricing.duration must be <= 12", [](auto& form) { form.duration = 13.0; }},
      {"pricing.duration must be <= 12", [](auto& form) { form.duration = 1e300; }},
      {"pricing.duration must be a whole number", [](auto& form) { form.duration = 1.5; }},
      {"duration_months must be a number",
       [](auto& form) {
         form.duration = {};
         form.duration_months = number_wrong;
       }},
      {"duration_months must be the same as pricing.duration",
       [](auto& form) { form.duration_months = 4.0; }},
      {"pricing.total must be a number", [](auto& form) { form.total = number_wrong; }},
      {"pricing.monthlySubtotal must be a number", [](auto& form) { form.monthly_subtotal = number_wrong; }},
      {"pricing.handlingFee must be an amount in rand",
       [](auto& form) { form.handling_fee = std::numeric_limits<double>::infinity(); }},
  }));
  BookingForm form = filled_in();
  row.spoil(form);
  CHECK(errors_of(form) == std::vector{row.error});
}

TEST_CASE("every fault of a booking is told at once") {
  CHECK(errors_of(BookingForm{}) ==
        std::vector<std::string>{"customer_name is required", "email is required",
                                 "pickup_date is required", "pickup_window is required",
                                 "address is required", "items is required",
                                 "pricing.duration is required"});
}

TEST_CASE("bounds are met from within, counted in characters and not in bytes") {
  BookingForm form = filled_in();
  std::string name;
  for (int i = 0; i < 120; ++i) name += "é";
  form.customer_name = name;
  form.address = std::string("12 Burnett Street\nHatfield");
  form.items = std::vector<Field<ItemForm>>(200, bed());
  form.duration = 12.0;
  CHECK(errors_of(form).empty());
}

TEST_CASE("the duration may stand beside pricing, as the reference took it") {
  BookingForm form = filled_in();
  form.duration = {};
  form.duration_months = 5.0;
  CHECK(validate(form).duration_months == 5);
}

TEST_CASE("a residence stands for an address, and its id is read as people type it") {
  BookingForm form = filled_in();
  form.address = {};
  CHECK(errors_of(form) == std::vector<std::string>{"address is required"});
  form.residence_id = std::string(" res-o123456789");
  form.room = std::string(" 214 ");
  CHECK(validate(form).residence_id == "RES-0123456789");
  CHECK(validate(form).room == "214");
  form.address = std::string(" ");
  form.residence_id = std::string("Tuksdorp");
  form.room = std::string(41, 'x');
  CHECK(errors_of(form) == std::vector<std::string>{"address is required",
                                                    "residence_id must be that of a residence",
                                                    "room must be at most 40 characters"});
  // What was brought needs no address, and may have one of a residence.
  form.pickup_method = std::string("brought");
  CHECK(errors_of(form) == std::vector<std::string>{"residence_id must be that of a residence",
                                                    "room must be at most 40 characters"});
}

TEST_CASE("a past pickup date is accepted, as staff enter back-dated bookings") {
  BookingForm form = filled_in();
  form.pickup_date = std::string("2019-01-31");
  CHECK(errors_of(form).empty());
}

TEST_CASE("a stated amount stays what was stated, and is not rounded to cents") {
  BookingForm form = filled_in();
  form.total = 610.5501;
  CHECK(validate(form).stated_total == 610.5501);
}

TEST_CASE("a quote asks for items and months") {
  QuoteForm form;
  CHECK(errors_of(form) ==
        std::vector<std::string>{"items is required", "duration_months is required"});
  form.items = std::vector<Field<ItemForm>>{bed(), bed()};
  form.duration_months = 2.0;
  const QuoteRequest request = validate(form);
  REQUIRE(request.items.size() == 2);
  CHECK(request.items[1].type == "bed");
  CHECK(request.items[1].monthly_price == Money::rand(250));
  CHECK(request.duration_months == 2);
}

namespace {

BookingDraft validate_of_staff(const BookingForm& form) {
  return hss::domain::validate(
      form, [] { return catalog; }, Booker::staff);
}

std::vector<std::string> errors_of_staff(const BookingForm& form) {
  try {
    validate_of_staff(form);
  } catch (const Error& error) {
    return error.details();
  }
  return {};
}

}  // namespace

TEST_CASE("staff leave out the e-mail of whom they can call, and nobody else does") {
  BookingForm form = filled_in();
  form.contact.phone = std::string("082 555 0123");
  for (const Field<std::string>& nothing :
       {Field<std::string>(), Field<std::string>(std::string()), Field<std::string>("  ")}) {
    form.email = nothing;
    CHECK(validate_of_staff(form).email.empty());
    CHECK(errors_of(form) == std::vector<std::string>{"email is required"});
  }
  form.email = std::string("thandi");
  CHECK(errors_of_staff(form) == std::vector<std::string>{"email is invalid"});
  form.email = text_wrong;
  CHECK(errors_of_staff(form) == std::vector<std::string>{"email must be a string"});
  form.email = {};
  form.contact.phone = std::string(" ");
  CHECK(errors_of_staff(form) == std::vector<std::string>{"email is required"});
}

TEST_CASE("what is brought needs no address and no window") {
  BookingForm form = filled_in();
  CHECK(validate(form).pickup_method == PickupMethod::collect);
  form.address = {};
  form.pickup_window = {};
  CHECK(errors_of(form) ==
        std::vector<std::string>{"pickup_window is required", "address is required"});
  form.pickup_method = std::string("brought");
  BookingDraft draft = validate_of_staff(form);
  CHECK(draft.pickup_method == PickupMethod::brought);
  CHECK(draft.address.empty());
  CHECK(draft.pickup_window == "At the store");
  form.address = std::string(" 12 Burnett Street ");
  form.pickup_window = std::string("08:00 – 11:00");
  draft = validate_of_staff(form);
  CHECK(draft.address == "12 Burnett Street");
  CHECK(draft.pickup_window == "08:00 – 11:00");
  form.address = text(501);
  CHECK(errors_of_staff(form) ==
        std::vector<std::string>{"address must be at most 500 characters"});
  for (const Field<std::string>& wrong : {Field<std::string>("Brought"), text_wrong}) {
    form = filled_in();
    form.pickup_method = wrong;
    CHECK(errors_of(form) ==
          std::vector<std::string>{"pickup_method must be one of ['collect', 'brought']"});
  }
}

TEST_CASE("the version of the terms is a whole number, and a waiver is true or false") {
  BookingForm form = filled_in();
  CHECK(validate(form).terms_version == 0);
  CHECK_FALSE(validate(form).early_start);
  form.terms_version = 7.0;
  form.early_start = true;
  CHECK(validate(form).terms_version == 7);
  CHECK(validate(form).early_start);
  for (const double wrong : {0.0, -1.0, 1.5, 1e10}) {
    INFO(wrong);
    form.terms_version = wrong;
    CHECK(errors_of(form) ==
          std::vector<std::string>{
              "terms_version must be the version of the terms, a whole number from 1 on"});
  }
  form.terms_version = {};
  form.early_start = Field<bool>::wrong_type();
  CHECK(errors_of(form) == std::vector<std::string>{"early_start must be true or false"});
}
