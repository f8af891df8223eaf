#include "storage/mysql/failure.h"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <utility>
#include <vector>

#include "storage/server/failure.h"
#include "storage/sql/connection.h"

namespace {

using namespace hss::storage;
using Kind = ServerFailure::Kind;

Kind kind_of(unsigned number) {
  try {
    throw_mysql_failure(number, "HY000", "text");
  } catch (const ServerFailure& failure) {
    return failure.kind();
  }
}

}  // namespace

TEST_CASE("a failure of MariaDB or MySQL is told by its number") {
  const std::vector<std::pair<Kind, std::vector<unsigned>>> kinds{
      {Kind::unreachable, {2002, 2003, 2005}},
      {Kind::sign_in, {1045, 1044, 1049, 1130, 1251, 1698, 1820, 2059, 2061, 3118, 4151}},
      {Kind::certificate, {2026, 3159}},
      {Kind::full, {3, 1021, 1026, 1114}},
      {Kind::read_only, {1290, 1792, 1836}},
      {Kind::crowded, {1040, 1203, 1226}},
      {Kind::busy, {1205, 1317, 1969, 3024}},
      {Kind::no_rights, {1142, 1143, 1227, 1133, 1356, 1410}},
      {Kind::wrong_schema, {1054, 1146}},
      {Kind::other, {1064, 1105}}};
  for (const auto& [kind, numbers] : kinds) {
    for (const unsigned number : numbers) {
      INFO(number);
      CHECK(kind_of(number) == kind);
    }
  }
}

TEST_CASE("a connection that ended, or a deadlock, may be tried again") {
  for (const unsigned number : {2006U, 2013U, 2055U, 1053U, 1159U, 1161U, 1927U, 3169U, 4031U}) {
    INFO(number);
    CHECK(ends_mysql_connection(number));
    CHECK_THROWS_AS(throw_mysql_failure(number, "HY000", ""), ConnectionLost);
  }
  CHECK_FALSE(ends_mysql_connection(1213));
  CHECK_THROWS_AS(throw_mysql_failure(1213, "40001", ""), ConnectionLost);
}

TEST_CASE("a rule of a table, or a value that does not fit it, is a violation") {
  const std::vector<std::pair<unsigned, std::string>> violations{
      {1062, "23000"}, {1048, "23000"}, {1452, "23000"}, {1406, "22001"}, {1264, "22003"},
      {1366, "HY000"}, {1364, "HY000"}, {3819, "HY000"}, {4025, "23000"}, {3140, "22032"}};
  for (const auto& [number, sqlstate] : violations) {
    INFO(number);
    CHECK_THROWS_AS(throw_mysql_failure(number, sqlstate, ""), ConstraintViolation);
  }
}

TEST_CASE("a table that is there already is told apart") {
  for (const unsigned number : {1050U, 1060U, 1061U, 1826U, 3821U, 3822U}) {
    CHECK_THROWS_AS(throw_mysql_failure(number, "42S01", ""), ExistsAlready);
  }
}
