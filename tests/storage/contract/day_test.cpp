// What staff have to do on a date, on each engine.
#include "domain/bookings/day.h"

#include <catch2/catch_test_macros.hpp>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "domain/calendar/calendar_service.h"
#include "storage/contract/backend.h"

using namespace hss::domain;
using namespace hss::test;

namespace {

const std::string tuesday = "2026-12-01";
const Hours morning{"08:00", "11:00"}, afternoon{"14:00", "17:00"};

class DayBackend : public Backend {
 public:
  using Backend::Backend;

  std::string book(const std::string& address = "12 Burnett Street, Hatfield",
                   const std::string& window = "08:00 – 11:00") {
    BookingDraft draft = a_draft();
    draft.address = address;
    draft.pickup_window = window;
    return create(draft).id;
  }
  void pay(const std::string& id) {
    store.transact([&](Tx& tx) { bookings.pay(tx, id, "cash", staff); });
  }
  /// Takes a new booking to the status along the lifecycle.
  std::string book_to(Status to, const std::string& address = "12 Burnett Street, Hatfield") {
    const std::string id = book(address);
    if (to == Status::submitted) return id;
    if (to == Status::declined || to == Status::cancelled) {
      store.transact(
          [&](Tx& tx) { bookings.change_status(tx, id, {.to = to, .reason = "full"}, staff); });
      return id;
    }
    for (const Status next : {Status::approved, Status::paid, Status::collected, Status::in_storage,
                              Status::returned}) {
      if (next == Status::paid) {
        pay(id);
      } else {
        step(id, next);
      }
      if (next == to) break;
    }
    return id;
  }
  void save(const Calendar& calendar) {
    store.transact([&](Tx& tx) { save_calendar(tx, calendar, staff, clock.now()); });
  }
  StaffDay day(const std::string& date = tuesday, int max_stops = 500) {
    return store.read(
        [&](Reader& reader) { return staff_day(reader, date, clock.now(), max_stops); });
  }
};

std::vector<std::string> addresses_of(const DayWindow& window) {
  std::vector<std::string> addresses;
  for (const Stop& stop : window.stops) addresses.push_back(stop.booking.address);
  return addresses;
}

std::vector<std::string> windows_of(const StaffDay& day) {
  std::vector<std::string> windows;
  for (const DayWindow& window : day.windows) windows.push_back(window.window);
  return windows;
}

}  // namespace

TEST_CASE("a day has each booking of its date but for the declined and cancelled, as it stands") {
  DayBackend backend(each_engine());
  std::map<std::string, Status> made;
  for (const Status status : all_statuses) made[backend.book_to(status)] = status;
  BookingDraft tomorrow = a_draft();
  tomorrow.pickup_date = "2026-12-02";
  backend.create(tomorrow);
  const StaffDay day = backend.day();
  CHECK(day.date == tuesday);
  CHECK(day.closed.empty());
  CHECK(day.is_complete);
  CHECK(day.totals.stops == 6);
  CHECK(day.totals.done == 3);
  CHECK(day.totals.items == std::map<std::pair<std::string, std::string>, int>{
                                {{"box", "Box"}, 6}, {{"fridge", "Fridge"}, 6}});
  REQUIRE(windows_of(day) ==
          std::vector<std::string>{"08:00 – 11:00", "11:00 – 14:00", "14:00 – 17:00"});
  CHECK(day.windows[1].stops.empty());
  REQUIRE(day.windows[0].stops.size() == 6);
  for (const Stop& stop : day.windows[0].stops) {
    const Status status = made.at(stop.booking.id);
    INFO(to_text(status));
    CHECK(stop.kind == PlaceKind::pickup);
    CHECK(stop.booking.status == status);
    CHECK(stop.items.size() == 2);
    const bool owes = status == Status::submitted || status == Status::approved;
    CHECK(stop.owed == (owes ? stop.booking.price.total : Money{}));
    CHECK(stop.is_ready == !owes);
    CHECK(stop.is_done == (!owes && status != Status::paid));
    CHECK(stop.next_step == (status == Status::submitted  ? std::optional(Status::approved)
                             : status == Status::approved ? std::optional(Status::paid)
                             : status == Status::paid     ? std::optional(Status::collected)
                                                          : std::nullopt));
  }
}

