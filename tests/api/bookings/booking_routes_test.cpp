// The routes of a booking's life: success, invalid, forbidden, not found.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "api/api_fixture.h"

using namespace hss::test;

TEST_CASE("POST /bookings makes a booking, priced by the server") {
  const Api api;
  const auto response = api.post("/api/v1/bookings", booking_body().dump());
  const Json body = body_of(response);
  CHECK(response.status == 201);
  const std::string id = body["booking_id"];
  CHECK(id.size() == 14);
  CHECK(header_of(response, "Location") == "/api/v1/bookings/" + id);
  CHECK(body["status"] == "submitted");
  CHECK(body["monthly_subtotal"] == 310);
  CHECK(body["handling_fee"] == 350);
  CHECK(body["total"] == 1280);
  CHECK(body["request_id"] == header_of(response, "X-Request-Id"));
}

TEST_CASE("POST /bookings tells every fault at once") {
  const Api api;
  const auto response = api.post("/api/v1/bookings", R"({"customer_name":"A","email":"nope",
    "items":[7,{"type":"sofa"}],"pricing":{"duration":"three","total":"x"}})");
  CHECK(response.status == 400);
  CHECK(code_of(response) == "validation_error");
  CHECK(details_of(response) ==
        std::vector<std::string>{
            "customer_name must be at least 2 characters", "email is invalid",
            "pickup_date is required", "pickup_window is required", "address is required",
            "items[1] must be an object",
            "items[2].type must be one of ['bed', 'box', 'fridge', 'other', 'suitcase']",
            "pricing.duration must be a number", "pricing.total must be a number"});
}

TEST_CASE("POST /bookings takes wrong types in any member as faults, and coerces none") {
  const Api api;
  const std::string member = GENERATE(as<std::string>{}, "customer_name", "email", "pickup_date",
                                      "pickup_window", "address", "items", "pricing");
  for (const char* value : {"1", "true", "[]", "{}", "1.5", "null", "\"\"", "[[]]"}) {
    Json body = booking_body();
    body[member] = Json::parse(value);
    INFO(member << " = " << value);
    const auto response = api.post("/api/v1/bookings", body.dump());
    CHECK(response.status == 400);
    CHECK(details_of(response).size() == 1);
  }
  CHECK(body_of(api.get("/api/v1/bookings"))["count"] == 0);
}

TEST_CASE("POST /bookings refuses a price that is not the server's, with the quote") {
  const Api api;
  Json body = booking_body();
  body["pricing"]["total"] = 1;
  const auto response = api.post("/api/v1/bookings", body.dump());
  CHECK(response.status == 409);
  CHECK(code_of(response) == "price_changed");
  CHECK(details_of(response) == std::vector<std::string>{"duration_months=3",
                                                         "monthly_subtotal=310", "handling_fee=350",
                                                         "total=1280"});
}

TEST_CASE("POST /bookings compares each amount exactly, in whatever form the number is written") {
  const Api api;
  struct Row {
    std::string total;
    int status;
  };
  const auto [total, status] = GENERATE(
      Row{"1280", 201}, Row{"1280.0", 201}, Row{"1280.00000000000000000000", 201},
      Row{"12800e-1", 201}, Row{"1.28E+3", 201}, Row{"0.128e4", 201}, Row{"1280.001", 409},
      Row{"1279.999", 409}, Row{"1280.004", 409}, Row{"1280.0000000001", 409},
      Row{"1280.0000000000000000001", 409}, Row{"1279.99999999999999999999", 409},
      Row{"12800000000000000000001e-19", 409}, Row{"-1280", 409}, Row{"0", 409}, Row{"-0", 409},
      Row{"-0.0", 409}, Row{"1e-400", 409}, Row{"128", 409}, Row{"128000", 409}, Row{"1e400", 400},
      Row{"-1e400", 400}, Row{"1e99999999999999999999", 400},
      Row{"99999999999999999999999999", 400}, Row{"\"1280\"", 400}, Row{"true", 400},
      Row{"[1280]", 400}, Row{"{\"rand\":1280}", 400}, Row{"null", 201});
  Json body = booking_body();
  body["pricing"]["total"] = "TOTAL";
  std::string text = body.dump();
  text.replace(text.find("\"TOTAL\""), 7, total);
  INFO(total);
  const auto response = api.post("/api/v1/bookings", text);
  CHECK(response.status == status);
  if (status == 409) CHECK(code_of(response) == "price_changed");
  if (status == 400) {
    REQUIRE(details_of(response).size() == 1);
    CHECK(details_of(response)[0].starts_with("pricing.total must be "));
  }
}

