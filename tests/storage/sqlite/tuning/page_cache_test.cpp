#include "storage/sqlite/tuning/page_cache.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "storage/sqlite/connection.h"
#include "support.h"

using namespace hss::storage;
using namespace hss::test;

namespace {

void fill(Connection& connection, int first, int rows) {
  execute(connection,
          "WITH RECURSIVE n (i) AS (SELECT ?1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1 + ?2 - 1)"
          // The keys are in no order, so that trees are balanced all over.
          " INSERT INTO boxes SELECT i * 7919 % 1000003, hex(randomblob(50)) FROM n",
          first, rows);
}

std::string check(Connection& connection) {
  Query row(connection, "PRAGMA integrity_check");
  return row.step() ? row.text(0) : "";
}

std::int64_t count(Connection& connection) {
  Query row(connection, "SELECT count(*) FROM boxes");
  return row.step() ? row.integer(0) : -1;
}

}  // namespace

TEST_CASE("a file that shrinks and grows again under two connections is read as it is") {
  TempFolder folder;
  const bool is_vacuumed_by_itself = GENERATE(true, false);
  Connection one(folder.file("hss.db"), Connection::Mode::batches);
  if (is_vacuumed_by_itself) {
    execute(one, "PRAGMA auto_vacuum = FULL");
    execute(one, "VACUUM");
  }
  Connection other(folder.file("hss.db"), Connection::Mode::read_write);
  execute(one, "CREATE TABLE boxes (id INTEGER PRIMARY KEY, label TEXT UNIQUE)");
  for (int round = 0; round < 3; ++round) {
    Connection& first = round % 2 == 0 ? one : other;
    Connection& second = round % 2 == 0 ? other : one;
    fill(first, 1, 4000);
    fill(second, 4001, 2000);
    CHECK(count(first) == 6000);
    CHECK(check(first) == "ok");
    execute(second, "DELETE FROM boxes WHERE id % 50 <> 0");
    if (!is_vacuumed_by_itself) execute(first, "VACUUM");
    CHECK(check(second) == "ok");
    execute(first, "BEGIN");
    fill(first, 10001, 3000);
    execute(first, "ROLLBACK");
    CHECK(check(first) == "ok");
    CHECK(count(first) == count(second));
    execute(second, "DELETE FROM boxes");
  }
}
