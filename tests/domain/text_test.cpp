#include "domain/text.h"

#include <catch2/catch_test_macros.hpp>

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
