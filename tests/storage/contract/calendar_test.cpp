// The calendar and the places that bookings take, on each engine.
#include <array>
#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <map>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "domain/calendar/calendar_service.h"
#include "domain/calendar/slots.h"
#include "domain/error.h"
#include "storage/contract/backend.h"

using namespace hss::domain;
using namespace hss::test;

namespace {

Hours hours_of(const std::string& text) {
  return find_hours(text).value();
}

/// Any day, mornings for so many, afternoons for as many as come.
Calendar mornings_for(int capacity) {
  Calendar calendar{.closed_on_holidays = false};
  for (const Weekday weekday : all_weekdays) {
    calendar.windows.push_back(
        {weekday, {.hours = hours_of("08:00 – 11:00"), .capacity = capacity}});
    calendar.windows.push_back({weekday, {.hours = hours_of("14:00 – 17:00")}});
  }
  return calendar;
}

class CalendarBackend : public Backend {
 public:
  using Backend::Backend;

  Calendar save(const Calendar& calendar) {
    return store.transact([&](Tx& tx) { return save_calendar(tx, calendar, staff, clock.now()); });
  }
  int taken(const std::string& date = "2026-12-01", const std::string& window = "08:00 – 11:00") {
    const Place place{date, hours_of(window), PlaceKind::pickup};
    const auto places = all_taken();
    const auto found = places.find(place);
    return found == places.end() ? 0 : found->second;
  }
  TakenPlaces all_taken() {
    return store.read(
        [](Reader& reader) { return reader.calendar().taken("0001-01-01", "9999-12-31"); });
  }
  /// Counts what all_taken() says once more, from the bookings.
  TakenPlaces recount() {
    TakenPlaces places;
    Page page{.limit = 200};
    for (;;) {
      const auto slice =
          store.read([&](Reader& reader) { return reader.bookings().list({}, page); });
      for (const Booking& booking : slice.rows) {
        if (booking.status == Status::declined || booking.status == Status::cancelled) continue;
        const auto place = find_pickup_place(booking.pickup_date, booking.pickup_window);
        if (place) ++places[*place];
      }
      if (!slice.next_cursor) return places;
      page.cursor = slice.next_cursor;
    }
  }
};

ErrorCode code_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.code();
  }
  return ErrorCode::internal;
}

}  // namespace

TEST_CASE("a calendar comes back as it was saved, with the next version each time it changes") {
  CalendarBackend backend(each_engine());
  const auto read = [&] {
    return backend.store.read([](Reader& reader) { return reader.calendar().find(); });
  };
  CHECK_FALSE(read().has_value());
  Calendar calendar = mornings_for(5);
  calendar.exceptions = {{.date = "2026-12-24", .closed = "Christmas Eve", .windows = {}},
                         {.date = "2026-12-19",
                          .closed = "",
                          .windows = {{.hours = hours_of("07:00 – 12:00"),
                                       .capacity = 9,
                                       .pickup_capacity = 8,
                                       .return_capacity = 7}}}};
  calendar.first_day = "2026-11-01";
  calendar.last_day = "2026-12-31";
  calendar.lead_hours = 24;
  calendar.horizon_days = 90;
  CHECK(backend.save(calendar).version == 1);
  const auto saved = read();
  REQUIRE(saved.has_value());
  CHECK(saved->version == 1);
  CHECK(saved->windows == calendar.windows);
  CHECK(saved->exceptions == calendar.exceptions);
  CHECK(saved->first_day == calendar.first_day);
  CHECK(saved->last_day == calendar.last_day);
  CHECK(saved->lead_hours == 24);
  CHECK(saved->horizon_days == 90);
  CHECK_FALSE(saved->closed_on_holidays);
  CHECK(backend.save(calendar).version == 1);
  calendar.lead_hours = 48;
  CHECK(backend.save(calendar).version == 2);
  const auto events = backend.store.read([](Reader& reader) {
    return reader.audit().list({.event_type = "calendar_changed"}, {}).rows;
  });
  REQUIRE(events.size() == 2);
  CHECK(events.front().payload == R"({"lead_hours_from":"24","lead_hours_to":"48","version":2})");
}

