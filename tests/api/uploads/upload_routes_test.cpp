// Photos and documents, from the promise to the booking that shows them.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "api/api_fixture.h"
#include "app/token_keys.h"
#include "domain/uploads/files.h"

using namespace hss::test;
using hss::api::Fields;
using hss::api::Response;

namespace {

const std::string photo = small_photo();

std::string id_of(const Json& promise) {
  return promise["upload_id"];
}

Json presign(const Api& api, const Json& request = photo_request(),
             const std::string& role = "customer") {
  const Response response = api.post("/api/v1/uploads/presign", request.dump(), role);
  REQUIRE(response.status == 201);
  return body_of(response);
}

Response put(const Api& api, const Json& file, const std::string& bytes = photo) {
  return api.send("PUT", file["url"], bytes, headers_of(file));
}

void send_files(const Api& api, const Json& promise, const std::string& bytes = photo) {
  for (const Json& file : promise["files"]) REQUIRE(put(api, file, bytes).status == 201);
}

Response complete(const Api& api, const Json& promise, const std::string& role = "customer") {
  return api.post("/api/v1/uploads/" + id_of(promise) + "/complete", "", role);
}

/// A request for one file, of these bytes.
Json request_of(const std::string& bytes, const std::string& type = "image/png") {
  return {{"purpose", "item"}, {"files", Json::array({file_request("full", bytes, type)})}};
}

Response book(const Api& api, const Json& first_item) {
  Json body = booking_body();
  for (const auto& [name, value] : first_item.items()) body["items"][0][name] = value;
  return api.post("/api/v1/bookings", body.dump());
}

Json photos_of(const Api& api, const std::string& booking_id) {
  return body_of(api.get("/api/v1/bookings/" + booking_id + "/photos"))["photos"];
}

Response erase(const Api& api, const Json& promise, const std::string& role = "customer") {
  return api.send("DELETE", "/api/v1/uploads/" + id_of(promise), "", {{"X-HSS-Role", role}});
}

/// Replaces the value of a query's member.
std::string with(std::string url, const std::string& member, const std::string& value) {
  const auto at = url.find(member + "=") + member.size() + 1;
  return url.replace(at, std::min(url.find('&', at), url.size()) - at, value);
}

}  // namespace

TEST_CASE("a photo is promised, sent, completed and booked, and then shown") {
  const Api api;
  const Json promise = presign(api);
  CHECK(id_of(promise).starts_with("UPL-"));
  CHECK(promise["s3_key"] == "uploads/" + id_of(promise));
  CHECK(promise["state"] == "waiting");
  CHECK(promise["claim_by"] == "2026-11-23T08:00:00.000Z");
  REQUIRE(promise["files"].size() == 2);
  CHECK(promise["files"][0]["expires_at"] == "2026-11-22T08:05:00.000Z");
  send_files(api, promise);

  Json ready = body_of(complete(api, promise));
  ready.erase("request_id");
  CHECK(ready == Json{{"upload_id", id_of(promise)},
                      {"state", "ready"},
                      {"content_type", "image/png"},
                      {"bytes", photo.size()},
                      {"width", 1},
                      {"height", 1}});
  const auto booked = book(api, {{"s3Key", promise["s3_key"]}});
  REQUIRE(booked.status == 201);
  const Json photos = photos_of(api, body_of(booked)["booking_id"]);
  REQUIRE(photos.size() == 1);
  CHECK(photos[0]["item"] == 1);
  CHECK(photos[0]["upload_id"] == id_of(promise));
  CHECK(photos[0]["purpose"] == "item");
  for (const char* address : {"url", "thumbnail_url"}) {
    const auto shown = api.send("GET", photos[0][address]);
    CHECK(shown.status == 200);
    CHECK(shown.body == photo);
    CHECK(header_of(shown, "Content-Type") == "image/png");
    CHECK(header_of(shown, "X-Content-Type-Options") == "nosniff");
    CHECK(header_of(shown, "Content-Security-Policy") == "default-src 'none'; sandbox");
    CHECK(header_of(shown, "Content-Disposition") ==
          "inline; filename=\"" + id_of(promise) + ".png\"");
    CHECK(header_of(shown, "Cache-Control") == "private, max-age=600, immutable");
  }
  CHECK(complete(api, promise).status == 200);
}

