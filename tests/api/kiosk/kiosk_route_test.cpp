// A kiosk is opened with a password, unlocked with a PIN, and locked again without use.
#include <catch2/catch_test_macros.hpp>
#include <utility>

#include "api/accounts_fixture.h"

using namespace hss::test;
using namespace std::chrono_literals;
using hss::domain::Role;

namespace {

/// A kiosk in the hall, and Sipho with a PIN.
struct Hall {
  Hall() {
    sipho = api.add("sipho@x.co.za", Role::staff);
    own = api.token_of("sipho@x.co.za");
    api.set_pin(own, pin);
    kiosk = api.open_kiosk(own);
  }
  std::string unlocked() const {
    const auto response = api.unlock(kiosk, sipho, pin);
    REQUIRE(response.status == 200);
    return body_of(response)["token"];
  }

  const std::string pin = "271828";
  AccountsApi api;
  std::string sipho, own, kiosk;
};

}  // namespace

TEST_CASE("a PIN unlocks the screen for its person, whose name is on what they do") {
  Hall hall;
  const Json locked = body_of(hall.api.get("/api/v1/auth/session", hall.kiosk));
  CHECK(locked["account"].is_null());
  CHECK(locked["device"] == Json{{"name", "Storage hall"}, {"lock_after_seconds", 60}});
  CHECK(body_of(hall.api.get("/api/v1/kiosk/people", hall.kiosk))["people"] ==
        Json::array({{{"account_id", hall.sipho}, {"name", "Somebody"}}}));

  const auto response = hall.api.unlock(hall.kiosk, hall.sipho, hall.pin);
  CHECK(response.status == 200);
  CHECK(body_of(response)["role"] == "staff");
  CHECK(body_of(response)["expires_in"] == 120);
  const std::string token = body_of(response)["token"];
  const Json session = body_of(hall.api.get("/api/v1/auth/session", token));
  CHECK(session["account"]["email"] == "sipho@x.co.za");
  CHECK(session["device"]["name"] == "Storage hall");
  const std::string id = hall.api.booking(token);
  CHECK(body_of(hall.api.get("/api/v1/audit?booking_id=" + id, token))["events"][0]["actor"] ==
        "sipho@x.co.za");
}

TEST_CASE("an unlocked screen locks without use, and stays open with it") {
  Hall hall;
  const std::string token = hall.unlocked();
  for (int i = 0; i < 20; ++i) {
    hall.api.clock.advance(100s);
    CHECK(hall.api.get("/api/v1/staff/queue", token).status == 200);
  }
  hall.api.clock.advance(120s);
  CHECK(hall.api.get("/api/v1/staff/queue", token).status == 401);
  CHECK(hall.api.unlock(hall.kiosk, hall.sipho, hall.pin).status == 200);
  // No session outlives its token, used or not.
  const std::string night = hall.unlocked();
  for (int i = 0; i < 12 * 60 - 1; ++i) {
    hall.api.clock.advance(60s);
    REQUIRE(hall.api.get("/api/v1/staff/queue", night).status == 200);
  }
  hall.api.clock.advance(60s);
  CHECK(hall.api.get("/api/v1/staff/queue", night).status == 401);
}

TEST_CASE("use is written down at most every 20 seconds, so that polls stay cheap") {
  Hall hall;
  const std::string token = hall.unlocked();
  const auto before = hall.api.store.revision();
  for (int i = 0; i < 19; ++i) {
    hall.api.clock.advance(1s);
    hall.api.get("/api/v1/staff/queue", token);
  }
  CHECK(hall.api.store.revision() == before);
  hall.api.clock.advance(1s);
  hall.api.get("/api/v1/staff/queue", token);
  CHECK(hall.api.store.revision() != before);
}

TEST_CASE("wrong PINs lock the PIN for longer and longer, and the right one begins anew") {
  Hall hall;
  const auto wrong = [&] { return hall.api.unlock(hall.kiosk, hall.sipho, "314159"); };
  for (int i = 0; i < 4; ++i) {
    const auto response = wrong();
    CHECK(response.status == 401);
    CHECK(details_of(response) == std::vector<std::string>{"pin is not right"});
  }
  // A right PIN after four wrong ones is accepted, and the count restarts at nought.
  hall.unlocked();
  for (int i = 0; i < 5; ++i) CHECK(wrong().status == 401);
  for (const auto lock : {30s, 60s, 120s, 240s, 480s, 900s, 900s}) {
    const auto rejected = hall.api.unlock(hall.kiosk, hall.sipho, hall.pin);
    CHECK(rejected.status == 429);
    CHECK(header_of(rejected, "Retry-After") == std::to_string(lock.count()));
    hall.api.clock.advance(lock - 1s);
    CHECK(wrong().status == 429);
    hall.api.clock.advance(1s);
    CHECK(wrong().status == 401);
  }
  hall.api.clock.advance(900s);
  hall.unlocked();
  CHECK(wrong().status == 401);
  CHECK(wrong().status == 401);
  hall.unlocked();
  // A wrong PIN counts for an hour.
  CHECK(wrong().status == 401);
  CHECK(wrong().status == 401);
  hall.api.clock.advance(1h);
  for (int i = 0; i < 4; ++i) CHECK(wrong().status == 401);
  hall.unlocked();
  // Only the PIN is locked, not the account.
  CHECK(hall.api.log_in("sipho@x.co.za").status == 200);
}

