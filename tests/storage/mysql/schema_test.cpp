#include "storage/mysql/schema.h"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

using hss::storage::mysql_schema;
using hss::storage::statements_of;

TEST_CASE("a migration's text is taken apart into its statements") {
  CHECK(
      statements_of("-- What it is; and why.\nCREATE TABLE a (\n  b int\n);\n\nDROP TABLE c;\n") ==
      std::vector<std::string>{"CREATE TABLE a (\n  b int\n)", "DROP TABLE c"});
  CHECK(statements_of("INSERT INTO a VALUES ('x; y');") ==
        std::vector<std::string>{"INSERT INTO a VALUES ('x; y')"});
  CHECK(statements_of("-- nothing\n").empty());
}

TEST_CASE("every statement of the schema is one") {
  for (int version = 1; version <= mysql_schema().version(); ++version) {
    for (const std::string& statement : statements_of(mysql_schema().step_to(version))) {
      INFO(statement);
      // The comments are for one of the servers, and name its collation.
      CHECK(statement.find(';') == statement.npos);
      if (statement.starts_with("CREATE TABLE")) {
        CHECK(
            statement.ends_with(") ENGINE=InnoDB CHARACTER SET utf8mb4 /*M! COLLATE"
                                " utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */"));
      }
    }
  }
}

TEST_CASE("the user of the grants is a name, whatever is in it") {
  const std::string rights = mysql_schema().rights_of("h`ss");
  CHECK(rights.find("ON head TO `h``ss`@'%';") != rights.npos);
  CHECK(rights.find(":\"user\"@") == rights.npos);
}