TEST_CASE("an item has up to five photos, and its booking gives their keys back") {
  Api api;
  Json keys = Json::array();
  for (int i = 0; i < 6; ++i) keys.push_back(api.upload()["s3_key"]);
  const Json five(keys.begin(), keys.begin() + 5);
  CHECK(book(api, {{"photos", keys}}).status == 400);
  const auto one_more = book(api, {{"s3Key", keys[5]}, {"photos", five}});
  CHECK(
      details_of(one_more) ==
      std::vector<std::string>{"items[1].photos[5] is one photo too many; an item has at most 5"});
  const auto booked = book(api, {{"s3Key", keys[0]}, {"photos", five}});
  REQUIRE(booked.status == 201);
  const std::string id = body_of(booked)["booking_id"];
  CHECK(photos_of(api, id).size() == 5);
  const Json items = body_of(api.get("/api/v1/bookings/" + id))["items"];
  CHECK(items[0]["id"] == 1);
  CHECK(items[0]["s3_key"] == keys[0]);
  CHECK(items[0]["photos"] == five);
  CHECK(items[1]["photos"] == Json::array());
}

TEST_CASE("a key that names no upload is stored and means nothing") {
  const Api api;
  const Json photos = Json::array({"bookings/draft/2.jpg"});
  const auto booked = book(api, {{"s3Key", "bookings/draft/1.jpg"}, {"photos", photos}});
  REQUIRE(booked.status == 201);
  const std::string id = body_of(booked)["booking_id"];
  CHECK(body_of(api.get("/api/v1/bookings/" + id))["items"][0]["photos"] == photos);
  CHECK(photos_of(api, id).empty());
  CHECK(book(api, {{"photos", "x"}}).status == 400);
  CHECK(details_of(book(api, {{"photos", {1, ""}}})) ==
        std::vector<std::string>{"items[1].photos[1] must be a string",
                                 "items[1].photos[2] must have characters that can be seen"});
}

TEST_CASE("a booking claims no photo that is not ready, claimed, late, unknown or of no item") {
  Api api;
  const auto rejected = [&](const std::string& key) {
    const auto response = book(api, {{"s3Key", key}});
    CHECK(response.status == 400);
    return details_of(response) ==
           std::vector<std::string>{"items[1].s3Key is no upload of yours, or it has expired"};
  };
  CHECK(rejected("uploads/UPL-0000000000"));
  CHECK(rejected("uploads/"));
  CHECK(rejected("uploads/../UPL-0000000000"));
  CHECK(rejected(presign(api)["s3_key"]));
  const std::string claimed = api.upload()["s3_key"];
  REQUIRE(book(api, {{"s3Key", claimed}}).status == 201);
  CHECK(rejected(claimed));
  const Json deleted = api.upload();
  REQUIRE(erase(api, deleted).status == 200);
  CHECK(rejected(deleted["s3_key"]));
  const std::string late = api.upload()["s3_key"];
  api.clock.advance(std::chrono::hours(24));
  CHECK(rejected(late));
}

TEST_CASE("one photo is of one item, and a booking that is refused claims none") {
  Api api;
  const Json promise = api.upload();
  Json body = booking_body();
  body["items"][0]["s3Key"] = body["items"][1]["s3Key"] = promise["s3_key"];
  const auto twice = api.post("/api/v1/bookings", body.dump());
  CHECK(twice.status == 400);
  CHECK(details_of(twice) ==
        std::vector<std::string>{"items[2].s3Key is no upload of yours, or it has expired"});
  body["items"][1].erase("s3Key");
  CHECK(api.post("/api/v1/bookings", body.dump()).status == 201);
}

