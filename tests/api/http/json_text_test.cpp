#include "api/http/json_text.h"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "api/http/json.h"

using hss::api::Json;
using hss::api::JsonText;
using hss::domain::Money;

TEST_CASE("JSON text is byte for byte what the library writes") {
  std::string signs;
  for (int c = 0; c < 0x80; ++c) signs += static_cast<char>(c);
  const std::vector<std::string> texts{"", "Thandi", "\"quoted\" \\ back/slash", "André — 😀 \u2028",
                                       signs};
  for (const std::string& text : texts) {
    const Json library{{"text", text}, {"number", 1}};
    JsonText ours;
    ours.open('{').member("text", text).member("number", 1).close('}');
    CHECK(ours.take() == library.dump());
  }
}

TEST_CASE("amounts in JSON text are the library's numbers") {
  for (const std::int64_t cents :
       {0, 1, 9, 10, 55, 99, 100, 101, 61050, 61055, 218000, 99999999, 1234567890}) {
    INFO(cents);
    JsonText ours;
    ours.open('{').member("amount", Money{cents}).close('}');
    Json library;
    library["amount"] = hss::api::to_json(Money{cents});
    CHECK(ours.take() == library.dump());
  }
}

TEST_CASE("objects and lists nest in JSON text") {
  JsonText ours;
  ours.open('{').open("rows", '[');
  for (int i = 0; i < 2; ++i)
    ours.open('{').member("i", i).member("none", std::optional<std::string>()).close('}');
  ours.close(']').open("empty", '[').close(']').member("count", std::int64_t{2}).close('}');
  CHECK(ours.take() ==
        R"({"rows":[{"i":0,"none":null},{"i":1,"none":null}],"empty":[],"count":2})");
}