TEST_CASE("stops go along each street by number, and those that staff may not come for are last") {
  DayBackend backend(each_engine());
  using enum Status;
  backend.book_to(submitted, "1 Arcadia Street");
  backend.book_to(paid, "Tuksdorp, room 214");
  backend.book_to(paid, "112 Burnett Street, Hatfield");
  backend.book_to(collected, "12 burnett street, Hatfield");
  backend.book_to(paid, "Tuksdorp, room 21");
  backend.book_to(paid, "9B Burnett Street, Hatfield");
  backend.book_to(approved, "7 Zambezi Avenue");
  backend.book_to(paid, "7");
  CHECK(addresses_of(backend.day().windows.at(0)) ==
        std::vector<std::string>{"7", "9B Burnett Street, Hatfield", "12 burnett street, Hatfield",
                                 "112 Burnett Street, Hatfield", "Tuksdorp, room 21",
                                 "Tuksdorp, room 214", "1 Arcadia Street", "7 Zambezi Avenue"});
}

TEST_CASE("a day has the calendar's windows with what is free, and those that bookings name") {
  DayBackend backend(each_engine());
  backend.book("1 A Street", "at night");
  backend.book("1 A Street", "08:00-11:00");
  backend.book("1 A Street", "07:00 – 08:00");
  backend.save({.windows = {{Weekday::tuesday, {.hours = morning, .capacity = 3}},
                            {Weekday::tuesday, {.hours = afternoon, .return_capacity = 2}}},
                .closed_on_holidays = false});
  const StaffDay day = backend.day();
  REQUIRE(windows_of(day) ==
          std::vector<std::string>{"07:00 – 08:00", "08:00 – 11:00", "14:00 – 17:00", "at night"});
  CHECK_FALSE(day.windows[0].pickups.has_value());
  CHECK_FALSE(day.windows[3].hours.has_value());
  const DayWindow& of_morning = day.windows[1];
  CHECK(of_morning.hours == morning);
  CHECK(of_morning.stops.size() == 1);
  REQUIRE(of_morning.pickups.has_value());
  CHECK(of_morning.pickups->free == 2);
  CHECK(of_morning.returns->free == 2);
  CHECK_FALSE(day.windows[2].pickups->capacity.has_value());
  CHECK(day.windows[2].returns->free == 2);
}

TEST_CASE("a closed day says why, and keeps the stops that it had") {
  DayBackend backend(each_engine());
  const std::string id = backend.book();
  backend.save({.windows = {{Weekday::tuesday, {.hours = morning}}},
                .exceptions = {{.date = tuesday, .closed = "Stocktaking", .windows = {}}}});
  const StaffDay day = backend.day();
  CHECK(day.closed == "Stocktaking");
  REQUIRE(day.windows.size() == 1);
  CHECK_FALSE(day.windows[0].pickups.has_value());
  CHECK(day.windows[0].stops.at(0).booking.id == id);
  CHECK(backend.day("2026-12-02").closed == "Closed on this day of the week");
  CHECK(backend.day("2026-12-02").windows.empty());
}

TEST_CASE("what is brought is a stop at the store, behind all others, and takes no place") {
  DayBackend backend(each_engine());
  backend.save({.windows = {{Weekday::tuesday, {.hours = morning, .capacity = 1}},
                            {Weekday::tuesday, {.hours = afternoon, .capacity = 1}}}});
  BookingDraft draft = a_draft();
  draft.pickup_method = PickupMethod::brought;
  draft.address.clear();
  draft.email.clear();
  draft.contact.phone = "082 555 0123";
  const std::string in_the_morning = backend.create(draft).id;
  draft.pickup_window = store_window;
  const std::string any_time = backend.create(draft).id;
  const std::string collected = backend.book();
  StaffDay day = backend.day();
  CHECK(windows_of(day) ==
        std::vector<std::string>{"08:00 – 11:00", "14:00 – 17:00", "At the store"});
  CHECK(day.windows[0].pickups->free == 0);
  REQUIRE(day.windows[0].stops.size() == 1);
  CHECK(day.windows[0].stops[0].booking.id == collected);
  const DayWindow& store = day.windows[2];
  CHECK_FALSE(store.hours.has_value());
  CHECK_FALSE(store.pickups.has_value());
  REQUIRE(store.stops.size() == 2);
  for (const Stop& stop : store.stops) {
    CHECK((stop.booking.id == in_the_morning || stop.booking.id == any_time));
    CHECK(stop.booking.address.empty());
  }
  CHECK(day.totals.stops == 3);
  // To cancel it gives nobody's place back, and nobody drives in vain.
  backend.step(in_the_morning, Status::cancelled);
  CHECK(backend.day().windows[0].pickups->free == 0);
  CHECK_THROWS(backend.store.transact([&](Tx& tx) {
    backend.bookings.note_failed_trip(tx, any_time, {.client_id = "1", .reason = "x"}, staff);
  }));
}