TEST_CASE("POST /bookings compares each of the three amounts to less than a cent") {
  const Api api;
  for (const char* amount : {"monthlySubtotal", "handlingFee", "total"}) {
    for (const double off : {0.001, -0.001, 0.004, -0.004, 1e-9}) {
      Json body = booking_body();
      body["pricing"][amount] = body["pricing"][amount].get<double>() + off;
      INFO(body["pricing"].dump());
      CHECK(code_of(api.post("/api/v1/bookings", body.dump())) == "price_changed");
    }
  }
}

TEST_CASE("a duration that is a hair more than a whole number of months is none") {
  const Api api;
  for (const char* months : {"3.0000000000000000001", "3.1", "1e400", "12.00000000000000001"}) {
    const std::string body =
        R"({"items":[{"type":"bed"}],"duration_months":)" + std::string(months) + "}";
    INFO(body);
    const auto response = api.post("/api/v1/quotes", body);
    CHECK(response.status == 400);
    REQUIRE(details_of(response).size() == 1);
    CHECK(details_of(response)[0].starts_with("duration_months must be "));
  }
}

TEST_CASE("POST /bookings takes amounts left out and members that it does not know") {
  const Api api;
  Json body = booking_body();
  body["pricing"] = {{"duration", 1}, {"itemsCount", 2}, {"photosCount", 0}};
  body["newsletter"] = true;
  CHECK(api.post("/api/v1/bookings", body.dump()).status == 201);
}

TEST_CASE("GET /bookings/{id} gives the booking flat, with its items") {
  const Api api;
  const std::string id = api.booking();
  const auto response = api.get("/api/v1/bookings/" + id);
  CHECK(response.status == 200);
  Json body = body_of(response);
  CHECK(body["items"] == Json::parse(R"([
      {"id":1,"item_type":"bed","item_label":"Bed","icon":"bed","monthly_price":250,
       "item_name":null,"s3_key":null,"photos":[]},
      {"id":2,"item_type":"box","item_label":"Box","icon":"box","monthly_price":60,
       "item_name":"Books","s3_key":null,"photos":[]}])"));
  std::vector<std::string> members;
  for (const auto& [name, value] : body.items()) members.push_back(name);
  // What the reference gives, then what is HSS's own.
  CHECK(members == std::vector<std::string>{"id",
                                            "customer_name",
                                            "email",
                                            "pickup_date",
                                            "pickup_window",
                                            "address",
                                            "duration_months",
                                            "item_count",
                                            "monthly_subtotal",
                                            "handling_fee",
                                            "total",
                                            "status",
                                            "created_at",
                                            "updated_at",
                                            "payment_reference",
                                            "phone",
                                            "phone_e164",
                                            "whatsapp",
                                            "access_notes",
                                            "collected_on",
                                            "due_on",
                                            "return_date",
                                            "return_window",
                                            "return_address",
                                            "return_method",
                                            "return_residence_id",
                                            "return_room",
                                            "failed_trips",
                                            "needs_new_date",
                                            "residence_id",
                                            "room",
                                            "pickup_method",
                                            "terms_version",
                                            "early_start",
                                            "has_account",
                                            "items",
                                            "request_id"});
  CHECK(body["payment_reference"].is_null());
}

TEST_CASE("GET /bookings/{id}/history tells each step, when, by whom and how") {
  Api api;
  const std::string id = api.booking();
  const std::string path = "/api/v1/bookings/" + id;
  api.clock.advance(std::chrono::hours(1));
  api.post("/api/v1/staff/bookings/" + id + "/approve", "", "staff");
  api.clock.advance(std::chrono::hours(1));
  api.post(path + "/payment", R"({"method":"saved card ending in 4471"})");
  api.post("/api/v1/notifications", Json{{"message", "Soon"}, {"booking_id", id}}.dump());
  api.booking("approved");
  const auto response = api.get(path + "/history");
  CHECK(response.status == 200);
  const Json body = body_of(response);
  CHECK(body["booking_id"] == id);
  CHECK(body["request_id"] == header_of(response, "X-Request-Id"));
  CHECK(body["history"] == Json::parse(R"([
    {"status":"submitted","at":"2026-11-22T08:00:00.000Z","actor_role":"customer","reason":null,
     "payment_method":null},
    {"status":"approved","at":"2026-11-22T09:00:00.000Z","actor_role":"staff","reason":null,
     "payment_method":null},
    {"status":"paid","at":"2026-11-22T10:00:00.000Z","actor_role":"customer","reason":null,
     "payment_method":"saved card ending in 4471"}])"));
}

