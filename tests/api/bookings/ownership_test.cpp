// Customers can use only their own bookings; nothing reveals that others exist.
#include <catch2/catch_test_macros.hpp>

#include "api/accounts_fixture.h"

using namespace hss::test;
using hss::domain::Role;

namespace {

/// Thandi has bookings, Sipho looks for them.
struct TwoCustomers {
  TwoCustomers() {
    api.add("thandi@x.co.za", Role::customer);
    api.add("sipho@x.co.za", Role::customer);
    thandi = api.token_of("thandi@x.co.za");
    sipho = api.token_of("sipho@x.co.za");
    staff = api.sign_in(Role::staff);
    for (int i = 0; i < 3; ++i) hers.push_back(api.booking(thandi));
    his = api.booking(sipho);
  }

  std::string path(const std::string& id) const { return "/api/v1/bookings/" + id; }
  std::vector<std::string> list(const std::string& query, const std::string& token) const {
    std::vector<std::string> ids;
    const Json body = body_of(api.get("/api/v1/bookings" + query, token));
    for (const Json& booking : body["bookings"]) ids.push_back(booking["id"]);
    CHECK(body["count"] == ids.size());
    return ids;
  }

  AccountsApi api;
  std::string thandi, sipho, staff, his;
  std::vector<std::string> hers;
};

/// The body with both ids made equal, so that only the id may differ.
std::string without_ids(const hss::api::Response& response, const std::string& id) {
  Json body = body_of(response);
  body.erase("request_id");
  std::string text = std::to_string(response.status) + body.dump();
  for (auto at = text.find(id); at != text.npos; at = text.find(id))
    text.replace(at, id.size(), "ID");
  return text;
}

}  // namespace

TEST_CASE("another customer's booking answers to the byte as one that does not exist") {
  const TwoCustomers two;
  const std::string unknown = "HSS-0000000000";
  struct Row {
    const char* method;
    const char* behind;
    const char* body;
  };
  for (const Row& row :
       {Row{"GET", "", ""}, Row{"GET", "/history", ""}, Row{"GET", "/notifications", ""},
        Row{"POST", "/payment", "{}"}, Row{"POST", "/payment", R"({"method":"eft"})"},
        Row{"PATCH", "", R"({"phone":"082 555 0123"})"}, Row{"PATCH", "", "{}"},
        Row{"POST", "/claim", R"({"code":"7K3QX9M2VA"})"},
        Row{"PATCH", "/status", R"({"status":"cancelled"})"},
        Row{"PATCH", "/status", R"({"status":"submitted"})"},
        Row{"PATCH", "/status", R"({"status":"approved"})"},
        Row{"PATCH", "/status", R"({"status":"paid","reason":"mine"})"},
        Row{"PATCH", "/status", R"({"status":"declined","reason":"mine"})"}}) {
    INFO(row.method << " " << row.behind << " " << row.body);
    const auto ask = [&](const std::string& id, hss::api::Fields headers = {}) {
      return two.api.send(row.method, two.path(id) + row.behind, two.sipho, row.body,
                          std::move(headers));
    };
    const auto response = ask(two.hers[0]);
    CHECK(response.status == 404);
    CHECK(without_ids(response, two.hers[0]) == without_ids(ask(unknown), unknown));
    CHECK(header_of(response, "ETag") == "(none)");
    CHECK(ask(two.hers[0], {{"If-None-Match", "*"}}).status == 404);
  }
  CHECK(body_of(two.api.get(two.path(two.hers[0]), two.thandi))["status"] == "submitted");
}

TEST_CASE("a customer corrects no slip of their own booking, staff do") {
  const TwoCustomers two;
  const std::string path = two.path(two.hers[0]);
  two.api.post("/api/v1/staff/bookings/" + two.hers[0] + "/approve", Json::object(), two.staff);
  two.api.post(path + "/payment", Json::object(), two.staff);
  two.api.patch(path + "/status", {{"status", "collected"}}, two.staff);
  const Json correction{{"status", "paid"}, {"reason", "It is still here"}};
  CHECK(two.api.patch(path + "/status", correction, two.thandi).status == 403);
  CHECK(two.api.patch(path + "/status", correction, two.staff).status == 200);
  const auto last = [&](const std::string& token) {
    return body_of(two.api.get(path + "/history", token))["history"].back();
  };
  CHECK(last(two.staff)["actor"] == "staff@x.co.za");
  CHECK(last(two.thandi)["actor"] == nullptr);
  CHECK(last(two.thandi)["actor_role"] == "staff");
}

TEST_CASE("an ETag of another's answer, or a guess, gets no 304") {
  const TwoCustomers two;
  const std::string hers = header_of(two.api.get(two.path(two.hers[0]), two.thandi), "ETag");
  REQUIRE(hers.starts_with("W/"));
  for (const std::string& target : {two.path(two.hers[0]), std::string("/api/v1/bookings")}) {
    const std::string etag = header_of(two.api.get(target, two.thandi), "ETag");
    const auto response =
        two.api.send("GET", target, two.sipho, "", {{"If-None-Match", etag + ", " + hers}});
    CHECK(response.status != 304);
  }
}

