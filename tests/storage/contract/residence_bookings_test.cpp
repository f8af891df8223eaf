// Bookings whose addresses are those of residences, on each engine.
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "domain/bookings/day.h"
#include "domain/error.h"
#include "storage/contract/backend.h"

using namespace hss::domain;
using namespace hss::test;

namespace {

const std::string tuksdorp = "RES-1000000000", mopanie = "RES-2000000000";
const Caller customer{{.account = "", .role = Role::customer}, "test-request"};

class ResidenceBackend : public Backend {
 public:
  explicit ResidenceBackend(const Engine& engine) : Backend(engine) {
    replace({{.id = mopanie, .name = "Mopanie"},
             {.id = tuksdorp,
              .name = "Tuksdorp",
              .suburb = "Hatfield 0083",
              .gate = "Roper Street",
              .caretaker_phone = "082 555 0134"}});
  }

  void replace(const std::vector<Residence>& residences) {
    store.transact([&](Tx& tx) { tx.residences().replace(residences); });
  }
  std::string book(const std::string& residence_id, const std::string& room) {
    BookingDraft draft = a_draft();
    draft.address = "";
    draft.residence_id = residence_id;
    draft.room = room;
    return create(draft).id;
  }
  std::string book_paid(const std::string& residence_id, const std::string& room) {
    return pay(book(residence_id, room));
  }
  std::string pay(const std::string& id) {
    step(id, Status::approved);
    store.transact([&](Tx& tx) { bookings.pay(tx, id, "card", staff); });
    return id;
  }
  Booking change(const std::string& id, const BookingChange& change) {
    return store.transact([&](Tx& tx) { return bookings.change(tx, id, change, customer); });
  }
  Booking get(const std::string& id) {
    return store.read([&](Reader& reader) { return reader.bookings().get(id, staff.principal); });
  }
  StaffDay day(const std::string& date = "2026-12-01") {
    return store.read([&](Reader& reader) { return staff_day(reader, date, clock.now(), 500); });
  }
};

void check_stop(const Booking& booking, const std::string& address, const std::string& residence_id,
                const std::string& room) {
  CHECK(booking.address == address);
  CHECK(booking.residence_id == residence_id);
  CHECK(booking.room == room);
}

}  // namespace

TEST_CASE("a booking of a residence has its address, and keeps it when the residence changes") {
  ResidenceBackend backend(each_engine());
  const std::string id = backend.book(tuksdorp, "214");
  const std::string address = "Tuksdorp, room 214, Hatfield 0083";
  check_stop(backend.get(id), address, tuksdorp, "214");
  CHECK(backend.list({.q = "tuksdorp 214"}) == std::vector{id});
  backend.create_others();
  CHECK(backend.list({.q = "tuksdorp"}) == std::vector{id});

  backend.replace({{.id = tuksdorp, .name = "Tuksdorp East"}});
  check_stop(backend.get(id), address, tuksdorp, "214");
  check_stop(backend.get(backend.book(tuksdorp, "")), "Tuksdorp East", tuksdorp, "");
  backend.replace({});
  check_stop(backend.get(id), address, tuksdorp, "214");
  CHECK_THROWS_AS(backend.book(tuksdorp, "214"), Error);
}

TEST_CASE("residences that are saved in a transaction are those of its next booking") {
  ResidenceBackend backend(each_engine());
  const Booking booking = backend.store.transact([&](Tx& tx) {
    CHECK(tx.residences().find(mopanie).has_value());
    tx.residences().replace({{.id = mopanie, .name = "Mopanie West"}});
    BookingDraft draft = a_draft();
    draft.residence_id = mopanie;
    return backend.bookings.create(tx, draft, staff);
  });
  check_stop(backend.get(booking.id), "Mopanie West", mopanie, "");
}

TEST_CASE("a change to a residence, of the room and back to an address is stored and searched") {
  ResidenceBackend backend(each_engine());
  const std::string id = backend.create().id;
  backend.create_others();
  backend.change(id, {.residence_id = mopanie, .room = "12"});
  check_stop(backend.get(id), "Mopanie, room 12", mopanie, "12");
  CHECK(backend.list({.q = "mopanie"}) == std::vector{id});
  backend.change(id, {.room = "B 14"});
  check_stop(backend.get(id), "Mopanie, room B 14", mopanie, "B 14");
  CHECK(backend.get(id).version == 3);
  // What is so already is no change.
  backend.change(id, {.residence_id = mopanie, .room = "B 14"});
  CHECK(backend.get(id).version == 3);
  backend.change(id, {.address = "14 Hilda Street"});
  check_stop(backend.get(id), "14 Hilda Street", "", "");
  CHECK(backend.list({.q = "mopanie"}).empty());
}