TEST_CASE(
    "a PIN of nobody, of a customer or of somebody disabled is a wrong PIN, at the same cost") {
  Hall hall;
  hall.api.add("thandi@x.co.za", Role::customer);
  const std::string without = hall.api.add("lerato@x.co.za", Role::staff);
  const auto expected = body_of(hall.api.unlock(hall.kiosk, hall.sipho, "314159"))["error"];
  hall.api.store.transact([&](hss::domain::Tx& tx) {
    auto account = tx.accounts().find_by_email("thandi@x.co.za").value();
    account.pin_hash = CheapHashing::hash_of(hall.pin);
    tx.accounts().update(account);
    auto disabled = account;
    disabled.id = "ACC-0000000000";
    disabled.email = "gone@x.co.za";
    disabled.role = Role::staff;
    disabled.enabled = false;
    CHECK(tx.accounts().insert(disabled));
  });
  for (const std::string& id : {std::string("ACC-1111111111"), std::string("ACC-0000000000"),
                                hall.api.id_of("thandi@x.co.za"), without, std::string("x")}) {
    INFO(id);
    const int before = hall.api.hashing.checked;
    const auto response = hall.api.unlock(hall.kiosk, id, hall.pin);
    CHECK(response.status == 401);
    CHECK(body_of(response)["error"] == expected);
    CHECK(hall.api.hashing.checked == before + 1);
  }
}

TEST_CASE("logging out locks the screen, then gives it up; the next person ends the one before") {
  Hall hall;
  const std::string first = hall.unlocked();
  const std::string second = hall.unlocked();
  CHECK(hall.api.holder_of(first) == "");
  CHECK(hall.api.holder_of(second) == "sipho@x.co.za");
  CHECK(hall.api.send("POST", "/api/v1/auth/logout", second).status == 200);
  CHECK(hall.api.holder_of(second) == "");
  const std::string third = hall.unlocked();
  CHECK(hall.api.send("POST", "/api/v1/auth/logout", hall.kiosk).status == 200);
  CHECK(hall.api.holder_of(third) == "");
  CHECK(hall.api.unlock(hall.kiosk, hall.sipho, hall.pin).status == 401);
  CHECK(hall.api.get("/api/v1/kiosk/people", hall.kiosk).status == 401);
}

TEST_CASE("a screen lasts 30 days, and goes with whoever opened it") {
  Hall hall;
  hall.api.clock.advance(30 * 24h - 1s);
  CHECK(hall.api.get("/api/v1/kiosk/people", hall.kiosk).status == 200);
  hall.api.clock.advance(1s);
  CHECK(hall.api.get("/api/v1/kiosk/people", hall.kiosk).status == 401);

  Hall other;
  const std::string admin = other.api.sign_in(Role::admin);
  const std::string unlocked = other.unlocked();
  CHECK(other.api.patch("/api/v1/admin/accounts/" + other.sipho, {{"enabled", false}}, admin)
            .status == 200);
  CHECK(other.api.get("/api/v1/kiosk/people", other.kiosk).status == 401);
  CHECK(other.api.holder_of(unlocked) == "");
}

TEST_CASE("on a shared screen nobody changes a password or PIN, nor opens another screen") {
  Hall hall;
  const std::string token = hall.unlocked();
  CHECK(hall.api
            .post("/api/v1/auth/password",
                  {{"current_password", good_password}, {"new_password", "another good one"}},
                  token)
            .status == 403);
  CHECK(hall.api.post("/api/v1/auth/pin", {{"password", good_password}, {"pin", nullptr}}, token)
            .status == 403);
  CHECK(hall.api.post("/api/v1/kiosk/device", {{"device", "x"}}, token).status == 403);
  CHECK(hall.api.post("/api/v1/kiosk/device", {{"device", "  "}}, hall.own).status == 400);
  CHECK(
      hall.api.post("/api/v1/kiosk/device", {{"device", std::string(81, 'x')}}, hall.own).status ==
      400);
}

TEST_CASE("POST /auth/pin asks for the password, and takes no PIN that anybody would guess") {
  Hall hall;
  const auto change = [&](const Json& body) {
    return hall.api.post("/api/v1/auth/pin", body, hall.own);
  };
  CHECK(change({{"password", "wrong one"}, {"pin", "314159"}}).status == 401);
  for (const Json& pin : {Json("123456"), Json("111111"), Json("31415"), Json(314159), Json("")}) {
    INFO(pin.dump());
    CHECK(change({{"password", good_password}, {"pin", pin}}).status == 400);
  }
  CHECK(change({{"password", good_password}}).status == 400);
  CHECK(body_of(change({{"password", good_password}, {"pin", "314159"}}))["has_pin"] == true);
  CHECK(hall.api.unlock(hall.kiosk, hall.sipho, "314159").status == 200);
  CHECK(body_of(change({{"password", good_password}, {"pin", nullptr}}))["has_pin"] == false);
  CHECK(hall.api.unlock(hall.kiosk, hall.sipho, "314159").status == 401);
  CHECK(body_of(hall.api.get("/api/v1/kiosk/people", hall.kiosk))["people"].empty());
}

