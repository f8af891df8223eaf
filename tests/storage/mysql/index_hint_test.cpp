#include "storage/mysql/index_hint.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "storage/mysql/search_index.h"

using hss::storage::BookingListShape;
using hss::storage::with_index_hint;

namespace {

int count_of(const std::string& part, const std::string& text) {
  int count = 0;
  for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++count;
  return count;
}

}  // namespace

TEST_CASE("each part of a list by status names its index, and no other list names one") {
  using Statuses = BookingListShape::Statuses;
  const hss::storage::MysqlSearchIndex index;
  for (const auto sort : hss::domain::all_booking_sorts) {
    for (const auto statuses : {Statuses::one, Statuses::in_queue, Statuses::all}) {
      const BookingListShape shape{.statuses = statuses, .sort = sort};
      const std::string sql = index.lists().sql(shape), hinted = with_index_hint(sql);
      INFO(hinted);
      const int parts = count_of(" LEFT JOIN payments p ", sql);
      const bool is_by_pickup = shape.is_by_pickup();
      CHECK(count_of(" b FORCE INDEX (bookings_by_status) LEFT JOIN payments p ", hinted) ==
            (!is_by_pickup && statuses != Statuses::all ? parts : 0));
      CHECK(count_of(" b FORCE INDEX (bookings_by_status_and_pickup) LEFT JOIN ", hinted) ==
            (is_by_pickup ? parts : 0));
    }
  }
  const std::string of_date =
      with_index_hint(index.lists().sql({.statuses = Statuses::kept,
                                         .sort = hss::domain::BookingSort::earliest_pickup,
                                         .by_date = true,
                                         .with_items = true}));
  CHECK(count_of(" b FORCE INDEX (bookings_by_status_and_pickup) LEFT JOIN ", of_date) == 6);
  const std::string by_owner = index.lists().sql({.by_owner = true, .statuses = Statuses::one});
  CHECK(with_index_hint(by_owner) == by_owner);
  const std::string by_words = index.lists().sql({.by_words = true, .statuses = Statuses::one});
  CHECK(with_index_hint(by_words) == by_words);
}