TEST_CASE("lists, counts, searches and filters hold a customer's own bookings alone") {
  const TwoCustomers two;
  CHECK(two.list("", two.sipho) == std::vector{two.his});
  CHECK(two.list("?limit=200&offset=0", two.sipho) == std::vector{two.his});
  CHECK(two.list("?offset=1", two.sipho).empty());
  CHECK(two.list("?status=submitted", two.sipho) == std::vector{two.his});
  CHECK(two.list("?status=cancelled", two.sipho).empty());
  for (const char* sort : {"-created_at", "created_at", "-pickup_date", "pickup_date"}) {
    INFO(sort);
    CHECK(two.list(std::string("?sort=") + sort, two.sipho) == std::vector{two.his});
    CHECK(two.list(std::string("?q=thandi&sort=") + sort, two.sipho) == std::vector{two.his});
    CHECK(two.list(std::string("?status=submitted&q=tuks&sort=") + sort, two.sipho) ==
          std::vector{two.his});
  }
  CHECK(two.list("?q=" + two.hers[0], two.sipho).empty());
  CHECK(two.list("", two.thandi).size() == 3);
  CHECK(two.list("", two.staff).size() == 4);
}

TEST_CASE("a cursor of another's booking is as good as one that was made up") {
  const TwoCustomers two;
  const std::string cursor =
      body_of(two.api.get("/api/v1/bookings?limit=1", two.thandi))["next_cursor"];
  const auto tried = two.api.get("/api/v1/bookings?cursor=" + cursor, two.sipho);
  const auto made_up = two.api.get("/api/v1/bookings?cursor=HSS-0000000000", two.sipho);
  CHECK(tried.status == 400);
  CHECK(without_ids(tried, cursor) == without_ids(made_up, "HSS-0000000000"));
  CHECK(two.list("?cursor=" + cursor, two.thandi).size() == 2);
}

TEST_CASE("an Idempotency-Key of another account is a key never used") {
  const TwoCustomers two;
  const hss::api::Fields key{{"Idempotency-Key", "the-same"}};
  const auto book = [&](const std::string& token) {
    return two.api.send("POST", "/api/v1/bookings", token, booking_body().dump(), key);
  };
  const auto hers = book(two.thandi);
  const auto his = book(two.sipho);
  CHECK(hers.status == 201);
  CHECK(his.status == 201);
  CHECK(header_of(his, "Idempotent-Replayed") == "(none)");
  CHECK(body_of(hers)["booking_id"] != body_of(his)["booking_id"]);
  CHECK(header_of(book(two.thandi), "Idempotent-Replayed") == "true");
  // An idempotency record does not outlive the login, either.
  two.api.post("/api/v1/auth/logout", Json::object(), two.thandi);
  CHECK(book(two.thandi).status == 401);
}

TEST_CASE("a customer pays and cancels their own bookings, and takes no other step") {
  const TwoCustomers two;
  const std::string id = two.hers[0];
  for (const char* to : {"submitted", "approved", "paid", "collected", "in_storage", "returned"}) {
    INFO(to);
    const auto rejected = two.api.patch(two.path(id) + "/status", {{"status", to}}, two.thandi);
    CHECK(rejected.status == 403);
    CHECK(details_of(rejected) == std::vector<std::string>{"required_roles=['admin', 'staff']"});
  }
  CHECK(
      two.api.post("/api/v1/staff/bookings/" + id + "/approve", Json::object(), two.staff).status ==
      200);
  CHECK(two.api.post(two.path(id) + "/payment", Json::object(), two.thandi).status == 200);
  CHECK(two.api.patch(two.path(two.hers[1]) + "/status", {{"status", "cancelled"}}, two.thandi)
            .status == 200);
  const Json events = body_of(two.api.get("/api/v1/audit?booking_id=" + id, two.staff))["events"];
  CHECK(events[0]["actor"] == "thandi@x.co.za");
  CHECK(events[1]["actor"] == "staff@x.co.za");
}

TEST_CASE("a booking that staff make is nobody's, and every customer's own stays theirs") {
  const TwoCustomers two;
  const std::string id = two.api.booking(two.staff);
  CHECK(two.api.get(two.path(id), two.thandi).status == 404);
  CHECK(two.api.get(two.path(id), two.staff).status == 200);
  CHECK(two.api.get(two.path(two.his), two.staff).status == 200);
}

TEST_CASE("an account that has left 1,000 answers under keys keeps no other from leaving theirs") {
  const TwoCustomers two;
  const auto quote = [&](const std::string& token, const std::string& key) {
    return two.api
        .send("POST", "/api/v1/quotes", token, R"({"items":[{"type":"bed"}],"duration_months":1})",
              {{"Idempotency-Key", key}})
        .status;
  };
  for (int i = 0; i < hss::domain::max_idempotency_records_per_holder; ++i) {
    REQUIRE(quote(two.thandi, std::to_string(i)) == 200);
  }
  CHECK(quote(two.thandi, "one-more") == 429);
  CHECK(quote(two.sipho, "one-more") == 200);
}

TEST_CASE("who was staff and becomes a customer does not own what they booked for others") {
  TwoCustomers two;
  const std::string id = two.api.booking(two.staff);
  const std::string account = two.api.id_of("staff@x.co.za");
  two.api.store.transact([&](hss::domain::Tx& tx) {
    two.api.service.change(tx, account, {.role = Role::customer}, hss::test::staff);
  });
  const std::string token = two.api.token_of("staff@x.co.za");
  CHECK(two.list("", token).empty());
  CHECK(two.api.get(two.path(id), token).status == 404);
}
