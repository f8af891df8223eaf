// Terms that are accepted, bookings that staff make for somebody, and how they get into an account.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "api/accounts_fixture.h"

using namespace hss::test;
using hss::domain::Role;

namespace {

const std::string bookings = "/api/v1/bookings";

void save_terms(const Api& api, const std::string& text) {
  const auto response =
      api.send("PATCH", "/api/v1/admin/business", Json{{"terms", {{"text", text}}}}.dump(),
               {{"X-HSS-Role", "admin"}});
  REQUIRE(response.status == 200);
}

Json body_with(const Json& more) {
  Json body = booking_body();
  body.update(more);
  return body;
}

/// A booking at the counter, without an e-mail or an address.
Json walk_in() {
  Json body = body_with({{"pickup_method", "brought"}, {"phone", "082 555 0123"}});
  body.erase("email");
  body.erase("address");
  body.erase("pickup_window");
  return body;
}

Json created(const Api& api, const Json& body, const std::string& role = "customer") {
  const auto response = api.post(bookings, body.dump(), role);
  REQUIRE(response.status == 201);
  return body_of(
      api.get(bookings + "/" + body_of(response)["booking_id"].get<std::string>(), "staff"));
}

/// A shop in accounts mode, with a booking that staff made.
struct Counter {
  Counter() {
    api.add("thandi@x.co.za", Role::customer);
    api.add("sipho@x.co.za", Role::customer);
    thandi = api.token_of("thandi@x.co.za");
    sipho = api.token_of("sipho@x.co.za");
    staff = api.sign_in(Role::staff);
    const auto response = api.post(bookings, walk_in(), staff);
    REQUIRE(response.status == 201);
    id = body_of(response)["booking_id"];
  }

  std::string path() const { return bookings + "/" + id; }
  hss::api::Response make_code() const {
    return api.post(path() + "/claim-code", Json::object(), staff);
  }
  hss::api::Response claim(const std::string& code, const std::string& token) const {
    return api.post(path() + "/claim", {{"code", code}}, token);
  }

  AccountsApi api;
  std::string thandi, sipho, staff, id;
};

}  // namespace

TEST_CASE("a booking keeps the version of the terms that its customer accepted, if it is today's") {
  const Api api;
  const auto accepting = [&](int version) {
    return api.post(bookings, body_with({{"terms_version", version}}).dump());
  };
  CHECK(accepting(1).status == 409);
  CHECK(code_of(accepting(1)) == "terms_changed");
  CHECK(details_of(accepting(1)) == std::vector<std::string>{"terms_version=0"});
  save_terms(api, "Be kind.");
  CHECK(created(api, body_with({{"terms_version", 1}}))["terms_version"] == 1);
  save_terms(api, "Be kinder.");
  CHECK(code_of(accepting(1)) == "terms_changed");
  CHECK(details_of(accepting(3)) == std::vector<std::string>{"terms_version=2"});
  CHECK(created(api, body_with({{"terms_version", 2}}))["terms_version"] == 2);
  // Clients of the reference know nothing of terms.
  CHECK(created(api, booking_body())["terms_version"].is_null());
  save_terms(api, "");
  CHECK(details_of(accepting(2)) == std::vector<std::string>{"terms_version=0"});
  CHECK(accepting(0).status == 400);
  const Json events =
      body_of(api.get("/api/v1/audit?event_type=booking_submitted", "staff"))["events"];
  REQUIRE(events.size() == 3);
  CHECK(events[1]["payload"]["terms_version"] == 2);
  CHECK_FALSE(events[0]["payload"].contains("terms_version"));
}

TEST_CASE("a booking keeps that collection may begin early, and staff see it") {
  const Api api;
  CHECK(created(api, booking_body())["early_start"] == false);
  const Json early = created(api, body_with({{"early_start", true}}));
  CHECK(early["early_start"] == true);
  const Json day = body_of(api.get("/api/v1/staff/day?date=2026-12-01", "staff"));
  int tally = 0;
  for (const Json& stop : day["windows"][0]["stops"]) {
    tally += stop["booking"]["early_start"].get<bool>() ? 1 : 0;
  }
  CHECK(tally == 1);
  CHECK(api.post(bookings, body_with({{"early_start", "yes"}}).dump()).status == 400);
}

TEST_CASE("staff book what was brought, for somebody who has a telephone alone") {
  const Api api;
  const Json booking = created(api, walk_in(), "staff");
  CHECK(booking["email"] == "");
  CHECK(booking["address"] == "");
  CHECK(booking["pickup_window"] == "At the store");
  CHECK(booking["pickup_method"] == "brought");
  CHECK(booking["has_account"] == false);
  CHECK(created(api, booking_body())["pickup_method"] == "collect");
  const auto by_customer =
      api.post(bookings, body_with({{"pickup_method", "brought"}}).dump(), "customer");
  CHECK(by_customer.status == 403);
  CHECK(details_of(by_customer) == std::vector<std::string>{"required_roles=['admin', 'staff']"});
  CHECK(details_of(api.post(bookings, walk_in().dump(), "customer")) ==
        std::vector<std::string>{"email is required"});
}

