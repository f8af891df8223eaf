#include "bench/filling.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

#include "bench/interruption.h"
#include "crypto/digest.h"
#include "domain/bookings/booking_service.h"
#include "samples/booking.h"

namespace hss::bench {
namespace {

using domain::Status;

constexpr std::size_t rows_a_commit = 1000;
constexpr auto span_of_time = std::chrono::hours(24 * 365 * 3);

constexpr std::array road{Status::approved, Status::paid, Status::collected, Status::in_storage,
                          Status::returned};

/// The number of steps that bookings take, by turns; one in `one_is_cancelled` is cancelled.
constexpr std::array<std::size_t, 10> steps_taken{0, 0, 0, 0, 1, 1, 1, 2, 3, 5};
constexpr std::size_t one_is_cancelled = 25;

class Filling {
 public:
  Filling(domain::Tx& tx, const domain::BookingService& bookings, samples::Dice& dice)
      : tx_(tx), bookings_(bookings), dice_(dice) {}

  void add(std::size_t number, domain::Instant made) {
    const auto draft =
        samples::draft_booking(number, made + std::chrono::hours(24 * dice_.between(3, 20)), dice_);
    const domain::Caller customer{{.account = draft.email, .role = domain::Role::customer}, "fill"};
    const domain::Caller staff{{.account = "staff@hss-ops.co.za", .role = domain::Role::staff},
                               "fill"};
    const std::string id = bookings_.create(tx_, draft, customer).id;
    if (number % one_is_cancelled == 0) {
      bookings_.change_status(tx_, id, {.to = Status::cancelled, .reason = ""}, customer);
      return;
    }
    const std::size_t steps = steps_taken[number % steps_taken.size()];
    for (std::size_t step = 0; step < steps; ++step) {
      if (road[step] == Status::paid) {
        bookings_.pay(tx_, id, "card", customer);
      } else {
        bookings_.change_status(tx_, id, {.to = road[step], .reason = ""}, staff);
      }
    }
  }

 private:
  domain::Tx& tx_;
  const domain::BookingService& bookings_;
  samples::Dice& dice_;
};

}  // namespace

void fill(const storage::Place& place, const Numbers& numbers) {
  const auto store = storage::open_store(
      place, [](const std::string& text) { std::fprintf(stderr, "%s\n", text.c_str()); });
  const domain::Instant start = std::chrono::system_clock::now() - span_of_time;
  domain::Instant clock = start;
  const domain::BookingService service([&] { return clock; }, crypto::fill_random);
  samples::Dice dice;
  for (std::size_t made = numbers.from; made < numbers.end; made += rows_a_commit) {
    require_no_interruption();
    const std::size_t end = std::min(made + rows_a_commit, numbers.end);
    store->transact([&](domain::Tx& tx) {
      Filling filling(tx, service, dice);
      for (std::size_t i = made; i < end; ++i) {
        clock = start + span_of_time / numbers.of * i;
        filling.add(i, clock);
      }
    });
  }
}

std::size_t count_bookings(const std::string& file) {
  SQLite::Database database(file, SQLite::OPEN_READONLY);
  return static_cast<std::size_t>(database.execAndGet("SELECT count(*) FROM bookings").getInt64());
}

std::vector<std::string> some_bookings(const std::string& file, std::size_t max) {
  SQLite::Database database(file, SQLite::OPEN_READONLY);
  SQLite::Statement rows(database,
                         "SELECT id FROM bookings WHERE seq % max(1, (SELECT max(seq) FROM "
                         "bookings) / ?) = 0 ORDER BY seq LIMIT ?");
  rows.bind(1, static_cast<std::int64_t>(max));
  rows.bind(2, static_cast<std::int64_t>(max));
  std::vector<std::string> ids;
  while (rows.executeStep()) ids.push_back(rows.getColumn(0).getString());
  return ids;
}

}  // namespace hss::bench
