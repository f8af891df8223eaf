#include "storage/gathered_log.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <catch2/catch_test_macros.hpp>
#include <filesystem>

#include "support.h"

using namespace hss::storage;
using namespace hss::test;

namespace {

const int read_write = SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE;

/// Writes to a log through what the test is about, with so little memory for pages that a
/// transaction writes and reads back its own before it ends.
struct Writing {
  explicit Writing(const std::string& path) : database(path, read_write, 0, gathered_log_vfs()) {
    database.exec(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = 10;"
        "PRAGMA wal_autocheckpoint = 200;"
        "CREATE TABLE boxes (id INTEGER PRIMARY KEY, label TEXT UNIQUE)");
  }

  void add(int count) {
    SQLite::Statement insert(
        database,
        "INSERT INTO boxes (label) VALUES (hex (randomblob (?)) || hex (randomblob (8)))");
    for (int i = 0; i < count; ++i) {
      insert.bind(1, i % 200);
      insert.exec();
      insert.reset();
    }
  }

  SQLite::Database database;
};

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
    writing.add(count);
    CHECK(boxes_in(path) == expected);
    writing.database.exec("COMMIT");
    expected += count;
    // As a crash would leave them, before anybody opened them again.
    for (const char* const ending : {"", "-wal"}) {
      std::filesystem::copy_file(path + ending, left + ending,
                                 std::filesystem::copy_options::overwrite_existing);
    }
    CHECK(boxes_in(left) == expected);
    CHECK(boxes_in(path) == expected);
  }
}

TEST_CASE("a transaction reads what it wrote, and nothing of one that was rolled back remains") {
  TempFolder folder;
  const std::string path = folder.file("boxes.db");
  Writing writing(path);
  writing.database.exec("BEGIN IMMEDIATE");
  writing.add(2'000);
  CHECK(writing.database.execAndGet("SELECT count(DISTINCT label) FROM boxes").getInt() == 2'000);
  writing.database.exec("ROLLBACK");
  CHECK(boxes_in(path) == 0);
  writing.add(1);
  writing.database.exec("BEGIN IMMEDIATE; SAVEPOINT half");
  writing.add(1'500);
  writing.database.exec("ROLLBACK TO half");
  writing.add(10);
  writing.database.exec("COMMIT");
  CHECK(boxes_in(path) == 11);
}