TEST_CASE("wrong PINs on one screen do not lock out their person on another, until there are 50") {
  Hall hall;
  const auto admin = hall.api.sign_in(Role::admin);
  const auto lock = [&](const std::string& kiosk) {
    for (int i = 0; i < 5; ++i) CHECK(hall.api.unlock(kiosk, hall.sipho, "314159").status == 401);
    CHECK(hall.api.unlock(kiosk, hall.sipho, hall.pin).status == 429);
  };
  lock(hall.kiosk);
  CHECK(hall.api.unlock(hall.api.open_kiosk(admin), hall.sipho, hall.pin).status == 200);
  for (int i = 1; i < 10; ++i) {
    const std::string kiosk = hall.api.open_kiosk(admin);
    lock(kiosk);
    // A new kiosk session gives no new attempts.
    if (i % 2 == 0) hall.api.send("POST", "/api/v1/auth/logout", kiosk);
  }
  const std::string fresh = hall.api.open_kiosk(admin);
  const auto rejected = hall.api.unlock(fresh, hall.sipho, hall.pin);
  CHECK(rejected.status == 429);
  CHECK(header_of(rejected, "Retry-After") == "900");
  CHECK(hall.api.unlock_with_password(fresh, hall.sipho, good_password).status == 200);
  hall.api.clock.advance(15min);
  CHECK(hall.api.unlock(fresh, hall.sipho, hall.pin).status == 200);

  const Json events = body_of(hall.api.get("/api/v1/audit?event_type=pin_locked", admin))["events"];
  REQUIRE(events.size() == 10);
  CHECK(events[0]["payload"] ==
        Json{{"account_id", hall.sipho}, {"email", "sipho@x.co.za"}, {"device", "Storage hall"}});
}

TEST_CASE("a password unlocks a shared screen as a PIN does, and is guessed no faster") {
  Hall hall;
  for (int i = 0; i < 5; ++i) hall.api.unlock(hall.kiosk, hall.sipho, "314159");
  const auto response = hall.api.unlock_with_password(hall.kiosk, hall.sipho, good_password);
  REQUIRE(response.status == 200);
  CHECK(body_of(response)["expires_in"] == 120);
  CHECK_FALSE(body_of(response).contains("device_mark"));
  const std::string token = body_of(response)["token"];
  CHECK(hall.api.get("/api/v1/staff/queue", token).status == 200);
  // It stays a kiosk.
  CHECK(hall.api.post("/api/v1/auth/pin", {{"password", good_password}, {"pin", nullptr}}, token)
            .status == 403);
  // The right password removes the PIN's lock.
  CHECK(hall.api.unlock(hall.kiosk, hall.sipho, hall.pin).status == 200);

  hall.api.add("thandi@x.co.za", Role::customer);
  for (const auto& id : {hall.api.id_of("thandi@x.co.za"), std::string("ACC-1111111111")}) {
    const auto rejected = hall.api.unlock_with_password(hall.kiosk, id, good_password);
    CHECK(rejected.status == 401);
    CHECK(details_of(rejected) == std::vector<std::string>{"password is not right"});
  }
  for (int i = 0; i < 5; ++i) {
    CHECK(hall.api.unlock_with_password(hall.kiosk, hall.sipho, "wrong").status == 401);
  }
  CHECK(hall.api.unlock_with_password(hall.kiosk, hall.sipho, good_password).status == 429);
  CHECK(hall.api.unlock(hall.kiosk, hall.sipho, hall.pin).status == 200);

  const auto send = [&](const Json& body) {
    return details_of(hall.api.post("/api/v1/kiosk/unlock", body, hall.kiosk));
  };
  CHECK(send({{"account_id", hall.sipho}}) == std::vector<std::string>{"pin is required"});
  CHECK(send({{"account_id", hall.sipho}, {"pin", "1"}, {"password", "x"}}) ==
        std::vector<std::string>{"pin and password: send one of them"});
}

TEST_CASE("an unlock with the old PIN that is under way while the PIN changes fails") {
  Hall hall;
  bool is_under_way = true;
  hall.api.hashing.before_check = [&] {
    if (!std::exchange(is_under_way, false)) return;
    hall.api.store.transact([&](hss::domain::Tx& tx) {
      hall.api.service.set_pin(tx, hall.sipho, CheapHashing::hash_of("905317"), staff);
    });
  };
  CHECK(hall.api.unlock(hall.kiosk, hall.sipho, hall.pin).status == 401);
  CHECK(hall.api.unlock(hall.kiosk, hall.sipho, "905317").status == 200);
}
