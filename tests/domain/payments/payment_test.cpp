#include "domain/payments/payment.h"

#include <catch2/catch_test_macros.hpp>

#include "domain/error.h"

using namespace hss::domain;

TEST_CASE("payment methods are taken in any case") {
  CHECK(parse_payment_method("") == "card");
  CHECK(parse_payment_method(" Card ") == "card");
  CHECK(parse_payment_method("EFT") == "eft");
  CHECK(parse_payment_method("cash") == "cash");
  CHECK(parse_payment_method("Saved Card ending in 4471") == "saved card ending in 4471");
}

TEST_CASE("any other payment method is refused") {
  for (const char* method : {"cheque", "saved card ending in 44", "saved card ending in 44711",
                             "saved card ending in 44a1", "card4"}) {
    INFO(method);
    CHECK_THROWS_AS(parse_payment_method(method), Error);
  }
}