TEST_CASE(
    "a booking without an e-mail keeps its telephone, and one without an address says where to") {
  const Api api;
  const std::string id = created(api, walk_in(), "staff")["id"];
  const auto change = [&](const Json& members) {
    return api.send("PATCH", bookings + "/" + id, members.dump(), {{"X-HSS-Role", "staff"}});
  };
  CHECK(change({{"phone", ""}}).status == 400);
  CHECK(details_of(change({{"phone", ""}})) ==
        std::vector<std::string>{"phone is required, as the booking has no e-mail"});
  CHECK(change({{"phone", "083 555 0123"}}).status == 200);
  const Json back{{"return_date", "2027-03-01"}, {"return_window", "08:00 – 11:00"}};
  CHECK(details_of(change(back)) ==
        std::vector<std::string>{"return_address is required, as the booking has no address"});
  Json with_address = back;
  with_address["return_address"] = "Tuksdorp B6";
  CHECK(change(with_address).status == 200);
  CHECK(change({{"return_method", "collect_at_store"}}).status == 200);
}

TEST_CASE("staff make a code of a booking that has no account, and a customer takes it with it") {
  const Counter counter;
  const auto made = counter.make_code();
  CHECK(made.status == 200);
  CHECK(header_of(made, "Cache-Control") == "no-store");
  const std::string code = body_of(made)["code"];
  CHECK(code.size() == 10);
  CHECK(body_of(made)["booking_id"] == counter.id);
  CHECK(body_of(made)["expires_at"] == "2027-02-20T08:00:00.000Z");
  CHECK(counter.api.get(counter.path(), counter.thandi).status == 404);
  const auto claimed = counter.claim(code, counter.thandi);
  CHECK(claimed.status == 200);
  CHECK(body_of(claimed)["id"] == counter.id);
  CHECK(body_of(claimed)["has_account"] == true);
  CHECK(header_of(claimed, "ETag") ==
        header_of(counter.api.get(counter.path(), counter.staff), "ETag"));
  CHECK(counter.api.get(counter.path(), counter.thandi).status == 200);
  CHECK(counter.api.get(counter.path(), counter.sipho).status == 404);
  CHECK(counter.claim(code, counter.thandi).status == 200);
  CHECK(counter.claim(code, counter.sipho).status == 404);
  CHECK(counter.make_code().status == 409);
  const Json changes =
      body_of(counter.api.get(counter.path() + "/history", counter.thandi))["changes"];
  REQUIRE(changes.size() == 1);
  CHECK(changes[0]["type"] == "booking_claimed");
}

TEST_CASE("no code is kept or told again, also not to somebody who sends the request again") {
  const Counter counter;
  const auto ask = [&] {
    return counter.api.send("POST", counter.path() + "/claim-code", counter.staff, "{}",
                            {{"Idempotency-Key", "one"}});
  };
  const std::string first = body_of(ask())["code"], second = body_of(ask())["code"];
  CHECK(first != second);
  CHECK(counter.claim(first, counter.thandi).status == 404);
  CHECK(counter.claim(second, counter.thandi).status == 200);
  const std::string trail(counter.api.get("/api/v1/audit", counter.staff).content());
  CHECK(trail.find("claim_code_made") != trail.npos);
  CHECK(trail.find(first) == trail.npos);
  CHECK(trail.find(second) == trail.npos);
}

TEST_CASE("wrong codes are 404 alike, and 429 after five") {
  const Counter counter;
  const std::string code = body_of(counter.make_code())["code"];
  const auto message = [](const hss::api::Response& response) {
    return body_of(response)["error"].dump();
  };
  const std::string wrong = message(counter.claim("7K3QX9M2VA", counter.thandi));
  CHECK(message(counter.claim("?", counter.thandi)) == wrong);
  CHECK(message(counter.api.post(bookings + "/HSS-0000000000/claim", {{"code", code}},
                                 counter.thandi)) == wrong);
  CHECK(counter.claim("7K3QX9M2VA", counter.thandi).status == 404);
  CHECK(counter.claim("7K3QX9M2VA", counter.thandi).status == 404);
  const auto limited = counter.claim(code, counter.thandi);
  CHECK(limited.status == 429);
  CHECK(header_of(limited, "Retry-After") == "3600");
  CHECK(counter.api.post(counter.path() + "/claim", Json::object(), counter.sipho).status == 400);
  CHECK(counter.claim(code, counter.sipho).status == 200);
}

TEST_CASE("a customer makes no code, and staff claim nothing") {
  const Counter counter;
  const std::string code = body_of(counter.make_code())["code"];
  CHECK(counter.api.post(counter.path() + "/claim-code", Json::object(), counter.thandi).status ==
        403);
  CHECK(counter.claim(code, counter.staff).status == 403);
  CHECK(counter.api.post(bookings + "/HSS-0000000000/claim-code", Json::object(), counter.staff)
            .status == 404);
  const Api demo;
  CHECK(demo.post(bookings + "/" + demo.booking() + "/claim-code", "{}", "staff").status == 409);
}
