// What is committed, when, and who hears of it.
#include <catch2/catch_test_macros.hpp>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "domain/error.h"
#include "storage/contract/backend.h"

using namespace hss::domain;
using namespace hss::test;

TEST_CASE("a unit of work that throws leaves nothing behind") {
  Backend backend(each_engine());
  CHECK_THROWS_AS(backend.store.transact([&](Tx& tx) {
    backend.bookings.create(tx, a_draft(), staff);
    throw Error(ErrorCode::conflict, "changed my mind");
  }),
                  Error);
  CHECK(backend.list({}).empty());
  CHECK(backend.store.read(
            [](Reader& reader) { return reader.reports().overview().total_bookings; }) == 0);
  CHECK(backend.store.read(
            [](Reader& reader) { return reader.audit().list({}, {}).rows.size(); }) == 0);
}

TEST_CASE("many writers at once lose nothing and collide in nothing") {
  Backend backend(each_engine());
  constexpr int threads = 8;
  constexpr int each = 25;
  std::vector<std::thread> writers;
  for (int i = 0; i < threads; ++i) {
    writers.emplace_back([&] {
      for (int n = 0; n < each; ++n) backend.create();
    });
  }
  for (auto& writer : writers) writer.join();
  const auto ids = backend.list({}, {.limit = 1000});
  CHECK(std::set(ids.begin(), ids.end()).size() == threads * each);
}

TEST_CASE("the revision is another after every change, and only then") {
  Backend backend(each_engine());
  std::uint64_t revision = backend.store.revision();
  const auto has_moved = [&] {
    const std::uint64_t before = std::exchange(revision, backend.store.revision());
    return revision != before;
  };
  CHECK_FALSE(has_moved());
  const std::string id = backend.create().id;
  CHECK(has_moved());
  backend.step(id, Status::approved);
  CHECK(has_moved());
  backend.list({});
  backend.store.check();
  CHECK_THROWS(backend.step(id, Status::returned));
  CHECK_FALSE(has_moved());
}

TEST_CASE("a restart repeats no revision") {
  Backend backend(each_engine_with_shared_data());
  const auto again = backend.open_another();
  CHECK(again->revision() != backend.store.revision());
}
