// Changes of bookings, what becomes of their places, and trips that failed, on each engine.
#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <cstdlib>
#include <functional>
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

const std::string morning = "08:00 – 11:00", afternoon = "14:00 – 17:00";
const Caller customer{{.account = "", .role = Role::customer}, "test-request"};

Calendar any_day(int mornings, int lead_hours = 0) {
  Calendar calendar{.lead_hours = lead_hours, .closed_on_holidays = false};
  for (const Weekday weekday : all_weekdays) {
    calendar.windows.push_back({weekday, {.hours = *find_hours(morning), .capacity = mornings}});
    calendar.windows.push_back({weekday, {.hours = *find_hours(afternoon)}});
  }
  return calendar;
}

class ChangeBackend : public Backend {
 public:
  using Backend::Backend;

  void save(const Calendar& calendar) {
    store.transact([&](Tx& tx) { save_calendar(tx, calendar, staff, clock.now()); });
  }
  Booking change(const std::string& id, const BookingChange& change,
                 const Caller& caller = customer) {
    return store.transact([&](Tx& tx) { return bookings.change(tx, id, change, caller); });
  }
  Booking fail_trip(const std::string& id, const FailedTripRequest& request) {
    return store.transact(
        [&](Tx& tx) { return bookings.note_failed_trip(tx, id, request, staff); });
  }
  Booking get(const std::string& id) {
    return store.read([&](Reader& reader) { return reader.bookings().get(id, staff.principal); });
  }
  std::string create_paid() {
    const std::string id = create().id;
    step(id, Status::approved);
    store.transact([&](Tx& tx) { bookings.pay(tx, id, "card", staff); });
    return id;
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
        if (const auto place = find_pickup_place(booking.pickup_date, booking.pickup_window)) {
          ++places[*place];
        }
        if (const auto place = find_return_place(booking)) ++places[*place];
      }
      if (!slice.next_cursor) return places;
      page.cursor = slice.next_cursor;
    }
  }
  std::vector<BookingEvent> events(const std::string& id) {
    return store.read([&](Reader& reader) { return reader.bookings().find_events(id); });
  }
  AuditReport verify() { return store.verify_audit(now()); }
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

TEST_CASE("a change stores every member, names it in the trail, and leaves the rest") {
  ChangeBackend backend(each_engine());
  const Booking before = backend.create();
  CHECK(before.version == 1);
  backend.clock.advance(std::chrono::minutes(5));
  const Booking answered = backend.change(before.id,
                                          {.pickup_date = "2026-12-02",
                                           .pickup_window = afternoon,
                                           .address = "14 Hilda Street",
                                           .contact = {.phone = "082 555 0123",
                                                       .whatsapp = "+27 82 555 0124",
                                                       .access_notes = "Gate 7"},
                                           .duration_months = 5,
                                           .return_date = "2027-05-01",
                                           .return_window = morning,
                                           .return_address = "Tuksdorp B6",
                                           .return_method = ReturnMethod::deliver,
                                           .expected_total = 2150},
                                          staff);
  for (const Booking& after : {answered, backend.get(before.id)}) {
    CHECK(after.pickup_date == "2026-12-02");
    CHECK(after.pickup_window == afternoon);
    CHECK(after.address == "14 Hilda Street");
    CHECK(after.contact == Contact{.phone = "082 555 0123",
                                   .whatsapp = "+27 82 555 0124",
                                   .access_notes = "Gate 7"});
    CHECK(after.price.duration_months == 5);
    CHECK(after.price.total == Money::rand(2150));
    CHECK(after.handback == Handback{.date = "2027-05-01",
                                     .window = morning,
                                     .address = "Tuksdorp B6",
                                     .method = ReturnMethod::deliver});
    CHECK(after.version == 2);
    CHECK(after.updated_at == backend.now());
    CHECK(after.customer_name == before.customer_name);
    CHECK(after.created_at == before.created_at);
    CHECK(after.status == Status::submitted);
  }
  const auto events = backend.events(before.id);
  REQUIRE(events.size() == 1);
  const std::string& payload = events[0].payload;
  INFO(payload);
  CHECK(payload.starts_with(
      R"({"fields":"pickup_date,pickup_window,address,phone,whatsapp,access_notes,duration_months,)"
      R"(total,return_date,return_window,return_address,return_method",)"
      R"("pickup_date_from":"2026-12-01","pickup_date_to":"2026-12-02",)"));
  CHECK(payload.find(R"("total_from":"1430","total_to":"2150")") != std::string::npos);
  CHECK(payload.find(R"("version":2,"personal_sha256":")") != std::string::npos);
  for (const char* personal : {"Hilda", "0123", "0124", "Gate 7", "B6", "Burnett"}) {
    CHECK(payload.find(personal) == std::string::npos);
  }
  CHECK_FALSE(backend.verify().violation.has_value());
  // The same once more is no change.
  CHECK(backend.change(before.id, {.pickup_date = "2026-12-02"}).version == 2);
  CHECK(backend.events(before.id).size() == 1);
}

