#include "domain/reference.h"

#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "places.h"

using namespace hss::domain;
using hss::test::source_folder;

namespace {

using Json = nlohmann::json;

Json text_or_null(const std::optional<std::string>& text) {
  return text ? Json(*text) : Json();
}

}  // namespace

TEST_CASE("a reference is found in any dress, as the page finds it") {
  std::ifstream file(source_folder() + "/tests/references.json");
  const Json table = Json::parse(file);
  REQUIRE(table.size() > 50);
  for (const Json& row : table) {
    const std::string text = row["text"];
    INFO(text);
    CHECK(text_or_null(find_reference(text)) == row["found"]);
    const Json whole = row["whole"] == true ? row.value("parsed", row["found"]) : Json();
    CHECK(text_or_null(parse_reference(text)) == whole);
  }
}

TEST_CASE("a reference that is no booking's needs its prefix") {
  CHECK(parse_reference("whk7k3m9qx2vd", webhook_prefix) == "WHK-7K3M9QX2VD");
  CHECK(parse_reference("acc–7k3m9qx2vd", account_prefix) == "ACC-7K3M9QX2VD");
  CHECK_FALSE(parse_reference("7k3m9qx2vd", webhook_prefix).has_value());
  CHECK_FALSE(parse_reference("HSS-7K3M9QX2VD", webhook_prefix).has_value());
  CHECK_FALSE(parse_reference("WHK-7K3M9QX2VD").has_value());
}

TEST_CASE("where a reference is asked for, one of ten letters alone is one, too") {
  CHECK(read_reference("kzmqxvdabc") == "HSS-KZMQXVDABC");
  CHECK(read_reference("about HSS-7K3M9QX2VD, please") == "HSS-7K3M9QX2VD");
  CHECK_FALSE(read_reference("about kzmqxvdabc, please").has_value());
}

TEST_CASE("text that is not UTF-8 holds no reference") {
  CHECK_FALSE(find_reference("HSS-7K3M9QX2VD\xff").has_value());
  CHECK_FALSE(parse_reference("\xc3").has_value());
}