TEST_CASE("a booking's history has its steps back and the reason of its end") {
  const Api api;
  const std::string path = "/api/v1/bookings/" + api.booking("approved");
  api.patch(path + "/status", R"({"status":"submitted"})");
  api.patch(path + "/status", R"({"status":"submitted"})");
  api.patch(path + "/status", R"({"status":"declined","reason":" The hall is full "})");
  const Json body = body_of(api.get(path + "/history"));
  std::string steps;
  Json reason;
  for (const Json& step : body["history"]) {
    steps += step["status"].get<std::string>() + " ";
    reason = step["reason"];
  }
  CHECK(steps == "submitted approved submitted declined ");
  CHECK(reason == "The hall is full");
}

TEST_CASE("a booking that does not exist is 404 on every route that names one") {
  const Api api;
  const std::string path = "/api/v1/bookings/HSS-0000000000";
  CHECK(api.get(path).status == 404);
  CHECK(api.get(path + "/history").status == 404);
  CHECK(api.patch(path + "/status", R"({"status":"approved"})").status == 404);
  CHECK(api.post(path + "/payment", "{}").status == 404);
  CHECK(api.post("/api/v1/staff/bookings/HSS-0000000000/approve", "", "staff").status == 404);
  CHECK(code_of(api.get(path)) == "not_found");
}

TEST_CASE("GET /bookings lists newest first with a cursor, and filters") {
  const Api api;
  const std::string first = api.booking("approved");
  const std::string second = api.booking();
  const Json page = body_of(api.get("/api/v1/bookings?limit=1"));
  CHECK(page["count"] == 1);
  CHECK(page["bookings"][0]["id"] == second);
  const Json next =
      body_of(api.get("/api/v1/bookings?limit=1&cursor=" + page["next_cursor"].get<std::string>()));
  CHECK(next["bookings"][0]["id"] == first);
  CHECK(next["next_cursor"].is_null());
  CHECK(body_of(api.get("/api/v1/bookings?status=approved"))["bookings"][0]["id"] == first);
  CHECK(body_of(api.get("/api/v1/bookings?q=" + second))["count"] == 1);
  CHECK(body_of(api.get("/api/v1/bookings?q=thandi%40tuks"))["count"] == 2);
  CHECK(body_of(api.get("/api/v1/bookings?q=%20"))["count"] == 2);
  CHECK(body_of(api.get("/api/v1/bookings?offset=1"))["bookings"][0]["id"] == first);
}

TEST_CASE("a query parameter that is known and bad is a 400 that names it") {
  const Api api;
  const std::string list = GENERATE(as<std::string>{}, "/api/v1/bookings", "/api/v1/admin/bookings",
                                    "/api/v1/staff/queue", "/api/v1/audit");
  for (const std::string query :
       {"limit=-1", "limit=x", "limit=", "limit=1.5", "limit=99999999999999999999", "offset=-1",
        "offset=1e9", "offset=99999999999", "cursor=none-of-ours"}) {
    INFO(list << "?" << query);
    const auto response = api.get(list + "?" + query, "admin");
    CHECK(response.status == 400);
    REQUIRE(details_of(response).size() == 1);
    CHECK(details_of(response)[0].starts_with(query.substr(0, query.find('='))));
  }
}

TEST_CASE("lists of bookings are sorted by creation or pickup date, either way") {
  const Api api;
  const std::string list =
      GENERATE(as<std::string>{}, "/api/v1/bookings", "/api/v1/admin/bookings");
  std::vector<std::string> made;
  for (const char* date : {"2026-12-05", "2026-12-01", "2026-12-05"}) {
    Json body = booking_body();
    body["pickup_date"] = date;
    made.push_back(body_of(api.post("/api/v1/bookings", body.dump()))["booking_id"]);
  }
  const auto order = [&](const std::string& query) {
    std::string numbers;
    const Json body = body_of(api.get(list + "?" + query, "admin"));
    for (const Json& booking : body["bookings"]) {
      const auto at = std::find(made.begin(), made.end(), booking["id"].get<std::string>());
      numbers += static_cast<char>('1' + (at - made.begin()));
    }
    return numbers;
  };
  CHECK(order("") == "321");
  CHECK(order("sort=") == "321");
  CHECK(order("sort=-created_at") == "321");
  CHECK(order("sort=created_at") == "123");
  CHECK(order("sort=-pickup_date") == "312");
  CHECK(order("sort=pickup_date") == "213");
  CHECK(order("sort=pickup_date&limit=1&cursor=" + made[1]) == "1");
  CHECK(order("sort=pickup_date&status=submitted&q=thandi&offset=1") == "13");
  for (const char* sort : {"pickup", "-", "total", "-Pickup_date", "%2Bcreated_at"}) {
    INFO(sort);
    const auto response = api.get(list + "?sort=" + sort, "admin");
    CHECK(response.status == 400);
    CHECK(details_of(response) ==
          std::vector<std::string>{"sort must be one of ['-created_at', 'created_at', "
                                   "'-pickup_date', 'pickup_date']"});
  }
}

