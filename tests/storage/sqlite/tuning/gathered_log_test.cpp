#include "storage/sqlite/tuning/gathered_log.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <filesystem>

#include "storage/sqlite/connection.h"
#include "support.h"

using namespace hss::storage;
using namespace hss::test;

namespace {

/// Writes through the gathered log. Its transactions have more pages than the log keeps.
struct Writing {
  explicit Writing(const std::string& path) : connection(path, Connection::Mode::batches) {
    database.exec(
        "PRAGMA cache_size = 10; PRAGMA wal_autocheckpoint = 200;"
        "CREATE TABLE boxes (id INTEGER PRIMARY KEY, label TEXT UNIQUE)");
  }

  Connection connection;
  SQLite::Database& database = connection.database();
};

void add(SQLite::Database& database, int count) {
  SQLite::Statement insert(
      database, "INSERT INTO boxes (label) VALUES (hex (randomblob (?)) || hex (randomblob (8)))");
  for (int i = 0; i < count; ++i) {
    insert.bind(1, i % 200);
    insert.exec();
    insert.reset();
  }
}

/// The number of boxes that another program sees.
int boxes_in(const std::string& path) {
  SQLite::Database database(path, SQLite::OPEN_READWRITE);
  CHECK(database.execAndGet("PRAGMA integrity_check").getString() == "ok");
  return database.execAndGet("SELECT count(*) FROM boxes").getInt();
}

}  // namespace

TEST_CASE("what is committed is in the files at once, for whoever opens them and after a crash") {
  TempFolder folder;
  const std::string path = folder.file("boxes.db");
  const std::string left = folder.file("left.db");
  Writing writing(path);
  int expected = 0;
  for (const int count : {1, 40, 3'000, 2, 700}) {
    writing.database.exec("BEGIN IMMEDIATE");
    add(writing.database, count);
    CHECK(boxes_in(path) == expected);
    writing.database.exec("COMMIT");
    expected += count;
    // A crash would leave the files like this, before anybody opens them again.
    for (const char* const ending : {"", "-wal"}) {
      std::filesystem::copy_file(path + ending, left + ending,
                                 std::filesystem::copy_options::overwrite_existing);
    }
    CHECK(boxes_in(left) == expected);
    CHECK(boxes_in(path) == expected);
  }
}

TEST_CASE("nothing of what was rolled back is written over what another program committed") {
  TempFolder folder;
  const std::string path = folder.file("boxes.db");
  Writing writing(path);
  add(writing.database, 1);
  const int rolled_back = GENERATE(range(20, 420, 40));
  writing.database.exec("BEGIN IMMEDIATE");
  add(writing.database, rolled_back);
  writing.database.exec("ROLLBACK");
  SQLite::Database other(path, SQLite::OPEN_READWRITE);
  other.exec("BEGIN IMMEDIATE");
  add(other, 500);
  other.exec("COMMIT");
  CHECK(writing.database.execAndGet("SELECT count(*) FROM boxes").getInt() == 501);
  add(writing.database, 1);
  CHECK(boxes_in(path) == 502);
}

TEST_CASE("a part of a transaction that was rolled back is not in its commit") {
  TempFolder folder;
  const std::string path = folder.file("boxes.db");
  Writing writing(path);
  writing.database.exec("BEGIN IMMEDIATE; SAVEPOINT half");
  add(writing.database, 1'500);
  CHECK(writing.database.execAndGet("SELECT count(*) FROM boxes").getInt() == 1'500);
  writing.database.exec("ROLLBACK TO half");
  add(writing.database, 10);
  writing.database.exec("COMMIT");
  CHECK(boxes_in(path) == 10);
}