TEST_CASE("a file is taken only as it was promised, once, and in time") {
  Api api;
  const Json promise = presign(api);
  const Json& file = promise["files"][0];
  const std::string url = file["url"];
  const auto with_header = [&](const std::string& name, const std::string& value) {
    Fields headers = headers_of(file);
    for (auto& header : headers) {
      if (header.first == name) header.second = value;
    }
    return api.send("PUT", url, photo, headers);
  };
  CHECK(with_header("Content-Type", "image/jpeg").status == 403);
  CHECK(with_header("x-amz-checksum-sha256", std::string(43, 'A') + "=").status == 403);
  CHECK(with_header("If-None-Match", "\"x\"").status == 403);
  CHECK(api.send("PUT", url, photo).status == 403);
  const auto longer = put(api, file, photo + "x");
  CHECK(longer.status == 413);
  CHECK(details_of(longer) == std::vector<std::string>{"max_bytes=70"});
  std::string others = photo;
  others.back() ^= 1;
  for (const std::string& bytes : {others, photo.substr(1), std::string()}) {
    const auto rejected = put(api, file, bytes);
    CHECK(rejected.status == 400);
    CHECK(code_of(rejected) == "upload_refused");
  }
  // Another file's address, another method's, and one that was written by hand.
  Json other = promise["files"][1];
  other["url"] =
      std::string(other["url"]).replace(std::string(other["url"]).find("/thumb"), 6, "/full");
  CHECK(put(api, other).status == 403);
  CHECK(api.send("GET", url).status == 403);
  CHECK(api.send("PUT", with(url, "expires", "99999999999"), photo, headers_of(file)).status ==
        403);
  CHECK(api.send("PUT", with(url, "signature", ""), photo, headers_of(file)).status == 403);
  CHECK(api.send("PUT", url.substr(0, url.find('?')), photo, headers_of(file)).status == 403);

  api.clock.advance(std::chrono::minutes(5));
  CHECK(put(api, file).status == 403);
  const auto again = api.post("/api/v1/uploads/" + id_of(promise) + "/presign", "");
  REQUIRE(again.status == 200);
  const Json renewed = body_of(again)["files"][0];
  CHECK(put(api, renewed).status == 201);
  const auto second = put(api, renewed);
  CHECK(second.status == 412);
  CHECK(code_of(second) == "precondition_failed");
}

TEST_CASE("an address that names no upload is refused as any other that was not given out") {
  const Api api;
  const std::string url = presign(api)["files"][0]["url"];
  std::string unknown = url;
  unknown.replace(unknown.find("UPL-"), 14, "UPL-0000000000");
  const auto rejected = api.send("GET", unknown);
  const auto known = api.send("GET", url);
  CHECK(rejected.status == 403);
  CHECK(body_of(rejected)["error"] == body_of(known)["error"]);
}

TEST_CASE("complete waits for the files and looks into them") {
  Api api;
  const Json waiting = presign(api);
  CHECK(complete(api, waiting).status == 409);
  const std::string page = "<html><script>alert(1)</script></html>";
  const Json promise = presign(api, request_of(page));
  send_files(api, promise, page);
  const auto rejected = complete(api, promise);
  CHECK(rejected.status == 400);
  CHECK(code_of(rejected) == "upload_refused");
  REQUIRE(details_of(rejected).size() == 1);
  CHECK(details_of(rejected)[0].starts_with("full: "));
  CHECK(api.uploads().rejected == 1);
  // It is no photo for anyone.
  CHECK(book(api, {{"s3Key", promise["s3_key"]}}).status == 400);
}

TEST_CASE("complete refuses a type that is not the declared one, and a PDF as a photo") {
  const Api api;
  const Json jpeg = presign(api, request_of(photo, "image/jpeg"));
  send_files(api, jpeg);
  CHECK(code_of(complete(api, jpeg)) == "upload_refused");
  const auto pdf = api.post("/api/v1/uploads/presign", request_of(photo, "application/pdf").dump());
  CHECK(pdf.status == 400);
  CHECK(details_of(pdf)[0] ==
        "files[1].content_type must be one of ['image/jpeg', 'image/png', 'image/webp']");
}

TEST_CASE("a file that has changed on the disk is not completed") {
  Api api;
  const Json promise = presign(api);
  send_files(api, promise);
  std::string others = photo;
  others[50] ^= 1;
  write_file(api.uploads().local->folder() + "/" + id_of(promise) + ".full", others);
  CHECK(code_of(complete(api, promise)) == "upload_refused");
}

TEST_CASE("a request for an upload is told every fault") {
  const Api api;
  const auto response = api.post(
      "/api/v1/uploads/presign",
      R"({"purpose":"selfie","files":[{"variant":"thumb","content_type":"image/gif","size":1.5,"sha256":"x"}]})");
  CHECK(response.status == 400);
  CHECK(details_of(response) ==
        std::vector<std::string>{
            "purpose must be one of ['item', 'handover', 'document']",
            "files[1].sha256 must be the file's SHA-256 in base64",
            "files[1].content_type must be one of ['image/jpeg', 'image/png', 'image/webp']",
            "files[1].size must be the number of bytes", "files must contain the variant 'full'"});
  for (const char* body :
       {"{}", R"({"purpose":"item","files":5})", R"({"purpose":"item","files":[]})",
        R"({"purpose":"item","files":[1]})"}) {
    INFO(body);
    CHECK(api.post("/api/v1/uploads/presign", body).status == 400);
  }
}

