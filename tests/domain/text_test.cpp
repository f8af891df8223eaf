#include "domain/text.h"

#include <catch2/catch_test_macros.hpp>

using namespace hss::domain;

TEST_CASE("trimming takes white space off both ends only") {
  CHECK(trim("  a b \t\r\n") == "a b");
  CHECK(trim(" \n ").empty());
  CHECK(trim("").empty());
}

TEST_CASE("an e-mail has one @ and a domain with a dot inside") {
  for (const char* email : {"a@b.co", "thandi.mokoena+box@tuks.co.za", "é@ü.de"}) {
    INFO(email);
    CHECK(is_email(email));
  }
  for (const char* email : {"", "a", "@b.co", "a@", "a@b", "a@.co", "a@b.", "a@b..co", "a@b@c.co",
                            "a b@c.co", "a@b .co", "a\t@b.co"}) {
    INFO(email);
    CHECK_FALSE(is_email(email));
  }
}
