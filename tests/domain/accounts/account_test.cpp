#include "domain/accounts/account.h"

#include <catch2/catch_test_macros.hpp>

using namespace hss::domain;
using namespace std::chrono_literals;

TEST_CASE("a password is 10 to 128 characters, and neither its owner's name nor one sign again") {
  const auto error = [](const std::string& password) {
    return password_error(password, "thandi@x.co.za", "Thandi Mokoena");
  };
  CHECK(error("0123456789").empty());
  CHECK(error("žžžžžžžžža").empty());
  CHECK(error(std::string(127, 'a') + "b").empty());
  CHECK(error("012345678") == "password must be at least 10 characters");
  CHECK(error("") == "password must be at least 10 characters");
  CHECK(error(std::string(128, 'a') + "b") == "password must be at most 128 characters");
  CHECK_FALSE(error("aaaaaaaaaaaa").empty());
  CHECK_FALSE(error("Thandi@X.co.za").empty());
  CHECK_FALSE(error("thandi mokoena").empty());
}

TEST_CASE("a PIN is six digits that nobody guesses at once") {
  for (const char* pin : {"271828", "000001", "112233", "135791"}) CHECK(pin_error(pin).empty());
  for (const char* pin : {"", "12345", "1234567", "12345a", "27 828", "000000", "777777", "123456",
                          "234567", "987654", "٣٤٥٦٧٨"}) {
    INFO(pin);
    CHECK_FALSE(pin_error(pin).empty());
  }
}

TEST_CASE("a PIN's lock doubles from 30 seconds at the fifth wrong try to 15 minutes") {
  CHECK(pin_lock(0) == 0s);
  CHECK(pin_lock(4) == 0s);
  CHECK(pin_lock(5) == 30s);
  CHECK(pin_lock(6) == 60s);
  CHECK(pin_lock(9) == 8min);
  CHECK(pin_lock(10) == 15min);
  CHECK(pin_lock(1'000'000) == 15min);
}