TEST_CASE("a file that is too large is refused before it is sent, with the limit") {
  const Api api;
  const auto asked = [&](const std::string& variant, std::int64_t size) {
    Json request = photo_request();
    for (Json& file : request["files"]) {
      if (file["variant"] == variant) file["size"] = size;
    }
    return api.post("/api/v1/uploads/presign", request.dump());
  };
  CHECK(asked("full", 1024 * 1024).status == 201);
  CHECK(asked("thumb", 64 * 1024).status == 201);
  const auto photo_too_large = asked("full", 1024 * 1024 + 1);
  CHECK(photo_too_large.status == 413);
  CHECK(details_of(photo_too_large) == std::vector<std::string>{"max_bytes=1048576"});
  CHECK(details_of(asked("thumb", 64 * 1024 + 1)) == std::vector<std::string>{"max_bytes=65536"});
}

TEST_CASE(
    "who has sixty photos that no booking has gets no more until they are booked or deleted") {
  Api api;
  Json last;
  for (int i = 0; i < 60; ++i) last = presign(api);
  const auto rejected = api.post("/api/v1/uploads/presign", photo_request().dump());
  CHECK(rejected.status == 429);
  CHECK(details_of(rejected) == std::vector<std::string>{"max_unclaimed=60"});
  CHECK(header_of(rejected, "Retry-After") == "86400");
  const std::string booking = api.booking();
  Json handover = photo_request();
  handover["purpose"] = "handover";
  handover["booking_id"] = booking;
  presign(api, handover, "staff");
  REQUIRE(erase(api, last).status == 200);
  presign(api);
}

TEST_CASE("forty megabytes that no booking has are enough") {
  const Api api;
  Json request = request_of(photo);
  request["files"][0]["size"] = 1024 * 1024;
  for (int i = 0; i < 40; ++i) presign(api, request);
  const auto rejected = api.post("/api/v1/uploads/presign", request_of(photo).dump());
  CHECK(rejected.status == 429);
  CHECK(details_of(rejected) == std::vector<std::string>{"max_unclaimed_bytes=41943040"});
}

TEST_CASE("an answer with signed addresses is neither remembered nor cached") {
  const Api api;
  const auto ask = [&](const std::string& path, const std::string& body) {
    return api.send("POST", path, body, {{"Idempotency-Key", "k"}});
  };
  const auto first = ask("/api/v1/uploads/presign", photo_request().dump());
  const auto second = ask("/api/v1/uploads/presign", photo_request().dump());
  CHECK(body_of(first)["upload_id"] != body_of(second)["upload_id"]);
  CHECK(header_of(second, "Idempotent-Replayed") == "(none)");
  const std::string booking = api.booking();
  for (const auto& response :
       {first, ask("/api/v1/uploads/" + id_of(body_of(first)) + "/presign", ""),
        api.get("/api/v1/bookings/" + booking + "/photos")}) {
    CHECK(header_of(response, "Cache-Control") == "no-store");
    CHECK(header_of(response, "ETag") == "(none)");
  }
}

TEST_CASE("a browser gets the same address of a photo for ten minutes") {
  Api api;
  const std::string id = body_of(book(api, {{"s3Key", api.upload()["s3_key"]}}))["booking_id"];
  const Json first = photos_of(api, id);
  api.clock.advance(std::chrono::minutes(9));
  CHECK(photos_of(api, id) == first);
  api.clock.advance(std::chrono::minutes(1));
  CHECK(photos_of(api, id)[0]["url"] != first[0]["url"]);
  CHECK(api.send("GET", first[0]["url"]).status == 200);
  api.clock.advance(std::chrono::minutes(10));
  CHECK(api.send("GET", first[0]["url"]).status == 403);
}

TEST_CASE("an address holds on after the key that signs was replaced") {
  Api api;
  const Json promise = presign(api);
  const std::string url = promise["files"][0]["url"];
  api.store.transact([&](hss::domain::Tx& tx) { hss::app::add_token_key(tx, api.clock.now()); });
  CHECK(put(api, promise["files"][0]).status == 201);
  const auto again = api.post("/api/v1/uploads/" + id_of(promise) + "/presign", "");
  CHECK(body_of(again)["files"][0]["url"] != url);
  CHECK(put(api, body_of(again)["files"][1]).status == 201);
}