TEST_CASE("limits are clamped and unknown parameters ignored") {
  const Api api;
  api.booking();
  api.booking();
  CHECK(body_of(api.get("/api/v1/bookings?limit=0"))["count"] == 1);
  CHECK(body_of(api.get("/api/v1/bookings?limit=100000&colour=blue"))["count"] == 2);
  CHECK(api.get("/api/v1/bookings?status=sold").status == 400);
  CHECK(api.get("/api/v1/bookings?q=" + std::string(201, 'a')).status == 400);
}

TEST_CASE("a page has 200 rows at most, whatever is asked for") {
  Api api;
  const hss::domain::BookingService bookings(api.clock.clock(), seeded_random());
  api.store.transact([&](hss::domain::Tx& tx) {
    for (int i = 0; i < 201; ++i) bookings.create(tx, a_draft(), staff);
  });
  CHECK(body_of(api.get("/api/v1/bookings?limit=201"))["count"] == 200);
}

TEST_CASE("PATCH /status takes the steps of the lifecycle and no other") {
  const Api api;
  struct Row {
    const char* from;
    const char* to;
    int status;
  };
  const auto row = GENERATE(values<Row>({{"submitted", "approved", 200},
                                         {"submitted", "submitted", 200},
                                         {"submitted", "paid", 409},
                                         {"submitted", "collected", 409},
                                         {"approved", "submitted", 200},
                                         {"approved", "paid", 409},
                                         {"approved", "collected", 409},
                                         {"approved", "cancelled", 200},
                                         {"paid", "paid", 200},
                                         {"paid", "collected", 200},
                                         {"paid", "cancelled", 409},
                                         {"collected", "in_storage", 200},
                                         {"in_storage", "returned", 200},
                                         {"returned", "submitted", 409},
                                         {"cancelled", "submitted", 409},
                                         {"declined", "approved", 409}}));
  const std::string path = "/api/v1/bookings/" + api.booking(row.from);
  INFO(row.from << " -> " << row.to);
  const auto response = api.patch(path + "/status", Json{{"status", row.to}}.dump());
  CHECK(response.status == row.status);
  CHECK(body_of(api.get(path))["status"] == (row.status == 200 ? row.to : row.from));
  if (row.status == 409) {
    CHECK(body_of(response)["error"]["message"] ==
          std::string("Invalid status transition: ") + row.from + " -> " + row.to);
  }
}

TEST_CASE("PATCH /status corrects a slip of today with a reason, and the history says so") {
  const Api api;
  const auto row = GENERATE(values<std::pair<const char*, const char*>>(
      {{"collected", "paid"}, {"in_storage", "collected"}, {"returned", "in_storage"}}));
  const auto [slip, back] = row;
  INFO(slip << " -> " << back);
  const std::string path = "/api/v1/bookings/" + api.booking(slip);
  const auto silent =
      api.patch(path + "/status", Json{{"status", back}, {"reason", GENERATE("", " \n ")}}.dump());
  CHECK(silent.status == 409);
  CHECK(body_of(silent)["error"]["message"] ==
        std::string("Invalid status transition: ") + slip + " -> " + back);
  const auto response =
      api.patch(path + "/status", Json{{"status", back}, {"reason", "The wrong card"}}.dump());
  CHECK(response.status == 200);
  CHECK(body_of(response)["status"] == back);
  const Json step = body_of(api.get(path + "/history"))["history"].back();
  CHECK(step["status"] == back);
  CHECK(step["correction"] == true);
  CHECK(step["reason"] == "The wrong card");
  CHECK_FALSE(body_of(api.get(path + "/history"))["history"][0].contains("correction"));
  const Json event = body_of(api.get("/api/v1/audit?limit=1", "staff"))["events"][0];
  CHECK(event["event_type"] == "status_updated");
  CHECK(event["payload"]["correction"] == true);
  CHECK(api.patch(path + "/status", Json{{"status", slip}}.dump()).status == 200);
}