TEST_CASE("the trail names a booking's residence, and neither its room nor its address") {
  ResidenceBackend backend(each_engine());
  const std::string id = backend.create().id;
  backend.change(id, {.residence_id = tuksdorp, .room = "B 214"});
  const auto events =
      backend.store.read([&](Reader& reader) { return reader.bookings().find_events(id); });
  REQUIRE(events.size() == 1);
  INFO(events[0].payload);
  CHECK(events[0].payload.starts_with(
      R"({"fields":"address,residence_id,room","residence_id_from":"",)"
      R"("residence_id_to":"RES-1000000000","version":2,"personal_sha256":")"));
  for (const char* personal : {"B 214", "Tuksdorp", "Burnett"}) {
    CHECK(events[0].payload.find(personal) == std::string::npos);
  }
  CHECK_FALSE(backend.store.verify_audit(backend.now()).violation.has_value());
}

TEST_CASE("a return goes to a residence, or to an address, or is fetched at the store") {
  ResidenceBackend backend(each_engine());
  const std::string id = backend.book_paid(tuksdorp, "214");
  const auto handback = [&] { return backend.get(id).handback.value_or(Handback{}); };
  const std::string morning = "08:00 – 11:00";
  backend.change(id, {.return_date = "2027-02-01",
                      .return_window = morning,
                      .return_residence_id = mopanie,
                      .return_room = "7"});
  CHECK(handback() == Handback{.date = "2027-02-01",
                               .window = morning,
                               .address = "Mopanie, room 7",
                               .method = ReturnMethod::deliver,
                               .residence_id = mopanie,
                               .room = "7"});
  check_stop(backend.get(id), "Tuksdorp, room 214, Hatfield 0083", tuksdorp, "214");
  backend.change(id, {.return_address = "14 Hilda Street"});
  CHECK(handback().address == "14 Hilda Street");
  CHECK(handback().residence_id.empty());
  CHECK(handback().room.empty());
  backend.change(id, {.return_residence_id = mopanie});
  CHECK(handback().address == "Mopanie");
  backend.change(id, {.return_method = ReturnMethod::collect_at_store});
  CHECK(handback().address.empty());
  CHECK(handback().residence_id.empty());
}

TEST_CASE("a day's stops go by residence and room, then by address, and have what staff know") {
  ResidenceBackend backend(each_engine());
  const std::string gone = "RES-3000000000";
  backend.replace({{.id = gone, .name = "Zebra"},
                   {.id = mopanie, .name = "Mopanie"},
                   {.id = tuksdorp, .name = "Tuksdorp", .gate = "Roper Street"}});
  const auto book_at = [&](const std::string& address) {
    BookingDraft draft = a_draft();
    draft.address = address;
    backend.pay(backend.create(draft).id);
  };
  book_at("1 Arcadia Street");
  backend.book_paid(gone, "1");
  backend.book(mopanie, "3");
  for (const char* room : {"112", "21", "9"}) backend.book_paid(tuksdorp, room);
  backend.book_paid(mopanie, "7");
  book_at("Mopanie, room 1");
  // Whoever booked before has the old name in the address, and stands with the others all the same.
  backend.replace({{.id = mopanie, .name = "Mopanie"},
                   {.id = tuksdorp, .name = "A Block", .gate = "Roper Street"}});
  const StaffDay day = backend.day();
  std::vector<std::string> addresses;
  for (const Stop& stop : day.windows.at(0).stops) addresses.push_back(stop.booking.address);
  CHECK(addresses == std::vector<std::string>{"Tuksdorp, room 9", "Tuksdorp, room 21",
                                              "Tuksdorp, room 112", "Mopanie, room 7",
                                              "1 Arcadia Street", "Mopanie, room 1",
                                              "Zebra, room 1", "Mopanie, room 3"});
  REQUIRE(day.residences.size() == 2);
  CHECK(day.residences[0].name == "A Block");
  CHECK(day.residences[0].gate == "Roper Street");
  CHECK(day.residences[1].id == mopanie);
}

TEST_CASE("who comes to the store, with things or for them, stands in no residence of the day") {
  ResidenceBackend backend(each_engine());
  BookingDraft draft = a_draft();
  draft.address = "";
  draft.residence_id = tuksdorp;
  draft.pickup_method = PickupMethod::brought;
  check_stop(backend.get(backend.create(draft).id), "Tuksdorp, Hatfield 0083", tuksdorp, "");
  CHECK(backend.day().totals.stops == 1);
  CHECK(backend.day().residences.empty());
  const std::string id = backend.book_paid(tuksdorp, "214");
  const std::string day_of_return = "2027-02-01";
  backend.change(id,
                 {.return_date = day_of_return, .return_method = ReturnMethod::collect_at_store});
  CHECK(backend.day(day_of_return).totals.stops == 1);
  CHECK(backend.day(day_of_return).residences.empty());
  backend.change(id, {.return_window = "08:00 – 11:00", .return_method = ReturnMethod::deliver});
  CHECK(backend.day(day_of_return).residences.size() == 1);
}
