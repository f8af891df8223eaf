#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "domain/validation/text.h"
#include "storage/contract/backend.h"

using namespace hss::domain;
using namespace hss::test;

namespace {

Business read(Backend& backend) {
  return backend.store.read([](Reader& reader) { return reader.business().get(); });
}

}  // namespace

TEST_CASE("a new database has a business with a name, all ways of paying and nothing else") {
  Backend backend(each_engine());
  const Business business = read(backend);
  CHECK(business.name == "Hatfield Storage Solutions");
  for (const BusinessText& member : business_texts) {
    INFO(member.name);
    if (member.name != "name") CHECK((business.*member.value).empty());
  }
  CHECK(business.payment_methods == std::vector<std::string>{"card", "eft", "cash"});
  CHECK_FALSE(business.liability_cap);
  CHECK(business.terms.version == 0);
  CHECK(business.terms.text.empty());
}

TEST_CASE("each member of the business comes back as it was stored, at its full length") {
  Backend backend(each_engine());
  Business business = read(backend);
  for (const BusinessText& member : business_texts) {
    std::string& value = business.*member.value;
    value = std::string(member.name) + "\n";
    for (auto i = character_count(value); i < member.max_length; ++i) value += "é";
  }
  business.liability_cap = Money{500'050};
  business.payment_methods = {"eft", "cash"};
  backend.store.transact([&](Tx& tx) { tx.business().update(business); });
  const Business found = read(backend);
  for (const BusinessText& member : business_texts) {
    INFO(member.name);
    CHECK(found.*member.value == business.*member.value);
  }
  CHECK(found.liability_cap == Money{500'050});
  CHECK(found.payment_methods == business.payment_methods);
  business.liability_cap.reset();
  backend.store.transact([&](Tx& tx) { tx.business().update(business); });
  CHECK_FALSE(read(backend).liability_cap);
}

TEST_CASE("the terms are those that were saved last, and a unit of work sees its own") {
  Backend backend(each_engine());
  backend.store.transact([](Tx& tx) {
    tx.business().insert_terms({.version = 1, .text = "First", .date = "2026-11-22"});
    tx.business().insert_terms({.version = 2, .text = "Second", .date = "2026-11-23"});
    CHECK(tx.business().get().terms.version == 2);
  });
  CHECK(read(backend).terms.text == "Second");
  CHECK(read(backend).terms.date == "2026-11-23");
  backend.store.transact(
      [](Tx& tx) { tx.business().insert_terms({.version = 3, .text = "", .date = "2026-11-24"}); });
  CHECK(read(backend).terms.version == 3);
  CHECK(read(backend).terms.text.empty());
}

TEST_CASE("no version of the terms takes the place of another") {
  Backend backend(each_engine());
  const auto insert = [&](const std::string& text) {
    backend.store.transact([&](Tx& tx) {
      tx.business().insert_terms({.version = 1, .text = text, .date = "2026-11-22"});
    });
  };
  insert("First");
  CHECK_THROWS(insert("Other"));
  CHECK(read(backend).terms.text == "First");
}
