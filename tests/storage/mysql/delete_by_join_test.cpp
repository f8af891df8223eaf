#include "storage/mysql/delete_by_join.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

using hss::storage::delete_by_join;

TEST_CASE("a deletion of what a query finds joins the query") {
  CHECK(delete_by_join("DELETE FROM sessions WHERE id IN (SELECT id FROM (SELECT id FROM sessions"
                       " WHERE expires_at <= ? ORDER BY expires_at LIMIT 2) AS expired)") ==
        "DELETE sessions FROM sessions JOIN (SELECT id FROM sessions WHERE expires_at <= ? ORDER BY"
        " expires_at LIMIT 2) AS expired USING (id)");
  CHECK(delete_by_join("DELETE FROM t WHERE (a, \"key\") IN (SELECT a, \"key\" FROM (SELECT a,"
                       " \"key\" FROM t LIMIT ?) AS old)") ==
        "DELETE t FROM t JOIN (SELECT a, \"key\" FROM t LIMIT ?) AS old USING (a, \"key\")");
}

TEST_CASE("its other conditions stay") {
  CHECK(delete_by_join("DELETE FROM t WHERE a = ?1 AND b IN (SELECT b FROM (SELECT b FROM t WHERE"
                       " a = ?1 LIMIT ?2) AS old)") ==
        "DELETE t FROM t JOIN (SELECT b FROM t WHERE a = ?1 LIMIT ?2) AS old USING (b)"
        " WHERE a = ?1");
}

TEST_CASE("every other statement stays as it is") {
  for (const std::string sql :
       {"SELECT 1 FROM t WHERE a IN (SELECT a FROM (SELECT a FROM t) AS b)",
        "DELETE FROM t WHERE a = ?", "DELETE FROM t", "DELETE FROM t WHERE a IN (SELECT a FROM u)",
        "DELETE FROM t WHERE a IN (SELECT b FROM (SELECT b FROM t) AS u)"}) {
    CHECK(delete_by_join(sql) == sql);
  }
}