TEST_CASE("a changed booking is found by its new words and no more by the old ones") {
  ChangeBackend backend(each_engine());
  const std::string id = backend.create().id;
  const std::string fresh = backend.create().id;
  const bool is_indexed = GENERATE(true, false);
  if (is_indexed) backend.create_others();
  CHECK(backend.list({.q = "thandi burnett"}).size() == 2);
  backend.change(id, {.address = "Mopanie Residence", .contact = {.phone = "+27 82 555 0123"}});
  CHECK(backend.list({.q = "thandi burnett"}) == std::vector{fresh});
  for (const char* q : {"mopanie", "082 555 0123", "0825550123", "+27825550123", "+27 82 555 01",
                        "0825550", "082-555-0123 thandi"}) {
    INFO(q);
    CHECK(backend.list({.q = q}) == std::vector{id});
  }
  CHECK(backend.list({.q = "083 555 0123"}).empty());
  backend.change(id, {.address = "12 Burnett Street"});
  CHECK(backend.list({.q = "thandi burnett"}).size() == 2);
  CHECK(backend.list({.q = "mopanie"}).empty());
}

TEST_CASE("a new booking is found by its telephone number") {
  ChangeBackend backend(each_engine());
  BookingDraft draft = a_draft();
  draft.contact.phone = "082 555 0123";
  const Booking booking = backend.create(draft);
  CHECK(booking.contact.phone == "082 555 0123");
  backend.create();
  CHECK(backend.list({.q = "+27 82 555 0123"}) == std::vector{booking.id});
  backend.create_others();
  CHECK(backend.list({.q = "+27 82 555 0123"}) == std::vector{booking.id});
  CHECK(backend.get(booking.id).contact == draft.contact);
}

