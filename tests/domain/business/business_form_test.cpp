#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "domain/business/business_form.h"
#include "domain/error.h"
#include "domain/validation/phone.h"

using namespace hss::domain;

namespace {

std::size_t index_of(std::string_view name) {
  for (std::size_t i = 0; i < business_texts.size(); ++i) {
    if (business_texts[i].name == name) return i;
  }
  return business_texts.size();
}

BusinessForm with(std::string_view name, const std::string& text) {
  BusinessForm form;
  form.texts.at(index_of(name)) = text;
  return form;
}

std::vector<std::string> errors_of(const BusinessForm& form) {
  try {
    validate(form);
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::validation_error);
    return error.details();
  }
  return {};
}

using Errors = std::vector<std::string>;

}  // namespace

TEST_CASE("an empty form changes nothing, and an empty text clears every member but the name") {
  const BusinessChange none = validate(BusinessForm{});
  for (const auto& text : none.texts) CHECK_FALSE(text);
  CHECK_FALSE(none.terms_text);
  CHECK_FALSE(none.liability_cap);
  CHECK_FALSE(none.payment_methods);
  for (const BusinessText& member : business_texts) {
    INFO(member.name);
    const BusinessForm form = with(member.name, " \n ");
    if (member.name == "name") {
      CHECK(errors_of(form) == Errors{"name is required"});
    } else {
      CHECK(validate(form).texts[index_of(member.name)] == "");
    }
  }
  BusinessForm clearing;
  clearing.terms_text = std::string();
  clearing.liability_cap = std::optional<double>();
  CHECK(validate(clearing).terms_text == "");
  const auto cap = validate(clearing).liability_cap;
  REQUIRE(cap.has_value());
  CHECK_FALSE(cap->has_value());
}

TEST_CASE("the business's texts are trimmed, and its e-mail is in lower case") {
  CHECK(validate(with("name", "  Menlyn Boxes ")).texts[index_of("name")] == "Menlyn Boxes");
  CHECK(validate(with("email", " Hello@Boxes.co.za")).texts[index_of("email")] ==
        "hello@boxes.co.za");
  CHECK(validate(with("address", "1 Atterbury Road\nMenlyn")).texts[index_of("address")] ==
        "1 Atterbury Road\nMenlyn");
}

TEST_CASE("each text of the business has its length, and lines where they belong") {
  for (const BusinessText& member : business_texts) {
    const std::string name(member.name);
    INFO(name);
    const bool has_form =
        member.kind == BusinessText::Kind::phone || member.kind == BusinessText::Kind::email;
    if (!has_form) CHECK(errors_of(with(name, std::string(member.max_length, 'a'))).empty());
    const Errors too_long = errors_of(with(name, std::string(member.max_length + 1, 'a')));
    REQUIRE_FALSE(too_long.empty());
    CHECK(too_long[0] ==
          name + " must be at most " + std::to_string(member.max_length) + " characters");
    const bool has_lines =
        member.kind == BusinessText::Kind::lines || member.kind == BusinessText::Kind::document;
    CHECK(errors_of(with(name, "a\nb")).empty() == has_lines);
  }
}

TEST_CASE("all errors of a change are named at once") {
  BusinessForm form = with("name", "");
  form.texts[index_of("phone")] = std::string("call me");
  form.texts[index_of("whatsapp")] = Field<std::string>::wrong_type();
  form.texts[index_of("email")] = std::string("nobody");
  form.terms_is_wrong_type = true;
  form.liability_cap = std::optional<double>(-1);
  form.payment_methods = std::vector<Field<std::string>>{std::string("card"), std::string("gold"),
                                                         Field<std::string>::wrong_type()};
  CHECK(errors_of(form) == Errors{"name is required", "phone must be a telephone number",
                                  "whatsapp must be a string", "email is invalid",
                                  "terms must be an object",
                                  "liability_cap must be an amount in rand",
                                  "payment_methods[2] must be one of ['card', 'eft', 'cash']",
                                  "payment_methods[3] must be one of ['card', 'eft', 'cash']"});
}

TEST_CASE("ways of paying are at least one, and each once") {
  BusinessForm form;
  form.payment_methods = std::vector<Field<std::string>>{};
  CHECK(errors_of(form) == Errors{"payment_methods must contain at least one entry"});
  form.payment_methods = std::vector<Field<std::string>>{std::string("cash"), std::string("card"),
                                                         std::string("cash")};
  CHECK(validate(form).payment_methods == std::vector<std::string>{"card", "cash"});
}

TEST_CASE("the liability cap is kept in cents") {
  BusinessForm form;
  form.liability_cap = std::optional<double>(5000.29);
  CHECK(validate(form).liability_cap == std::optional<Money>(Money{500'029}));
}

TEST_CASE("a telephone number is what people write") {
  for (const char* good : {"082 555 0134", "+27 (0)82 555-0134", "012.555.0134", "0125550134"}) {
    INFO(good);
    CHECK(is_phone(good));
  }
  for (const char* bad : {"", "555", "0825550134x", "08255501341234567", "082+5550134", "call"}) {
    INFO(bad);
    CHECK_FALSE(is_phone(bad));
  }
}
