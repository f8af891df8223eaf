#include "storage/server/portable_sql.h"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

using hss::storage::Placeholders;
using hss::storage::to_portable;
using hss::storage::with_rows;

namespace {

std::string numbered(const char* sql) {
  return to_portable(sql, Placeholders::numbered).text;
}

}  // namespace

TEST_CASE("parameters are counted, or have their own numbers") {
  CHECK(numbered("SELECT ? WHERE a = ? OR b = ?") == "SELECT $1 WHERE a = $2 OR b = $3");
  CHECK(numbered("SELECT ?2, ?1, ?2") == "SELECT $2, $1, $2");
  CHECK(to_portable("SELECT ?2, ?1, ?2", Placeholders::plain).text == "SELECT ?, ?, ?");
  CHECK(to_portable("SELECT ?2, ?1, ?2", Placeholders::plain).values == std::vector{2, 1, 2});
  CHECK(to_portable("SELECT ?3", Placeholders::numbered).values == std::vector{1, 2, 3});
}

TEST_CASE("what is said to SQLite's planner alone is left out") {
  CHECK(numbered("SELECT 1 FROM t INDEXED BY t_by_a WHERE a = 1") ==
        "SELECT 1 FROM t  WHERE a = 1");
  CHECK(numbered("SELECT 1 FROM t NOT INDEXED WHERE a = 1") == "SELECT 1 FROM t  WHERE a = 1");
  CHECK(numbered("FROM a CROSS JOIN b ON b.x = a.x") == "FROM a JOIN b ON b.x = a.x");
  CHECK(numbered("WHERE +event_type = 'x' AND (+b.seq > 1)") ==
        "WHERE event_type = 'x' AND (b.seq > 1)");
}

TEST_CASE("sums, names and texts in quotes stay as they are") {
  CHECK(numbered("SET count = count + 1, total = total + ?") ==
        "SET count = count + 1, total = total + $1");
  CHECK(numbered("SELECT \"key\" FROM t WHERE a = 'what? CROSS +x'") ==
        "SELECT \"key\" FROM t WHERE a = 'what? CROSS +x'");
  CHECK(numbered("UPDATE bookings_indexed SET seq = 1") == "UPDATE bookings_indexed SET seq = 1");
}

TEST_CASE("a quote that does not end does not end the program") {
  CHECK(numbered("SELECT 'x") == "SELECT 'x");
  CHECK(numbered("SELECT '") == "SELECT '");
}

TEST_CASE("an insertion of one row becomes one of many") {
  CHECK(with_rows("INSERT INTO t (a, b) VALUES (?, ?)", 3) ==
        "INSERT INTO t (a, b) VALUES (?, ?), (?, ?), (?, ?)");
  CHECK(with_rows("INSERT INTO t (a) VALUES (?)", 1) == "INSERT INTO t (a) VALUES (?)");
}