TEST_CASE("PATCH /status with from is refused where the booking stands elsewhere") {
  const Api api;
  const std::string path = "/api/v1/bookings/" + api.booking("paid");
  const auto ask = [&](const char* body) { return api.patch(path + "/status", body).status; };
  CHECK(ask(R"({"status":"collected","from":"approved"})") == 409);
  CHECK(ask(R"({"status":"collected","from":"sold"})") == 400);
  CHECK(ask(R"({"status":"collected","from":7})") == 400);
  CHECK(body_of(api.get(path))["status"] == "paid");
  CHECK(ask(R"({"status":"collected","from":"paid"})") == 200);
  CHECK(ask(R"({"status":"in_storage","from":null})") == 200);
}

TEST_CASE(
    "the history and the messages say to staff who it was, and to customers that it was staff") {
  const Api api;
  const std::string path = "/api/v1/bookings/" + api.booking("approved");
  api.post("/api/v1/notifications",
           Json{{"message", "Hello"}, {"booking_id", path.substr(17)}}.dump(), "staff");
  const auto first = [&](const char* list, const char* role) {
    return body_of(api.get(path + "/" + list, role))[list][0];
  };
  CHECK(first("history", "staff")["actor"] == "demo");
  CHECK(first("history", "customer")["actor"] == nullptr);
  CHECK(first("notifications", "staff")["actor"] == "demo");
  CHECK(first("notifications", "customer")["actor"] == nullptr);
}

TEST_CASE("PATCH /status says what is wrong with a request") {
  const Api api;
  const std::string path = "/api/v1/bookings/" + api.booking() + "/status";
  for (const char* body : {"{}", R"({"status":"sold"})", R"({"status":7})", R"({"status":null})",
                           R"({"status":"declined"})", R"({"status":"declined","reason":" "})",
                           R"({"status":"declined","reason":5})", "[]", ""}) {
    INFO(body);
    CHECK(api.patch(path, body).status == 400);
  }
  CHECK(api.patch(path, R"({"status":"declined","reason":"No room"})").status == 200);
}

TEST_CASE("POST /payment captures an approved booking once") {
  const Api api;
  const std::string id = api.booking("approved");
  const std::string path = "/api/v1/bookings/" + id + "/payment";
  const auto response = api.post(path, R"({"method":"EFT"})");
  CHECK(response.status == 200);
  const Json body = body_of(response);
  CHECK(body["booking_id"] == id);
  CHECK(body["status"] == "paid");
  CHECK(body["payment_reference"].get<std::string>().starts_with("PAY-"));
  CHECK(body_of(api.get("/api/v1/bookings/" + id))["payment_reference"] ==
        body["payment_reference"]);
  CHECK(api.post(path, "").status == 409);
}

TEST_CASE("POST /payment is refused unless approved, and for a method that nobody knows") {
  const Api api;
  for (const char* status : {"submitted", "paid", "collected", "declined", "cancelled"}) {
    INFO(status);
    const auto rejected = api.post("/api/v1/bookings/" + api.booking(status) + "/payment", "");
    CHECK(rejected.status == 409);
    CHECK(rejected.body.find("only while it is approved") != std::string::npos);
  }
  const std::string path = "/api/v1/bookings/" + api.booking("approved") + "/payment";
  CHECK(api.post(path, R"({"method":"cheque"})").status == 400);
  CHECK(api.post(path, R"({"method":4})").status == 400);
  CHECK(api.post(path, "{").status == 400);
}

TEST_CASE("POST /approve is for staff, and for bookings submitted or approved") {
  const Api api;
  const std::string id = api.booking();
  const std::string path = "/api/v1/staff/bookings/" + id + "/approve";
  const auto rejected = api.post(path, "");
  CHECK(rejected.status == 403);
  CHECK(details_of(rejected) == std::vector<std::string>{"required_roles=['admin', 'staff']"});
  const auto response = api.post(path, "", "staff");
  CHECK(response.status == 200);
  CHECK(body_of(response)["status"] == "approved");
  CHECK(api.post(path, "{}", "admin").status == 200);
  CHECK(
      api.post("/api/v1/staff/bookings/" + api.booking("paid") + "/approve", "", "staff").status ==
      409);
}
