// The texts that people search for, and the customers that they must find.
#include <catch2/catch_test_macros.hpp>
#include <fstream>

#include "api/api_fixture.h"
#include "domain/reference.h"
#include "places.h"

using namespace hss::test;

namespace {

std::string encoded(const std::string& text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    out += '%';
    out += digits[static_cast<unsigned char>(c) >> 4];
    out += digits[static_cast<unsigned char>(c) & 15];
  }
  return out;
}

/// A few bookings to find, followed by so many others that the index contains them.
class SearchFixture {
 public:
  std::string book(const std::string& name, const std::string& email = "x@example.com",
                   const Json& more = Json::object()) {
    Json body = booking_body();
    body["customer_name"] = name;
    body["email"] = email;
    body["address"] = "1 Prospect Road";
    body["pickup_date"] = "2027-01-05";
    body["items"] = Json::parse(R"([{"type":"suitcase"}])");
    body["pricing"] = {{"duration", 1}};
    body.update(more);
    const auto response = api_.post("/api/v1/bookings", body.dump());
    REQUIRE(response.status == 201);
    return body_of(response)["booking_id"];
  }
  void many_others(int count) {
    for (int i = 0; i < count; ++i) book("Nobody Else");
  }
  std::vector<std::string> find(const std::string& q, const std::string& more = "") const {
    std::vector<std::string> ids;
    const auto response = api_.get("/api/v1/bookings?limit=200&q=" + encoded(q) + more);
    CHECK(response.status == 200);
    const Json body = body_of(response);
    for (const Json& booking : body["bookings"]) ids.push_back(booking["id"]);
    return ids;
  }
  const Api& api() const { return api_; }

 private:
  Api api_;
};

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("a name is found by its plain spelling, among new bookings and far behind them") {
  SearchFixture office;
  const std::string soren = office.book("Søren Kierkegaard");
  const std::string lukasz = office.book("Łukasz Nowak");
  const std::string weiss = office.book("Jürgen Weiß");
  const std::string wide = office.book("ＦｕｌｌWidth Tanaka");
  const std::string angelo = office.book("Maria d'Angelo");
  const std::string hssain = office.book("Amina Hssain", "hss2024@tuks.co.za");
  for (const int others : {0, 150, 1200}) {
    office.many_others(others);
    INFO(others);
    for (const char* q : {"soren", "SØREN", "Søren", "so\u0308ren", "soren kierk"}) {
      INFO(q);
      CHECK(office.find(q) == Ids{soren});
    }
    for (const char* q : {"lukasz", "Łukasz", "LUKASZ now"}) CHECK(office.find(q) == Ids{lukasz});
    for (const char* q : {"weiss", "Weiß", "WEISS", "jurgen"}) CHECK(office.find(q) == Ids{weiss});
    for (const char* q : {"fullwidth", "ｆｕｌｌ"}) CHECK(office.find(q) == Ids{wide});
    for (const char* q : {"dangelo", "d'Angelo", "d’angelo", "angelo", "d angelo"}) {
      INFO(q);
      CHECK(office.find(q) == Ids{angelo});
    }
    for (const char* q : {"Hssain", "hss2024@tuks.co.za", "hss2024", "hss", "HSSAIN amina"}) {
      INFO(q);
      CHECK(office.find(q) == Ids{hssain});
    }
  }
}

