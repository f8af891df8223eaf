#include "api/http/json_numbers.h"

#include <catch2/catch_test_macros.hpp>

using hss::api::with_exact_numbers;

TEST_CASE("JSON whose numbers a double holds is good as it is") {
  for (const char* json :
       {R"({"a":1100.001,"b":-0,"c":[1e3,1.5E-2,610.55],"d":"1e999 \\\" 3.0000000000000000001"})",
        R"({"a":1100.00000000000000000000000,"b":0.000000000000000000000e5,"c":999999999999999})",
        R"({"a":01e999})", R"({"a":1.e999})", R"({"a":1e})", R"({"a":-})", R"("1e999)", "",
        "nonsense 1e+"}) {
    INFO(json);
    CHECK_FALSE(with_exact_numbers(json).has_value());
  }
}

TEST_CASE("a number that a double would round to another becomes the double beside it") {
  CHECK(with_exact_numbers(R"({"a":[1100.0000000000000001,2],"b":"x"})") ==
        R"({"a":[1100.0000000000002,2],"b":"x"})");
  CHECK(with_exact_numbers("-1100.0000000000000001") == "-1100.0000000000002");
  CHECK(with_exact_numbers("1e-999") == "5e-324");
  CHECK(with_exact_numbers("[1e999,-1E+999]") ==
        "[1.7976931348623157e+308,-1.7976931348623157e+308]");
}
