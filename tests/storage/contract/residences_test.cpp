#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "storage/contract/backend.h"

using namespace hss::domain;
using namespace hss::test;

namespace {

std::vector<Residence> read(Backend& backend) {
  return backend.store.read([](Reader& reader) { return reader.residences().list(); });
}

void replace(Backend& backend, const std::vector<Residence>& residences) {
  backend.store.transact([&](Tx& tx) { tx.residences().replace(residences); });
}

std::string long_text(std::size_t characters) {
  std::string text = "'";
  while (--characters > 0) text += "é";
  return text;
}

}  // namespace

TEST_CASE("residences come back as they were stored, at their full length, in the order of names") {
  Backend backend(each_engine());
  CHECK(read(backend).empty());
  Residence longest{.id = "RES-1000000000",
                    .name = long_text(80),
                    .suburb = long_text(80),
                    .closes_on = "2026-12-04",
                    .reopens_on = "2027-01-20"};
  for (const ResidenceText& text : residence_texts) {
    longest.*text.value = long_text(text.max_length);
  }
  const Residence small{.id = "RES-2000000000", .name = "zebra"},
      large{.id = "RES-0000000000", .name = "Zebra"};
  replace(backend, {small, large, longest});
  const auto found = read(backend);
  REQUIRE(found.size() == 3);
  CHECK(found[0].id == longest.id);
  CHECK(found[0].name == longest.name);
  CHECK(found[0].suburb == longest.suburb);
  CHECK(found[0].closes_on == "2026-12-04");
  CHECK(found[0].reopens_on == "2027-01-20");
  for (const ResidenceText& text : residence_texts) {
    CHECK(found[0].*text.value == longest.*text.value);
  }
  CHECK(found[1].name == "Zebra");
  CHECK(found[2].name == "zebra");
  CHECK(found[2].gate.empty());
}

TEST_CASE("a new list of residences takes the place of the old one, names exchanged or not") {
  Backend backend(each_engine());
  replace(backend, {{.id = "RES-1000000000", .name = "A"}, {.id = "RES-2000000000", .name = "B"}});
  replace(backend, {{.id = "RES-1000000000", .name = "B"}, {.id = "RES-2000000000", .name = "A"}});
  const auto found = read(backend);
  REQUIRE(found.size() == 2);
  CHECK(found[0].id == "RES-2000000000");
  replace(backend, {});
  CHECK(read(backend).empty());
}
