// Codes by which customers take bookings that staff made into their accounts, on each engine.
#include <catch2/catch_test_macros.hpp>
#include <optional>
#include <string>

#include "domain/error.h"
#include "domain/expiry.h"
#include "storage/contract/backend.h"

using namespace hss::domain;
using namespace hss::test;

namespace {

class ClaimBackend : public Backend {
 public:
  using Backend::Backend;

  ClaimCode make_code(const std::string& id) {
    return store.transact([&](Tx& tx) { return bookings.make_claim_code(tx, id, staff); });
  }
  /// Whether it was given.
  bool claim(const std::string& id, const std::string& code, const Account& account) {
    return store
        .transact([&](Tx& tx) { return bookings.claim(tx, id, code, customer_of(account)); })
        .has_value();
  }
  /// True while the account may not even try.
  bool is_limited(const std::string& id, const Account& account) {
    try {
      claim(id, "0000000000", account);
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::rate_limited);
      CHECK(error.retry_after() > std::chrono::seconds(0));
      CHECK(error.retry_after() <= std::chrono::hours(1));
      return true;
    }
    return false;
  }
  std::optional<std::string> owner_of(const std::string& id) {
    return store.read(
        [&](Reader& reader) { return reader.bookings().get(id, staff.principal).owner; });
  }
  bool prune() {
    return store.transact([&](Tx& tx) { return tx.delete_expired(expiry_at(clock.now()), 10); });
  }
};

std::string with_dashes_in_small_letters(std::string code) {
  for (char& c : code) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return code.substr(0, 5) + "-" + code.substr(5);
}

}  // namespace

TEST_CASE("a booking is its customer's once they have told its code") {
  ClaimBackend backend(each_engine());
  const Account thandi = backend.add_account("thandi@tuks.co.za");
  const std::string id = backend.create().id;
  CHECK(backend.owner_of(id) == std::nullopt);
  const ClaimCode code = backend.make_code(id);
  CHECK(code.code.size() == 10);
  CHECK(code.expires_at == backend.later(std::chrono::hours(24 * 90)));
  backend.clock.advance(std::chrono::minutes(5));
  const auto claimed = backend.store.transact([&](Tx& tx) {
    return backend.bookings.claim(tx, id, with_dashes_in_small_letters(code.code),
                                  customer_of(thandi));
  });
  REQUIRE(claimed.has_value());
  CHECK(claimed->owner == thandi.id);
  CHECK(claimed->version == 2);
  CHECK(backend.owner_of(id) == thandi.id);
  backend.store.read([&](Reader& reader) {
    const Booking booking = reader.bookings().get(id, customer_of(thandi).principal);
    CHECK(booking.version == 2);
    CHECK(booking.updated_at == backend.now());
    CHECK(reader.bookings().list({.owner = thandi.id}, {}).rows.size() == 1);
    CHECK(reader.outbox().list_own_after(thandi.id, 0, 9).size() == 2);
    const auto events = reader.bookings().find_events(id);
    REQUIRE(events.size() == 1);
    CHECK(events[0].type == "booking_claimed");
    CHECK(events[0].payload == R"({"account_id":")" + thandi.id + R"("})");
  });
  CHECK_FALSE(backend.store.verify_audit(backend.now()).violation.has_value());
}

TEST_CASE("who has claimed a booking may say so again, and nobody else has it") {
  ClaimBackend backend(each_engine());
  const Account thandi = backend.add_account("thandi@tuks.co.za");
  const Account sipho = backend.add_account("sipho@tuks.co.za");
  const std::string id = backend.create().id;
  const std::string code = backend.make_code(id).code;
  CHECK(backend.claim(id, code, thandi));
  CHECK(backend.claim(id, code, thandi));
  CHECK(backend.claim(id, "whatever", thandi));
  CHECK_FALSE(backend.claim(id, code, sipho));
  CHECK(backend.owner_of(id) == thandi.id);
  try {
    backend.make_code(id);
    FAIL("a code for a booking that has an account");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::conflict);
  }
}

TEST_CASE("a code is of one booking, until there is a newer one, for 90 days") {
  ClaimBackend backend(each_engine());
  const Account thandi = backend.add_account("thandi@tuks.co.za");
  const std::string id = backend.create().id, other = backend.create().id;
  const std::string of_other = backend.make_code(other).code;
  const std::string first = backend.make_code(id).code;
  const std::string second = backend.make_code(id).code;
  CHECK(first != second);
  CHECK_FALSE(backend.claim(id, of_other, thandi));
  CHECK_FALSE(backend.claim(id, first, thandi));
  backend.clock.advance(std::chrono::hours(24 * 90) - std::chrono::milliseconds(1));
  backend.prune();
  CHECK(backend.claim(other, of_other, thandi));
  backend.clock.advance(std::chrono::milliseconds(1));
  CHECK_FALSE(backend.claim(id, second, thandi));
  backend.prune();
  CHECK_FALSE(backend.claim(id, second, thandi));
  CHECK(backend.claim(id, backend.make_code(id).code, thandi));
}

TEST_CASE("an account has five wrong codes an hour, whatever is wrong with them") {
  ClaimBackend backend(each_engine());
  const Account thandi = backend.add_account("thandi@tuks.co.za");
  const Account sipho = backend.add_account("sipho@tuks.co.za");
  const std::string id = backend.create().id;
  const std::string code = backend.make_code(id).code;
  CHECK_FALSE(backend.claim(id, "no code", thandi));
  backend.clock.advance(std::chrono::minutes(10));
  CHECK_FALSE(backend.claim("HSS-0000000000", code, thandi));
  CHECK_FALSE(backend.claim(id, "7K3QX9M2VA", thandi));
  CHECK_FALSE(backend.claim(id, "", thandi));
  CHECK_FALSE(backend.claim(id, id, thandi));
  CHECK(backend.is_limited(id, thandi));
  CHECK_THROWS(backend.claim(id, code, thandi));
  CHECK(backend.owner_of(id) == std::nullopt);
  backend.prune();
  CHECK(backend.is_limited(id, thandi));
  // The first is an hour old, and no try of those that were not let through has counted.
  backend.clock.advance(std::chrono::minutes(50));
  CHECK_FALSE(backend.claim(id, "7K3QX9M2VA", thandi));
  CHECK(backend.is_limited(id, thandi));
  CHECK(backend.claim(id, code, sipho));
}