TEST_CASE("the first calendar counts no place for what is brought") {
  DayBackend backend(each_engine());
  BookingDraft draft = a_draft();
  draft.pickup_method = PickupMethod::brought;
  backend.create(draft);
  backend.book();
  backend.save({.windows = {{Weekday::tuesday, {.hours = morning, .capacity = 3}}}});
  CHECK(backend.day().windows.at(0).pickups->free == 2);
}

TEST_CASE("a day that has more stops than are wanted says so") {
  DayBackend backend(each_engine());
  const std::string first = backend.book(), second = backend.book();
  CHECK(backend.day(tuesday, 2).is_complete);
  backend.book();
  const StaffDay day = backend.day(tuesday, 2);
  CHECK_FALSE(day.is_complete);
  CHECK(day.totals.stops == 2);
  for (const Stop& stop : day.windows.at(0).stops) {
    CHECK((stop.booking.id == first || stop.booking.id == second));
  }
}

TEST_CASE("each stop names the photos of its items in their order, whatever the number of stops") {
  DayBackend backend(each_engine());
  constexpr int stops = 70;
  std::map<std::string, std::vector<std::string>> expected;
  std::vector<std::string> ids;
  for (int i = 0; i < stops; ++i) ids.push_back(backend.book());
  backend.store.transact([&](Tx& tx) {
    int number = 0;
    const auto add = [&](const std::string& booking, UploadPurpose purpose, UploadState state,
                         std::optional<int> item) {
      std::string id = std::to_string(++number);
      id = "UPL-" + std::string(10 - id.size(), '0') + id;
      const Upload upload{.id = id,
                          .purpose = purpose,
                          .state = state,
                          .owner = "",
                          .holder = "127.0.0.1",
                          .booking_id = booking,
                          .item = item,
                          .full = {.content_type = "image/jpeg",
                                   .size = 1000,
                                   .sha256 = std::string(43, 'A') + "="},
                          .thumb = std::nullopt,
                          .created_at = "2026-11-22T08:00:00.000Z",
                          .due_at = ""};
      CHECK(tx.uploads().insert(upload));
      return id;
    };
    for (int i = 0; i < stops; i += 3) {
      const std::string& booking = ids[static_cast<std::size_t>(i)];
      using enum UploadPurpose;
      using enum UploadState;
      const std::string taken_over = add(booking, handover, claimed, std::nullopt);
      const std::string second = add(booking, UploadPurpose::item, claimed, 2);
      const std::string first = add(booking, UploadPurpose::item, claimed, 1);
      add(booking, document, claimed, std::nullopt);
      add(booking, UploadPurpose::item, erasing, 1);
      expected[booking] = {first, second, taken_over};
    }
  });
  const StaffDay day = backend.day();
  REQUIRE(day.totals.stops == stops);
  for (const Stop& stop : day.windows.at(0).stops) CHECK(stop.photos == expected[stop.booking.id]);
}

