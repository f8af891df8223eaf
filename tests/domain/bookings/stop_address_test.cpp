// Where staff come to: what a change makes of an address, a residence and a room.
#include "domain/bookings/stop_address.h"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "domain/error.h"

using namespace hss::domain;

namespace {

const std::string tuksdorp_id = "RES-1000000000", mopanie_id = "RES-2000000000";

class KnownResidences final : public ResidenceReader {
 public:
  std::vector<Residence> residences{
      {.id = tuksdorp_id, .name = "Tuksdorp", .suburb = "Hatfield 0083"},
      {.id = mopanie_id, .name = "Mopanie"}};

  std::vector<Residence> list() override { return residences; }
  std::optional<Residence> find(std::string_view id) override {
    const Residence* residence = find_residence(residences, id);
    return residence ? std::optional(*residence) : std::nullopt;
  }
};

const StopAddress in_street{"12 Burnett Street", "", ""};
const StopAddress in_tuksdorp{"Tuksdorp, room 214, Hatfield 0083", tuksdorp_id, "214"};

StopAddress after(const StopAddress& before, const StopAddressChange& change) {
  KnownResidences known;
  return changed_address(known, before, change, "");
}

std::vector<std::string> refusals_of(const StopAddress& before, const StopAddressChange& change) {
  KnownResidences known;
  try {
    changed_address(known, before, change, "return_");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::validation_error);
    return error.details();
  }
  return {};
}

}  // namespace

TEST_CASE("a residence with its room becomes the address, and an address alone ends it") {
  CHECK(after(in_street, {.residence_id = tuksdorp_id, .room = "214"}) == in_tuksdorp);
  CHECK(after(in_street, {.address = "x", .residence_id = mopanie_id}) ==
        StopAddress{"Mopanie", mopanie_id, ""});
  CHECK(after(in_tuksdorp, {.address = "12 Burnett Street"}) == in_street);
  CHECK(after(in_tuksdorp, {.address = ""}) == StopAddress{});
  CHECK(after(in_street, {.room = ""}) == in_street);
  CHECK(after(in_tuksdorp, {}) == in_tuksdorp);
}

TEST_CASE("a room goes with its residence") {
  CHECK(after(in_tuksdorp, {.room = "9B"}) ==
        StopAddress{"Tuksdorp, room 9B, Hatfield 0083", tuksdorp_id, "9B"});
  CHECK(after(in_tuksdorp, {.room = ""}) ==
        StopAddress{"Tuksdorp, Hatfield 0083", tuksdorp_id, ""});
  CHECK(after(in_tuksdorp, {.residence_id = mopanie_id}) == StopAddress{"Mopanie", mopanie_id, ""});
  CHECK(after(in_tuksdorp, {.residence_id = tuksdorp_id}) == in_tuksdorp);
}

TEST_CASE("what is so already stays as it was written, whatever became of the residence") {
  const StopAddress renamed{"Old name, room 214", tuksdorp_id, "214"};
  CHECK(after(renamed, {.residence_id = tuksdorp_id, .room = "214"}) == renamed);
  const StopAddress gone{"Gone, room 1", "RES-3000000000", "1"};
  CHECK(after(gone, {.residence_id = "RES-3000000000"}) == gone);
  CHECK(after(in_tuksdorp, {.address = in_tuksdorp.address}) == in_tuksdorp);
  CHECK(after(renamed, {.room = "215"}).address == "Tuksdorp, room 215, Hatfield 0083");
}

TEST_CASE("a residence that there is not, and a room without one, are refused by their names") {
  CHECK(refusals_of(in_street, {.residence_id = "RES-3000000000"}) ==
        std::vector<std::string>{"return_residence_id must be that of a residence"});
  CHECK(refusals_of({"Gone", "RES-3000000000", "1"}, {.room = "2"}) ==
        std::vector<std::string>{"return_residence_id must be that of a residence"});
  CHECK(refusals_of(in_street, {.room = "214"}) ==
        std::vector<std::string>{"return_room must come with return_residence_id"});
  CHECK(refusals_of(in_tuksdorp, {.address = "12 Burnett Street", .room = "214"}) ==
        std::vector<std::string>{"return_room must come with return_residence_id"});
}