TEST_CASE(
    "staff send photos and documents of a booking, which are claimed when they are complete") {
  Api api;
  const std::string id = api.booking("collected");
  Json request = photo_request();
  request["purpose"] = "handover";
  request["booking_id"] = id;
  CHECK(api.post("/api/v1/uploads/presign", request.dump()).status == 403);
  const Json promise = presign(api, request, "staff");
  CHECK(photos_of(api, id).empty());
  send_files(api, promise);
  REQUIRE(complete(api, promise, "staff").status == 200);
  const Json photos = photos_of(api, id);
  REQUIRE(photos.size() == 1);
  CHECK(photos[0]["item"].is_null());
  CHECK(photos[0]["purpose"] == "handover");

  const std::string pdf = hss::test::pdf();
  Json document = request_of(pdf, "application/pdf");
  document["purpose"] = "document";
  document["booking_id"] = id;
  const Json sent = presign(api, document, "staff");
  send_files(api, sent, pdf);
  REQUIRE(complete(api, sent, "staff").status == 200);
  const Json both = photos_of(api, id);
  REQUIRE(both.size() == 2);
  const Json& shown = both[0]["purpose"] == "document" ? both[0] : both[1];
  CHECK(shown["thumbnail_url"].is_null());
  CHECK(header_of(api.send("GET", shown["url"]), "Content-Disposition") ==
        "attachment; filename=\"" + id_of(sent) + ".pdf\"");

  document["booking_id"] = "HSS-0000000000";
  CHECK(api.post("/api/v1/uploads/presign", document.dump(), "staff").status == 404);
  document["booking_id"] = "nonsense";
  CHECK(api.post("/api/v1/uploads/presign", document.dump(), "staff").status == 400);
  document.erase("booking_id");
  CHECK(api.post("/api/v1/uploads/presign", document.dump(), "staff").status == 400);
}

TEST_CASE(
    "a photo is deleted by its owner before collection and by staff always, who are audited") {
  Api api;
  const auto trail = [&] {
    return body_of(api.get("/api/v1/audit?event_type=upload_deleted", "staff"))["events"];
  };
  const Json unclaimed = api.upload();
  CHECK(erase(api, unclaimed).status == 200);
  CHECK(erase(api, unclaimed).status == 404);
  CHECK(trail().empty());

  const Json claimed = api.upload();
  const std::string id = body_of(book(api, {{"s3Key", claimed["s3_key"]}}))["booking_id"];
  const std::string url = photos_of(api, id)[0]["url"];
  CHECK(erase(api, claimed).status == 200);
  CHECK(trail().size() == 1);
  CHECK(photos_of(api, id).empty());
  CHECK(api.send("GET", url).status == 404);

  const Json late = api.upload();
  const std::string collected = body_of(book(api, {{"s3Key", late["s3_key"]}}))["booking_id"];
  const std::string path = "/api/v1/bookings/" + collected;
  api.patch(path + "/status", R"({"status":"approved"})");
  api.post(path + "/payment", "");
  api.patch(path + "/status", R"({"status":"collected"})");
  CHECK(erase(api, late).status == 409);
  CHECK(erase(api, late, "staff").status == 200);
  REQUIRE(trail().size() == 2);
  CHECK(trail()[0]["booking_id"] == collected);
  CHECK(trail()[0]["actor_role"] == "staff");
  CHECK(trail()[0]["payload"]["upload_id"] == id_of(late));
}

TEST_CASE("a photo whose file was lost is not available, and its booking is") {
  Api api;
  const Json promise = api.upload();
  const std::string id = body_of(book(api, {{"s3Key", promise["s3_key"]}}))["booking_id"];
  std::filesystem::remove(api.uploads().local->folder() + "/" + id_of(promise) + ".full");
  const Json photos = photos_of(api, id);
  REQUIRE(photos.size() == 1);
  const auto lost = api.send("GET", photos[0]["url"]);
  CHECK(lost.status == 404);
  CHECK(body_of(lost)["error"]["message"] == "This photo is not available");
  CHECK(api.send("GET", photos[0]["thumbnail_url"]).status == 200);
}
