// Totals that do not fit the bookings and payments are told when a business moves.
#include "storage/copy/recount.h"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

using namespace hss::storage;

namespace {

Row booking(std::int64_t seq, const std::string& status, std::int64_t total) {
  const Table& table = copied_table("bookings");
  Row row(table.columns().size(), Value(std::string("x")));
  const auto set = [&](const char* column, Value value) {
    row[table.index_of(column)] = std::move(value);
  };
  set("seq", seq);
  set("status", status);
  set("total", total);
  set("duration_months", std::int64_t{3});
  set("created_at", std::string("2026-11-25T09:00:00.000Z"));
  set("items", std::string("[{\"type\":\"bed\"},{\"type\":\"box\"}]"));
  set("item_count", std::int64_t{2});
  return row;
}

Row payment(std::int64_t amount) {
  return {std::int64_t{1}, std::string("PAY-0000000001"), std::string("eft"), amount,
          std::string("2026-12-02T09:00:00.000Z")};
}

/// The totals of the two bookings below and the payment, as the program keeps them.
void see_totals(Recount& recount, std::int64_t bookings_of_week) {
  const auto see = [&](const char* table, const Row& row) {
    recount.see(copied_table(table), row);
  };
  see("status_totals", {std::string("submitted"), std::int64_t{1}, std::int64_t{5000}});
  see("status_totals", {std::string("paid"), std::int64_t{1}, std::int64_t{7000}});
  see("status_totals", {std::string("declined"), std::int64_t{0}, std::int64_t{0}});
  see("payment_totals", {std::int64_t{1}, std::int64_t{7000}});
  see("week_totals", {std::string("2026-11-23"), bookings_of_week, std::int64_t{0}});
  see("week_totals", {std::string("2026-11-30"), std::int64_t{0}, std::int64_t{7000}});
  see("item_totals", {std::string("bed"), std::int64_t{2}});
  see("item_totals", {std::string("box"), std::int64_t{2}});
  see("duration_totals", {std::int64_t{3}, std::int64_t{2}});
}

}  // namespace

TEST_CASE("totals that fit are no difference, and those that do not are named") {
  Recount recount(2);
  recount.see(copied_table("bookings"), booking(1, "paid", 7000));
  recount.see(copied_table("bookings"), booking(2, "submitted", 5000));
  // One that no total counts yet.
  recount.see(copied_table("bookings"), booking(3, "submitted", 9000));
  recount.see(copied_table("payments"), payment(7000));
  SECTION("right") {
    see_totals(recount, 2);
    CHECK(recount.differences().empty());
  }
  SECTION("wrong") {
    see_totals(recount, 3);
    CHECK(recount.differences() == std::vector<std::string>{"week_totals 2026-11-23"});
  }
  SECTION("missing") {
    CHECK(recount.differences().size() == 8);
  }
}
