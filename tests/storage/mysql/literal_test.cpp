#include "storage/mysql/literal.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

using namespace std::string_literals;

namespace {

std::string text(std::string_view value) {
  std::string sql;
  hss::storage::append_text_literal(sql, value);
  return sql;
}

}  // namespace

TEST_CASE("a plain text stands in quotes") {
  CHECK(text("") == "''");
  CHECK(text("lerato@tuks.co.za") == "'lerato@tuks.co.za'");
  CHECK(text(R"({"a": "b; -- /* ? %"})") == R"('{"a": "b; -- /* ? %"}')");
}

TEST_CASE("nothing in a text ends its literal, however the server reads it") {
  CHECK(text("' OR 1 = 1 -- ") == "_utf8mb4 X'27204f522031203d2031202d2d20'");
  CHECK(text("\\") == "_utf8mb4 X'5c'");
  CHECK(text("a\nb") == "_utf8mb4 X'610a62'");
  CHECK(text("\0"s) == "_utf8mb4 X'00'");
  // In some character sets the first byte of a character takes what follows it along.
  CHECK(text("Zo\u00eb") == "_utf8mb4 X'5a6fc3ab'");
  CHECK(text("\xbf") == "_utf8mb4 X'bf'");
  for (int byte = 0; byte < 256; ++byte) {
    const std::string literal = text(std::string(1, static_cast<char>(byte)));
    const auto inside = literal.substr(literal.find('\'') + 1);
    INFO(literal);
    CHECK(inside.find('\'') == inside.size() - 1);
    CHECK(literal.find('\\') == literal.npos);
  }
}

TEST_CASE("bytes are hexadecimal") {
  std::string sql = "SELECT ";
  hss::storage::append_blob_literal(sql, "\x01'\xff");
  CHECK(sql == "SELECT X'0127ff'");
}
