// Who may do what with an upload: every route, tried by everybody.
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <utility>
#include <vector>

#include "api/accounts_fixture.h"

using namespace hss::test;
using hss::api::Response;
using hss::domain::Role;

namespace {

const std::string sent_photo = small_photo();

class Photos {
 public:
  AccountsApi api;
  const std::string owner = api.sign_in(Role::customer);
  const std::string staff = api.sign_in(Role::staff);
  const std::string admin = api.sign_in(Role::admin);
  const std::string other = another();
  const std::string kiosk = api.open_kiosk(staff);

  Json presign(const std::string& token) const {
    const auto response = api.post("/api/v1/uploads/presign", photo_request(), token);
    REQUIRE(response.status == 201);
    return body_of(response);
  }
  /// Sends its files, which takes no token.
  Json sent(const std::string& token) const {
    Json promise = presign(token);
    for (const Json& file : promise["files"]) {
      REQUIRE(api.send("PUT", file["url"], "", sent_photo, headers_of(file)).status == 201);
    }
    return promise;
  }
  Json ready(const std::string& token) const {
    Json promise = sent(token);
    REQUIRE(api.post(path_of(promise) + "/complete", Json::object(), token).status == 200);
    return promise;
  }
  std::string booked(const Json& promise, const std::string& token) const {
    const auto response = book(promise, token);
    REQUIRE(response.status == 201);
    return body_of(response)["booking_id"];
  }
  Response book(const Json& promise, const std::string& token) const {
    Json body = booking_body();
    body["items"][0]["s3Key"] = promise["s3_key"];
    return api.post("/api/v1/bookings", body, token);
  }
  static std::string path_of(const Json& promise) {
    return "/api/v1/uploads/" + promise["upload_id"].get<std::string>();
  }

  struct Visitor {
    std::string name, token;
  };
  std::vector<Visitor> everybody() const {
    return {{"no token", ""}, {"other customer", other}, {"owner", owner},
            {"staff", staff}, {"admin", admin},          {"locked kiosk", kiosk}};
  }

 private:
  std::string another() {
    api.add("other@x.co.za", Role::customer);
    return api.token_of("other@x.co.za");
  }
};

/// By the visitor's name, the status that each gets. In the order of everybody().
using Row = std::array<int, 6>;

void check_row(const Photos& photos, const Row& row, const auto& ask) {
  const auto visitors = photos.everybody();
  for (std::size_t i = 0; i < visitors.size(); ++i) {
    INFO(visitors[i].name);
    CHECK(ask(visitors[i].token).status == row[i]);
  }
}

}  // namespace

TEST_CASE("who may use each route of uploads") {
  const Photos photos;
  const auto& api = photos.api;
  //                        nobody, other, owner, staff, admin, kiosk
  SECTION("promise") {
    check_row(photos, {401, 201, 201, 201, 201, 403}, [&](const std::string& token) {
      return api.post("/api/v1/uploads/presign", photo_request(), token);
    });
  }
  SECTION("promise what staff send") {
    Json request = photo_request();
    request["purpose"] = "handover";
    request["booking_id"] = api.booking(photos.owner);
    check_row(photos, {401, 403, 403, 201, 201, 403}, [&](const std::string& token) {
      return api.post("/api/v1/uploads/presign", request, token);
    });
  }
  SECTION("new addresses") {
    const Json promise = photos.presign(photos.owner);
    check_row(photos, {401, 404, 200, 404, 404, 403}, [&](const std::string& token) {
      return api.post(Photos::path_of(promise) + "/presign", Json::object(), token);
    });
  }
  SECTION("complete") {
    const Json promise = photos.sent(photos.owner);
    check_row(photos, {401, 404, 200, 404, 404, 403}, [&](const std::string& token) {
      return api.post(Photos::path_of(promise) + "/complete", Json::object(), token);
    });
  }
  SECTION("claim") {
    check_row(photos, {401, 400, 201, 400, 400, 403}, [&](const std::string& token) {
      return photos.book(photos.ready(photos.owner), token);
    });
  }
  SECTION("delete an unclaimed one") {
    check_row(photos, {401, 404, 200, 200, 200, 403}, [&](const std::string& token) {
      return api.send("DELETE", Photos::path_of(photos.ready(photos.owner)), token);
    });
  }
  SECTION("delete a claimed one") {
    check_row(photos, {401, 404, 200, 200, 200, 403}, [&](const std::string& token) {
      const Json promise = photos.ready(photos.owner);
      photos.booked(promise, photos.owner);
      return api.send("DELETE", Photos::path_of(promise), token);
    });
  }
  SECTION("see a booking's") {
    const std::string id = photos.booked(photos.ready(photos.owner), photos.owner);
    check_row(photos, {401, 404, 200, 200, 200, 403}, [&](const std::string& token) {
      return api.get("/api/v1/bookings/" + id + "/photos", token);
    });
  }
  SECTION("send and read at a signed address, whoever has it") {
    check_row(photos, {201, 201, 201, 201, 201, 201}, [&](const std::string& token) {
      const Json file = photos.presign(photos.owner)["files"][0];
      return api.send("PUT", file["url"], token, sent_photo, headers_of(file));
    });
    const std::string id = photos.booked(photos.ready(photos.owner), photos.owner);
    const Json shown = body_of(api.get("/api/v1/bookings/" + id + "/photos", photos.owner));
    check_row(photos, {200, 200, 200, 200, 200, 200},
              [&](const std::string& token) { return api.get(shown["photos"][0]["url"], token); });
  }
  SECTION("send and read without one") {
    const Json promise = photos.sent(photos.owner);
    check_row(photos, {403, 403, 403, 403, 403, 403}, [&](const std::string& token) {
      return api.get(Photos::path_of(promise) + "/full", token);
    });
    check_row(photos, {403, 403, 403, 403, 403, 403}, [&](const std::string& token) {
      return api.send("PUT", Photos::path_of(promise) + "/full", token, sent_photo);
    });
  }
}