TEST_CASE("a booking is found by its address, its pickup date and its items") {
  SearchFixture office;
  const std::string burnett = office.book("Thandi Mokoena", "thandi@tuks.co.za",
                                          {{"address", "100 Burnett Street, Hatfield"}});
  const std::string december =
      office.book("Sipho Dlamini", "sipho@tuks.co.za", {{"pickup_date", "2026-12-16"}});
  const std::string fridge = office.book(
      "Aisha Patel", "aisha@tuks.co.za",
      {{"items", Json::parse(R"([{"type":"box"},{"type":"fridge","name":"Bar-fridge Défy"}])")}});
  for (const int others : {0, 150, 1200}) {
    office.many_others(others);
    INFO(others);
    CHECK(office.find("100 Burnett") == Ids{burnett});
    CHECK(office.find("burnett thandi") == Ids{burnett});
    CHECK(office.find("hatfield 100") == Ids{burnett});
    for (const char* q : {"2026-12-16", "16/12/2026", "2026-12-16 sipho", "dlamini 16.12.2026"}) {
      INFO(q);
      CHECK(office.find(q) == Ids{december});
    }
    CHECK(office.find("2026-12-16 aisha").empty());
    CHECK(office.find("2026-12-17").empty());
    CHECK(office.find("2026-12-16", "&status=submitted&sort=pickup_date") == Ids{december});
    CHECK(office.find("2026-12-16", "&status=approved").empty());
    for (const char* q : {"fridge", "Fridge", "fridge aisha", "fridge box"}) {
      INFO(q);
      CHECK(office.find(q) == Ids{fridge});
    }
    if (others < 500) CHECK(office.find("defy") == Ids{fridge});
  }
}

TEST_CASE(
    "a reference in any dress finds its booking by q, and by its path where nothing else is said") {
  SearchFixture office;
  const std::string id = office.book("Thandi Mokoena");
  office.many_others(150);
  std::ifstream file(source_folder() + "/tests/references.json");
  const std::string code = id.substr(4);
  const Json rows = Json::parse(file);
  for (const Json& row : rows) {
    if (row["found"] != "HSS-7K3M9QX2VD") continue;
    std::string text = row["text"];
    for (const char* sample : {"7K3M9QX2VD", "7k3m9qx2vd"}) {
      if (const auto at = text.find(sample); at != text.npos) text.replace(at, 10, code);
    }
    if (text.find(code) == text.npos) continue;
    INFO(text);
    CHECK(office.find(text) == Ids{id});
    if (row["whole"] != true) continue;
    const auto response = office.api().get("/api/v1/bookings/" + encoded(text));
    CHECK(response.status == 200);
    CHECK(body_of(response)["id"] == id);
  }
  std::string lower = id;
  for (char& c : lower) c = static_cast<char>(std::tolower(c));
  const auto paths = {"/api/v1/bookings/" + lower + "/history", "/api/v1/bookings/" + code,
                      "/api/v1/audit?booking_id=" + lower};
  for (const auto& path : paths) CHECK(office.api().get(path, "staff").status == 200);
  CHECK(body_of(office.api().get("/api/v1/audit?booking_id=Ref:%20" + lower, "staff"))["events"]
            .size() == 1);
  CHECK(office.api().post("/api/v1/staff/bookings/" + code + "/approve", "", "staff").status ==
        200);
  const auto paid = office.api().post("/api/v1/bookings/hss" + code + "/payment", "");
  CHECK(body_of(paid)["booking_id"] == id);
  CHECK(office.api().get("/api/v1/bookings/" + id + "%2Fstatus").status == 404);
}

TEST_CASE("a search that looks like a reference and is none finds by its words") {
  SearchFixture office;
  const std::string id =
      office.book("Christiaan Botha", "thandi2024@tuks.co.za", {{"address", "Flat 0821234567"}});
  for (const char* q : {"Christiaan", "thandi2024", "thandi2024@tuks.co.za", "0821234567"}) {
    INFO(q);
    CHECK(office.find(q) == Ids{id});
  }
}

TEST_CASE("a telephone number is found where it stands in an address or an e-mail, too") {
  SearchFixture office;
  const std::string by_address = office.book("Christiaan Botha", "christiaan@tuks.co.za",
                                             {{"address", "Flat 4, ring 082 123 4567"}});
  const std::string by_email = office.book("Lerato Khumalo", "0839876543@tuks.co.za");
  for (const char* q : {"0821234567", "082 123 4567", "+27 82 123 4567", "ring 0821234567"}) {
    INFO(q);
    CHECK(office.find(q) == Ids{by_address});
  }
  for (const char* q : {"0839876543", "083 987 6543", "0839876543@tuks.co.za"}) {
    INFO(q);
    CHECK(office.find(q) == Ids{by_email});
  }
}
