#include "samples/season.h"

#include <catch2/catch_test_macros.hpp>

#include "storage/sqlite_store.h"
#include "support.h"

using namespace hss;
using namespace hss::test;

TEST_CASE("the demo's season has bookings in every state, dated around today, the same each time") {
  const auto fill = [] {
    storage::SqliteStore store(":memory:", [](const std::string&) {});
    samples::fill_season(store, TestClock::start);
    return store.read([](domain::Reader& reader) {
      for (const auto& row : reader.overview().by_status) {
        INFO(domain::to_text(row.status));
        CHECK(row.count >= 3);
      }
      std::string text;
      const std::string now = domain::to_rfc3339(TestClock::start);
      for (const auto& booking : reader.list_bookings({}, {.limit = 200}).rows) {
        text += booking.id + booking.customer_name + booking.email + booking.address +
                booking.pickup_date + booking.created_at + booking.updated_at +
                std::to_string(booking.price.total.cents);
        CHECK(booking.updated_at < now);
        if (booking.status == domain::Status::submitted) CHECK(booking.pickup_date > "2026-11-22");
      }
      CHECK(reader.overview().total_bookings == 60);
      return text;
    });
  };
  CHECK(fill() == fill());
}