TEST_CASE("nobody is told whether somebody else's upload exists") {
  const Photos photos;
  const auto& api = photos.api;
  const Json promise = photos.ready(photos.owner);
  const std::string own = promise["upload_id"];
  const std::string none = "UPL-0000000000";
  const auto words = [&](const Response& response, const std::string& id) {
    std::string text = body_of(response)["error"].dump();
    for (auto at = text.find(id); at != text.npos; at = text.find(id)) text.erase(at, id.size());
    return std::to_string(response.status) + text;
  };
  const auto check_same = [&](const auto& ask) {
    CHECK(words(ask(own), own) == words(ask(none), none));
  };
  for (const std::string end : {"/presign", "/complete"}) {
    check_same([&](const std::string& id) {
      return api.post("/api/v1/uploads/" + id + end, Json::object(), photos.other);
    });
  }
  check_same([&](const std::string& id) {
    return api.send("DELETE", "/api/v1/uploads/" + id, photos.other);
  });
  check_same([&](const std::string& id) {
    return photos.book({{"s3_key", "uploads/" + id}}, photos.other);
  });
  for (const std::string method : {"GET", "PUT"}) {
    check_same([&](const std::string& id) {
      return api.send(method, "/api/v1/uploads/" + id + "/full?expires=1&signature=x",
                      photos.other);
    });
  }
}

TEST_CASE("staff who book for a customer claim their own photos alone") {
  const Photos photos;
  CHECK(photos.book(photos.ready(photos.staff), photos.staff).status == 201);
  CHECK(photos.book(photos.ready(photos.staff), photos.owner).status == 400);
}

TEST_CASE("whoever is signed out while their photo is looked at completes nothing") {
  Photos photos;
  const Json promise = photos.sent(photos.owner);
  const std::string account = photos.api.id_of("customer@x.co.za");
  hss::api::Request request;
  request.method = "POST";
  request.target = Photos::path_of(promise) + "/complete";
  request.headers = {{"Authorization", "Bearer " + photos.owner}};
  bool was_signed_out = false;
  request.before_wait = [&] {
    if (std::exchange(was_signed_out, true)) return;
    photos.api.store.transact([&](hss::domain::Tx& tx) { tx.sessions().remove_all_of(account); });
  };
  CHECK(photos.api.handle(request).status == 401);
  const auto upload = photos.api.store.read([&](hss::domain::Reader& reader) {
    return reader.uploads().find(promise["upload_id"].get<std::string>());
  });
  REQUIRE(upload);
  CHECK(upload->state == hss::domain::UploadState::waiting);
}

TEST_CASE("without a folder no photos are taken, and bookings are") {
  hss::Config config = AccountsApi::config_of(":memory:");
  config.uploads.clear();
  AccountsApi api(config, seeded_random());
  const std::string customer = api.sign_in(Role::customer);
  CHECK(body_of(api.get("/api/v1/catalog"))["photo_uploads"] == false);
  CHECK(api.post("/api/v1/uploads/presign", photo_request(), customer).status == 404);
  const std::string id = api.booking(customer);
  CHECK(api.get("/api/v1/bookings/" + id + "/photos", customer).status == 404);
}
