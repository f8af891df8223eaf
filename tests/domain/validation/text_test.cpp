#include "domain/validation/text.h"

#include <catch2/catch_test_macros.hpp>

#include "domain/validation/validation_errors.h"

using namespace hss::domain;

TEST_CASE("trimming takes white space off both ends only") {
  CHECK(trim("  a b \t\r\n") == "a b");
  CHECK(trim(" \n ").empty());
  CHECK(trim("").empty());
  CHECK(trim("\u00a0\u200b a\u00a0b \ufeff\u3000") == "a\u00a0b");
}

TEST_CASE("control characters are those of ASCII, of Latin 1 and Unicode's separators") {
  for (const char* text : {"a", "a\nb\tc\r", "é", "\u00a0", "\u2027", "😀"}) {
    INFO(text);
    CHECK_FALSE(has_control_characters(text));
  }
  for (const char* text : {"a\x01", "\x7f", "a\u0085", "\u009f", "a\u2028", "\u2029"}) {
    INFO(text);
    CHECK(has_control_characters(text));
  }
}

TEST_CASE("an e-mail has one @ and a domain with a dot inside") {
  for (const char* email : {"a@b.co", "thandi.mokoena+box@tuks.co.za", "é@ü.de"}) {
    INFO(email);
    CHECK(is_email(email));
  }
  for (const char* email : {"", "a", "@b.co", "a@", "a@b", "a@.co", "a@b.", "a@b..co", "a@b@c.co",
                            "a b@c.co", "a@b .co", "a\t@b.co", "\u00a0@b.co", "a@b\u00a0c.co"}) {
    INFO(email);
    CHECK_FALSE(is_email(email));
  }
}

TEST_CASE("a sentence repeats at most sixty characters of what was sent, and no half of one") {
  CHECK(excerpt("") == "");
  CHECK(excerpt(std::string(60, 'x')) == std::string(60, 'x'));
  CHECK(excerpt(std::string(61, 'x')) == std::string(60, 'x') + "…");
  std::string many;
  for (int i = 0; i < 4'000; ++i) many += "é";
  CHECK(excerpt(many) == many.substr(0, 120) + "…");
}

TEST_CASE("an address that no mail can be sent to is none") {
  for (const char* email : {"thandi@tuks,co.za", "mailto:thandi@tuks.co.za",
                            "<a@x.com>",         "a@x.com,b@x.com",
                            "a;b@x.com",         "\"a\"@x.com",
                            "a@[127.0.0.1]",     "a@127.0.0.1",
                            "a@-x.com",          "a@x-.com",
                            "a@x_y.com",         ".a@x.com",
                            "a.@x.com",          "a..b@x.com",
                            "a@x.com.",          "a(b)@x.com",
                            "a\u00ad@x.com",     "a\u200b@x.com",
                            "a@x\u202e.com",     "a@x.c\u3164m"}) {
    INFO(email);
    CHECK_FALSE(is_email(email));
  }
  CHECK_FALSE(is_email("a@" + std::string(64, 'x') + ".com"));
  for (const char* email : {"o'brien@x.com", "a+b_c-d@x-y.co.za", "1@2.co", "josé@exämple.com"}) {
    INFO(email);
    CHECK(is_email(email));
  }
}

TEST_CASE("two spellings of an address that look the same are one") {
  CHECK(normal_email("Jos\u00c9@x.com") == "jos\u00e9@x.com");
  CHECK(normal_email("JOSE\u0301@X.com") == "jos\u00e9@x.com");
}

TEST_CASE("text that shows nothing is refused, and what turns text around") {
  const auto errors_of = [](std::string_view text) {
    ValidationErrors errors;
    errors.check_text("name", text, {.at_least = 2, .at_most = 20});
    return errors.all();
  };
  for (const char* text : {"\u00ad\u00ad", "\u3164\u3164", "\u115f\u1160", "\uffa0\uffa0",
                           "\u2800\u2800", "\u034f\u034f", "\ufe0f\ufe0f", "\u200d\u200d",
                           "\u180e\u180e", "\u0301\u0301", "\U000e0041\U000e0042"}) {
    INFO(text);
    CHECK(errors_of(text) ==
          std::vector<std::string>{"name must have characters that can be seen"});
  }
  CHECK(errors_of("a\u00ad\u00ad") ==
        std::vector<std::string>{"name must be at least 2 characters"});
  for (const char* text : {"Thandi \u202egnp", "\u2067ab", "ab\u2069", "a\u202ab"}) {
    INFO(text);
    CHECK(errors_of(text).size() == 1);
  }
  for (const char* text : {"Thandi", "Zoe\u0308", "佐木", "\u05d0\u200f\u05d1", "दी", "👍🏽"}) {
    INFO(text);
    CHECK(errors_of(text).empty());
  }
}