TEST_CASE("64 clients want the last place of a window: one gets it") {
  CalendarBackend backend(each_engine());
  backend.save(mornings_for(1));
  constexpr int clients = 64;
  std::atomic<int> booked = 0, full = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < clients; ++i) {
    threads.emplace_back([&] {
      try {
        backend.create();
        ++booked;
      } catch (const Error& error) {
        if (error.code() == ErrorCode::slot_full && error.details().size() == 4) ++full;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(booked == 1);
  CHECK(full == clients - 1);
  CHECK(backend.taken() == 1);
}

TEST_CASE("a full window says which places are free next") {
  CalendarBackend backend(each_engine());
  Calendar calendar = mornings_for(0);
  calendar.exceptions = {{.date = "2026-12-02", .closed = "Stocktaking", .windows = {}}};
  backend.save(calendar);
  try {
    backend.create();
    FAIL("the window took it");
  } catch (const Error& error) {
    CHECK(error.what() == std::string("08:00 – 11:00 on 2026-12-01 is full; choose another time"));
    CHECK(error.details() == std::vector<std::string>{
                                 "reason=full", "free=2026-12-01 14:00 – 17:00",
                                 "free=2026-12-03 14:00 – 17:00", "free=2026-12-04 14:00 – 17:00"});
  }
}

TEST_CASE("declining and cancelling give a place back, and a withdrawn approval keeps it") {
  CalendarBackend backend(each_engine());
  backend.save(mornings_for(2));
  const std::string first = backend.create().id;
  const std::string second = backend.create().id;
  CHECK(code_of([&] { backend.create(); }) == ErrorCode::slot_full);
  backend.step(first, Status::approved);
  backend.step(first, Status::submitted);
  CHECK(backend.taken() == 2);
  backend.step(first, Status::cancelled);
  backend.step(first, Status::cancelled);
  CHECK(backend.taken() == 1);
  backend.store.transact([&](Tx& tx) {
    backend.bookings.change_status(tx, second, {.to = Status::declined, .reason = "Too far"},
                                   staff);
  });
  CHECK(backend.taken() == 0);
  backend.create();
  CHECK(backend.taken() == 1);
}

TEST_CASE(
    "the first calendar counts the bookings that are there, and a lower capacity moves nobody") {
  CalendarBackend backend(each_engine());
  for (int i = 0; i < 3; ++i) backend.create();
  backend.step(backend.create().id, Status::cancelled);
  BookingDraft odd = a_draft();
  odd.pickup_window = "in the evening";
  backend.create(odd);
  CHECK(backend.all_taken().empty());
  backend.save(mornings_for(2));
  CHECK(backend.all_taken() == backend.recount());
  CHECK(backend.taken() == 3);
  CHECK(code_of([&] { backend.create(); }) == ErrorCode::slot_full);
}

TEST_CASE("what is no window is a fault, unless clients have windows of their own") {
  CalendarBackend backend(each_engine());
  backend.save(mornings_for(1));
  BookingDraft draft = a_draft();
  draft.pickup_window = "after lunch";
  CHECK(code_of([&] { backend.create(draft); }) == ErrorCode::validation_error);
  const BookingService of_reference(backend.clock.clock(), seeded_random(), UnknownWindow::taken);
  const auto create = [&] {
    backend.store.transact([&](Tx& tx) { of_reference.create(tx, draft, staff); });
  };
  create();
  CHECK(backend.all_taken().empty());
  draft.pickup_window = "08:00 – 11:00";
  create();
  CHECK(code_of(create) == ErrorCode::slot_full);
}

TEST_CASE("staff book over the calendar where they say so, and the trail tells; nobody else does") {
  CalendarBackend backend(each_engine());
  backend.save(mornings_for(0));
  BookingDraft draft = a_draft();
  draft.override = true;
  const std::string id = backend.create(draft).id;
  CHECK(backend.taken() == 1);
  const auto events = backend.store.read(
      [&](Reader& reader) { return reader.audit().list({.booking_id = id}, {}).rows; });
  CHECK(events.front().payload.find(R"("override":true)") != std::string::npos);
  const Caller customer{{.account = "", .role = Role::customer}, "test-request"};
  CHECK(code_of([&] { backend.create(draft, customer); }) == ErrorCode::forbidden);
}

TEST_CASE(
    "after thousands of bookings and cancellations at once, the places are those of a recount") {
  CalendarBackend backend(each_engine());
  constexpr int capacity = 4;
  backend.save(mornings_for(capacity));
  constexpr int clients = 16;
  const bool is_full_run = std::getenv("HSS_FULL_TESTS") != nullptr;
  const int each = is_full_run ? 640 : 40;
  std::vector<std::thread> threads;
  for (int client = 0; client < clients; ++client) {
    threads.emplace_back([&, client] {
      std::mt19937 random(static_cast<unsigned>(client));
      std::vector<std::string> made;
      for (int i = 0; i < each; ++i) {
        try {
          if (made.empty() || random() % 3 != 0) {
            BookingDraft draft = a_draft();
            draft.pickup_date = add_days("2026-12-01", static_cast<int>(random() % 5));
            if (random() % 4 == 0) draft.pickup_window = "14:00 – 17:00";
            made.push_back(backend.create(draft).id);
          } else {
            backend.step(made[random() % made.size()], Status::cancelled);
          }
        } catch (const Error&) {
          // Full, or cancelled before.
        }
      }
    });
  }
  for (auto& thread : threads) thread.join();
  const TakenPlaces taken = backend.all_taken();
  CHECK(taken == backend.recount());
  for (const auto& [place, count] : taken) {
    if (place.hours.starts == "08:00") CHECK(count <= capacity);
  }
  CHECK_FALSE(taken.empty());
}
