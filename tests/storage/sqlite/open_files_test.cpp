#include "storage/sqlite/open_files.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <filesystem>
#include <future>
#include <thread>
#include <vector>

#include "domain/error.h"
#include "storage/sqlite/sqlite_store.h"
#include "support.h"

using namespace hss::domain;
using namespace hss::test;

namespace {

template <class Act>
void check_unavailable(const Act& act) {
  try {
    act();
    FAIL("it went through");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::unavailable);
    CHECK(std::string(error.what()).find("moved, deleted or replaced") != std::string::npos);
  }
}

}  // namespace

TEST_CASE("nothing is acknowledged that went to a file which was moved away, until it is back") {
  const std::string ending = GENERATE("", "-wal", "-shm");
  TempFolder folder;
  TestClock clock;
  hss::storage::SqliteStore store(folder.file("hss.db"), [](const std::string&) {});
  const BookingService bookings(clock.clock(), seeded_random());
  const auto book = [&] {
    return store.transact([&](Tx& tx) { return bookings.create(tx, a_draft(), staff).id; });
  };
  const std::string kept = book();
  const std::string file = folder.file("hss.db") + ending;

  std::filesystem::rename(file, folder.file("away"));
  check_unavailable(book);
  check_unavailable([&] { store.check(); });

  write_file(file, "another");
  check_unavailable(book);

  std::filesystem::rename(folder.file("away"), file);
  CHECK_NOTHROW(store.check());
  book();
  const auto found =
      store.read([](Reader& reader) { return reader.bookings().list({}, {.limit = 10}).rows; });
  CHECK(found.size() == 2);
  CHECK(found.back().id == kept);
}

TEST_CASE("a file that took the database's place is not read beside it") {
  TempFolder folder;
  hss::storage::SqliteStore store(folder.file("hss.db"), [](const std::string&) {});
  {
    const hss::storage::SqliteStore other(folder.file("other.db"), [](const std::string&) {});
  }
  // One reader has its connection; the second one needs a new one.
  std::promise<void> first_reads, second_is_done;
  std::thread first([&] {
    store.read([&](Reader&) {
      first_reads.set_value();
      second_is_done.get_future().wait();
    });
  });
  first_reads.get_future().wait();
  std::filesystem::rename(folder.file("other.db"), folder.file("hss.db"));
  check_unavailable(
      [&] { store.read([](Reader& reader) { return reader.reports().overview(); }); });
  second_is_done.set_value();
  first.join();
}