TEST_CASE("returns of a day are stops of their kind, where the things go, and one at the store") {
  DayBackend backend(each_engine());
  using enum Status;
  const auto ask_back = [&](const std::string& id, const Handback& handback) {
    BookingChange change{.return_date = handback.date,
                         .return_window = handback.window,
                         .return_address = handback.address,
                         .return_method = handback.method};
    backend.store.transact([&](Tx& tx) { backend.bookings.change(tx, id, change, staff); });
  };
  const std::string day_of_return = "2026-12-22", at_eight = "08:00 – 11:00";
  const std::string uncollected = backend.book_to(Status::paid, "1 Burnett Street");
  const std::string collected_one = backend.book_to(collected, "9 Burnett Street");
  const std::string stored = backend.book_to(in_storage, "2 Zambezi Avenue");
  const std::string at_store = backend.book_to(in_storage, "3 Burnett Street");
  const std::string back = backend.book_to(in_storage, "4 Burnett Street");
  ask_back(uncollected, {.date = day_of_return, .window = at_eight, .address = {}});
  ask_back(collected_one, {.date = day_of_return, .window = at_eight, .address = {}});
  ask_back(stored, {.date = day_of_return, .window = at_eight, .address = "5 Burnett Street"});
  ask_back(at_store, {.date = day_of_return,
                      .window = {},
                      .address = {},
                      .method = ReturnMethod::collect_at_store});
  ask_back(back, {.date = day_of_return, .window = at_eight, .address = {}});
  backend.step(back, returned);
  // One of another day.
  const std::string other = backend.book_to(in_storage);
  ask_back(other, {.date = "2026-12-23", .window = at_eight, .address = {}});
  const StaffDay day = backend.day(day_of_return);
  CHECK(day.totals.stops == 5);
  CHECK(day.totals.done == 1);
  REQUIRE(windows_of(day) ==
          std::vector<std::string>{at_eight, "11:00 – 14:00", "14:00 – 17:00", ""});
  std::vector<std::string> ids;
  for (const Stop& stop : day.windows[0].stops) {
    CHECK(stop.kind == PlaceKind::handback);
    ids.push_back(stop.booking.id);
  }
  // By where they go; what was never collected comes last.
  CHECK(ids == std::vector{back, stored, collected_one, uncollected});
  const auto& stops = day.windows[0].stops;
  CHECK(stops[0].is_done);
  CHECK_FALSE(stops[0].next_step.has_value());
  CHECK(stops[1].is_ready);
  CHECK_FALSE(stops[1].is_done);
  CHECK(stops[1].next_step == returned);
  CHECK(stops[1].owed == Money{});
  CHECK(stops[2].next_step == in_storage);
  CHECK_FALSE(stops[3].is_ready);
  CHECK(stops[3].next_step == collected);
  REQUIRE(day.windows[3].stops.size() == 1);
  CHECK(day.windows[3].stops[0].booking.id == at_store);
  CHECK_FALSE(backend.day(day_of_return, 4).is_complete);
  CHECK(backend.day(tuesday).totals.stops == 6);
}

TEST_CASE("today has what is overdue, the longest first, from the day behind the last one") {
  DayBackend backend(each_engine());
  using enum Status;
  // Collected on 22 November for three months.
  const std::string stored = backend.book_to(in_storage);
  const std::string with_us = backend.book_to(collected);
  backend.book_to(returned);
  backend.book_to(Status::paid);
  backend.clock.advance(std::chrono::hours(24) * 2);
  const std::string later = backend.book_to(in_storage);
  const auto at = [&](const char* time) {
    backend.clock.advance(std::chrono::duration_cast<std::chrono::milliseconds>(
        from_rfc3339(time) - backend.clock.now()));
  };
  const auto overdue = [&] {
    const std::string today = to_day(backend.clock.now());
    const StaffDay day = backend.day(today);
    std::vector<std::string> ids;
    for (const Booking& booking : day.overdue) ids.push_back(booking.id);
    CHECK(day.overdue_count == static_cast<std::int64_t>(ids.size()));
    return ids;
  };
  using Ids = std::vector<std::string>;
  // 22 February is the last day, until midnight in South Africa.
  at("2027-02-22T21:59:59.999Z");
  CHECK(overdue() == Ids{});
  at("2027-02-22T22:00:00.000Z");
  CHECK(overdue() == Ids{stored, with_us});
  at("2027-02-25T08:00:00.000Z");
  CHECK(overdue() == Ids{stored, with_us, later});
  CHECK(backend.day("2027-02-26").overdue.empty());
  backend.step(stored, returned);
  CHECK(overdue() == Ids{with_us, later});
  // A mistake of today: it is with us after all.
  backend.store.transact([&](Tx& tx) {
    backend.bookings.change_status(tx, stored, {.to = in_storage, .reason = "A slip"}, staff);
  });
  CHECK(overdue() == Ids{stored, with_us, later});
}