TEST_CASE("another price must be confirmed, counts in the figures, and is left after the payment") {
  ChangeBackend backend(each_engine());
  const std::string id = backend.create().id;
  const bool is_counted = GENERATE(true, false);
  if (is_counted) backend.create_others();
  const auto value = [&] {
    return backend.store.read(
        [](Reader& reader) { return reader.reports().overview().gross_value.cents; });
  };
  const auto of_length = [&](int months) {
    const auto statistics = backend.store.read([&](Reader& reader) {
      return reader.reports().statistics(last_weeks(backend.clock.now(), 1));
    });
    std::int64_t count = 0;
    for (const auto& one : statistics.durations) {
      if (one.duration_months == months) count = one.count;
    }
    return count;
  };
  const auto value_before = value();
  const auto three_before = of_length(3);
  try {
    backend.change(id, {.duration_months = 5});
    FAIL("nobody confirmed the price");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::price_changed);
    CHECK(error.details() == std::vector<std::string>{"duration_months=5", "monthly_subtotal=360",
                                                      "handling_fee=350", "total=2150"});
  }
  CHECK(code_of([&] { backend.change(id, {.duration_months = 5, .expected_total = 2149.99}); }) ==
        ErrorCode::price_changed);
  CHECK(code_of([&] { backend.change(id, {.pickup_window = afternoon, .expected_total = 9}); }) ==
        ErrorCode::price_changed);
  backend.change(id, {.duration_months = 5, .expected_total = 2150});
  CHECK(value() == value_before + 72'000);
  CHECK(of_length(5) == 1);
  CHECK(of_length(3) == three_before - 1);
  backend.step(id, Status::approved);
  CHECK(value() == value_before + 72'000);
  backend.store.transact([&](Tx& tx) { backend.bookings.pay(tx, id, "card", staff); });
  for (const Caller& caller : {customer, staff}) {
    CHECK(code_of([&] {
            backend.change(id, {.duration_months = 6, .expected_total = 2510}, caller);
          }) == ErrorCode::unpaid_change);
  }
}

TEST_CASE("what a customer changes of an approved booking's price or day is approved anew") {
  ChangeBackend backend(each_engine());
  const auto approved = [&] {
    const std::string id = backend.create().id;
    backend.step(id, Status::approved);
    return id;
  };
  const std::string moved = approved();
  CHECK(backend.change(moved, {.pickup_date = "2026-12-03"}).status == Status::submitted);
  CHECK(backend.get(moved).status == Status::submitted);
  CHECK(backend.get(moved).version == 4);
  const std::string longer = approved();
  CHECK(backend.change(longer, {.duration_months = 5, .expected_total = 2150}).status ==
        Status::submitted);
  const std::string later_that_day = approved();
  CHECK(backend.change(later_that_day, {.pickup_window = afternoon}).status == Status::approved);
  const std::string by_staff = approved();
  CHECK(backend.change(by_staff, {.pickup_date = "2026-12-03"}, staff).status == Status::approved);
  CHECK_FALSE(backend.verify().violation.has_value());
}

TEST_CASE("places follow a change, and one that cannot be had leaves all as it was") {
  ChangeBackend backend(each_engine());
  backend.save(any_day(1));
  const std::string id = backend.create().id;
  BookingDraft next_day = a_draft();
  next_day.pickup_date = "2026-12-02";
  backend.create(next_day);
  CHECK(code_of([&] { backend.change(id, {.pickup_date = "2026-12-02"}); }) ==
        ErrorCode::slot_full);
  CHECK(code_of([&] { backend.change(id, {.pickup_date = "2026-11-20"}); }) ==
        ErrorCode::slot_closed);
  CHECK(code_of([&] { backend.change(id, {.pickup_window = "at night"}); }) ==
        ErrorCode::validation_error);
  CHECK(code_of([&] { backend.change(id, {.pickup_date = "2026-12-02", .override = true}); }) ==
        ErrorCode::forbidden);
  CHECK(backend.get(id).pickup_date == "2026-12-01");
  CHECK(backend.get(id).version == 1);
  CHECK(backend.all_taken() == backend.recount());
  // Its own place is no obstacle.
  backend.change(id, {.address = "14 Hilda Street"});
  backend.change(id, {.pickup_window = "08:00-11:00"});
  CHECK(backend.all_taken() == backend.recount());
  backend.change(id, {.pickup_date = "2026-12-03"});
  CHECK(backend.all_taken() == backend.recount());
  backend.change(id, {.pickup_date = "2026-12-02", .override = true}, staff);
  CHECK(backend.all_taken()[{"2026-12-02", *find_hours(morning), PlaceKind::pickup}] == 2);
  CHECK(backend.events(id).back().payload.find(R"("override":true)") != std::string::npos);
}

TEST_CASE("a return takes a place of its window, at the store it takes none") {
  ChangeBackend backend(each_engine());
  const std::string before_calendar = backend.create_paid();
  backend.change(before_calendar, {.return_date = "2027-02-01", .return_window = morning});
  backend.save(any_day(1));
  CHECK(backend.all_taken() == backend.recount());
  const Place place{"2027-02-01", *find_hours(morning), PlaceKind::handback};
  CHECK(backend.all_taken()[place] == 1);
  BookingDraft draft = a_draft();
  draft.pickup_window = afternoon;
  const std::string id = backend.create(draft).id;
  CHECK(code_of([&] {
          backend.change(id, {.return_date = "2027-02-02", .return_window = morning});
        }) == ErrorCode::conflict);
  backend.step(id, Status::approved);
  backend.store.transact([&](Tx& tx) { backend.bookings.pay(tx, id, "card", staff); });
  CHECK(code_of([&] {
          backend.change(id, {.return_date = "2027-02-01", .return_window = morning});
        }) == ErrorCode::slot_full);
  CHECK(code_of([&] { backend.change(id, {.return_date = "2027-02-01"}); }) ==
        ErrorCode::validation_error);
  CHECK(code_of([&] {
          backend.change(id, {.return_date = "2026-11-30", .return_window = morning});
        }) == ErrorCode::validation_error);
  backend.change(id,
                 {.return_date = "2027-02-01", .return_method = ReturnMethod::collect_at_store});
  CHECK(backend.all_taken()[place] == 1);
  backend.change(before_calendar, {.return_date = ""});
  CHECK_FALSE(backend.get(before_calendar).handback.has_value());
  CHECK(backend.all_taken().count(place) == 0);
  backend.change(id, {.return_window = morning, .return_method = ReturnMethod::deliver});
  CHECK(backend.all_taken()[place] == 1);
  CHECK(backend.all_taken() == backend.recount());
}

TEST_CASE("a customer's change ends with the lead, which midnight in South Africa does not move") {
  ChangeBackend backend(each_engine());
  // The window begins on 1 December at 08:00 there, which is 06:00 UTC: with a lead of nine hours,
  // it can be left until 30 November at 23:00 there.
  backend.save(any_day(9, 9));
  const std::string id = backend.create().id;
  const auto at = [&](const char* time) {
    backend.clock.advance(std::chrono::duration_cast<std::chrono::milliseconds>(
        from_rfc3339(time) - backend.clock.now()));
  };
  int notes = 0;
  const auto can_move = [&] {
    const std::string address = "Door " + std::to_string(++notes);
    return code_of([&] { backend.change(id, {.address = address}); }) == ErrorCode::internal;
  };
  at("2026-11-30T21:00:00.000Z");
  CHECK(can_move());
  at("2026-11-30T21:00:00.001Z");
  CHECK_FALSE(can_move());
  at("2026-11-30T22:30:00.000Z");
  CHECK_FALSE(can_move());
  CHECK_NOTHROW(backend.change(id, {.contact = {.phone = "082 555 0123"}}));
  CHECK_NOTHROW(backend.change(id, {.address = "By staff"}, staff));
  CHECK(code_of([&] { backend.change(id, {.pickup_date = "2026-12-04"}); }) == ErrorCode::conflict);
  backend.fail_trip(id, {.client_id = "a", .reason = "Nobody there"});
  CHECK_NOTHROW(backend.change(id, {.pickup_date = "2026-12-04"}));
  CHECK_FALSE(backend.get(id).needs_new_date);
}

TEST_CASE("who may change what ends with what was done") {
  ChangeBackend backend(each_engine());
  const std::string id = backend.create_paid();
  CHECK_NOTHROW(backend.change(id, {.pickup_date = "2026-12-02"}));
  backend.step(id, Status::collected);
  CHECK(backend.get(id).collected_on == "2026-11-22");
  CHECK(code_of([&] { backend.change(id, {.address = "Elsewhere"}); }) == ErrorCode::conflict);
  CHECK_NOTHROW(backend.change(id, {.contact = {.access_notes = "Ring twice"}}));
  CHECK_NOTHROW(backend.change(id, {.return_date = "2026-12-20", .return_window = morning}));
  backend.step(id, Status::in_storage);
  backend.step(id, Status::returned);
  for (const Caller& caller : {customer, staff}) {
    CHECK(code_of([&] { backend.change(id, {.contact = {.phone = "082 555 0123"}}, caller); }) ==
          ErrorCode::conflict);
  }
  CHECK(backend.get(id).handback.has_value());
  CHECK(code_of([&] { backend.change("HSS-0000000000", {.address = "x"}); }) ==
        ErrorCode::not_found);
}

TEST_CASE("a failed trip is counted once, asks for another day, and is undone on its own day") {
  ChangeBackend backend(each_engine());
  const std::string id = backend.create_paid();
  const Booking failed = backend.fail_trip(id, {.client_id = "one", .reason = "Nobody there"});
  CHECK(failed.failed_trips == 1);
  CHECK(failed.needs_new_date);
  CHECK(failed.status == Status::paid);
  CHECK(failed.pickup_date == "2026-12-01");
  CHECK(backend.fail_trip(id, {.client_id = "one", .reason = "Told twice"}).version ==
        failed.version);
  CHECK(backend.get(id).failed_trips == 1);
  CHECK(code_of([&] { backend.fail_trip(id, {.client_id = "other", .undo = true}); }) ==
        ErrorCode::not_found);
  const Booking undone = backend.fail_trip(id, {.client_id = "one", .undo = true});
  CHECK(undone.failed_trips == 0);
  CHECK_FALSE(undone.needs_new_date);
  CHECK(backend.fail_trip(id, {.client_id = "one", .undo = true}).version == undone.version);
  backend.fail_trip(id, {.client_id = "two", .reason = "No lift"});
  // Still the 22nd there, then the 23rd.
  backend.clock.advance(std::chrono::hours(13));
  CHECK_NOTHROW(backend.fail_trip(id, {.client_id = "two", .undo = true}));
  backend.fail_trip(id, {.client_id = "three", .reason = "No lift"});
  backend.clock.advance(std::chrono::hours(1));
  CHECK(code_of([&] { backend.fail_trip(id, {.client_id = "three", .undo = true}); }) ==
        ErrorCode::conflict);
  CHECK(backend.change(id, {.pickup_date = "2026-12-03"}).needs_new_date == false);
  CHECK(backend.get(id).failed_trips == 1);
  backend.step(id, Status::collected);
  CHECK(code_of([&] { backend.fail_trip(id, {.client_id = "four", .reason = "x"}); }) ==
        ErrorCode::conflict);
  std::vector<std::string> types;
  for (const BookingEvent& event : backend.events(id)) types.push_back(event.type);
  CHECK(types == std::vector<std::string>{"failed_trip", "failed_trip_undone", "failed_trip",
                                          "failed_trip_undone", "failed_trip", "booking_changed"});
}

TEST_CASE("of two failed trips the last is undone alone, and what the first asked for holds") {
  ChangeBackend backend(each_engine());
  const std::string id = backend.create_paid();
  const auto fail = [&](const char* name) {
    return backend.fail_trip(id, {.client_id = name, .reason = "Nobody there"});
  };
  const auto undo = [&](const char* name) {
    return backend.fail_trip(id, {.client_id = name, .undo = true});
  };
  // Two staff tell of the same stop.
  fail("one");
  CHECK(fail("two").failed_trips == 2);
  CHECK(undo("two").needs_new_date);
  CHECK(backend.get(id).failed_trips == 1);
  CHECK_FALSE(undo("one").needs_new_date);
  // The customer chose another window of the same day, which failed as well, or did not.
  fail("three");
  backend.change(id, {.pickup_window = afternoon});
  CHECK(fail("four").needs_new_date);
  const Booking undone = undo("four");
  CHECK_FALSE(undone.needs_new_date);
  CHECK(undone.failed_trips == 1);
  // A new day was chosen for the first: that it was no failure changes nothing of it.
  CHECK_FALSE(undo("three").needs_new_date);
  CHECK(backend.get(id).failed_trips == 0);
}

TEST_CASE("a booking's version moves with all that happens to it") {
  ChangeBackend backend(each_engine());
  const std::string other = backend.create().id;
  const std::string id = backend.create().id;
  const auto version = [&] { return backend.get(id).version; };
  CHECK(version() == 1);
  backend.step(id, Status::approved);
  CHECK(version() == 2);
  backend.store.transact([&](Tx& tx) { backend.bookings.pay(tx, id, "card", staff); });
  CHECK(version() == 3);
  backend.change(id, {.contact = {.phone = "082 555 0123"}});
  CHECK(version() == 4);
  backend.step(id, Status::collected);
  CHECK(version() == 5);
  backend.store.transact([&](Tx& tx) { tx.bookings().count_version(id); });
  CHECK(version() == 6);
  CHECK(backend.get(other).version == 1);
}

TEST_CASE(
    "after thousands of bookings, changes, cancellations and declines by 64 clients, the places are"
    " those of a recount") {
  ChangeBackend backend(each_engine());
  constexpr int capacity = 6;
  backend.save(any_day(capacity));
  constexpr int clients = 64;
  const bool is_full_run = std::getenv("HSS_FULL_TESTS") != nullptr;
  const int each = is_full_run ? 160 : 12;
  std::atomic<int> changed = 0;
  std::vector<std::thread> threads;
  for (int client = 0; client < clients; ++client) {
    threads.emplace_back([&, client] {
      std::mt19937 random(static_cast<unsigned>(client));
      std::vector<std::string> made;
      const auto date = [&] { return add_days("2026-12-01", static_cast<int>(random() % 6)); };
      const auto window = [&] { return random() % 4 == 0 ? afternoon : morning; };
      for (int i = 0; i < each; ++i) {
        try {
          const auto what = made.empty() ? 0 : random() % 8;
          if (what < 3) {
            BookingDraft draft = a_draft();
            draft.pickup_date = date();
            draft.pickup_window = window();
            made.push_back(backend.create(draft).id);
          } else if (what < 5) {
            backend.change(made[random() % made.size()],
                           {.pickup_date = date(), .pickup_window = window()});
            ++changed;
          } else if (what < 6) {
            backend.change(made[random() % made.size()],
                           {.return_date = add_days(date(), 7), .return_window = window()}, staff);
            ++changed;
          } else {
            const Status to = what == 6 ? Status::cancelled : Status::declined;
            backend.store.transact([&](Tx& tx) {
              backend.bookings.change_status(tx, made[random() % made.size()],
                                             {.to = to, .reason = "No more"}, staff);
            });
          }
        } catch (const Error&) {
          // Full, or over.
        }
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(changed > 0);
  const TakenPlaces taken = backend.all_taken();
  CHECK(taken == backend.recount());
  std::map<std::pair<std::string, Hours>, int> stops;
  for (const auto& [place, count] : taken) {
    if (place.hours.starts == "08:00") stops[{place.date, place.hours}] += count;
  }
  for (const auto& [when, count] : stops) CHECK(count <= capacity);
  CHECK_FALSE(stops.empty());
  CHECK_FALSE(backend.verify().violation.has_value());
}
