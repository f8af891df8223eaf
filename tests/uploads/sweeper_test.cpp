// What becomes of photos that nobody needs: their files go, then their rows.
#include "uploads/sweeper.h"

#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <thread>
#include <vector>

#include "api/api_fixture.h"
#include "uploads/file_copies.h"

using namespace hss::test;
using hss::domain::Reader;
using hss::uploads::sweep;

namespace fs = std::filesystem;

namespace {

std::string id_of(const Json& promise) {
  return promise["upload_id"];
}

std::string book(const Api& api, const Json& promise) {
  Json body = booking_body();
  body["items"][0]["s3Key"] = promise["s3_key"];
  const auto response = api.post("/api/v1/bookings", body.dump());
  REQUIRE(response.status == 201);
  return body_of(response)["booking_id"];
}

/// Sweeps until there is no more to do; returns what was reported.
std::string sweep_all(Api& api) {
  std::string reported;
  while (sweep(api.store, api.uploads(), 2, [&](const std::string& text) { reported += text; })) {
  }
  return reported;
}

std::string path_of(Api& api, const std::string& id, const std::string& variant = "full") {
  return api.uploads().local->folder() + "/" + id + "." + variant;
}

bool has_row(Api& api, const std::string& id) {
  return api.store.read([&](Reader& reader) { return reader.uploads().find(id).has_value(); });
}

/// True if all of it is there; fails unless all of it or nothing is.
bool is_there(Api& api, const Json& promise) {
  const std::string id = id_of(promise);
  const bool is_kept = has_row(api, id);
  CHECK(fs::exists(path_of(api, id)) == is_kept);
  CHECK(fs::exists(path_of(api, id, "thumb")) == is_kept);
  return is_kept;
}

void make_older(const std::string& path, std::chrono::hours age) {
  fs::last_write_time(path, fs::file_time_type::clock::now() - age);
}

}  // namespace

TEST_CASE("a photo that nobody has booked with goes after a day, however many there are") {
  Api api;
  const Json claimed = api.upload();
  book(api, claimed);
  std::vector<Json> unclaimed;
  for (int i = 0; i < 5; ++i) unclaimed.push_back(api.upload());
  api.clock.advance(std::chrono::hours(24) - std::chrono::milliseconds(1));
  const auto before = api.store.revision();
  CHECK(sweep_all(api).empty());
  CHECK(api.store.revision() == before);
  for (const Json& promise : unclaimed) CHECK(is_there(api, promise));
  api.clock.advance(std::chrono::milliseconds(1));
  sweep_all(api);
  for (const Json& promise : unclaimed) CHECK_FALSE(is_there(api, promise));
  CHECK(is_there(api, claimed));
}

TEST_CASE("a booking's photos go ninety days after its end, and not before it has ended") {
  Api api;
  const Json ended = api.upload(), open = api.upload();
  const std::string id = book(api, ended);
  book(api, open);
  api.patch("/api/v1/bookings/" + id + "/status", R"({"status":"cancelled"})");
  api.clock.advance(std::chrono::days(90));
  sweep_all(api);
  CHECK(is_there(api, ended));
  api.clock.advance(std::chrono::milliseconds(1));
  sweep_all(api);
  CHECK_FALSE(is_there(api, ended));
  CHECK(is_there(api, open));
  CHECK(body_of(api.get("/api/v1/bookings/" + id))["items"][0]["s3_key"] == ended["s3_key"]);
}

TEST_CASE("a deleted photo goes with the next sweep") {
  Api api;
  const Json promise = api.upload();
  api.send("DELETE", "/api/v1/uploads/" + id_of(promise));
  CHECK(has_row(api, id_of(promise)));
  sweep_all(api);
  CHECK_FALSE(is_there(api, promise));
}

TEST_CASE(
    "a photo whose file cannot be erased is tried again later, and its row stays until then") {
  Api api;
  const Json promise = api.upload();
  const std::string path = path_of(api, id_of(promise));
  // A folder that is not empty stands for a file that the disk does not let go of.
  fs::remove(path);
  fs::create_directories(path + "/x");
  api.send("DELETE", "/api/v1/uploads/" + id_of(promise));
  CHECK(sweep_all(api).find(id_of(promise)) != std::string::npos);
  CHECK(has_row(api, id_of(promise)));
  fs::remove_all(path);
  CHECK(sweep_all(api).empty());
  CHECK(has_row(api, id_of(promise)));
  api.clock.advance(std::chrono::minutes(5));
  sweep_all(api);
  CHECK_FALSE(has_row(api, id_of(promise)));
}

TEST_CASE("a photo that is being erased can be claimed, completed or read by nobody") {
  Api api;
  const Json promise = api.upload();
  const Json file = promise["files"][0];
  api.send("DELETE", "/api/v1/uploads/" + id_of(promise));
  Json body = booking_body();
  body["items"][0]["s3Key"] = promise["s3_key"];
  CHECK(api.post("/api/v1/bookings", body.dump()).status == 400);
  CHECK(api.post("/api/v1/uploads/" + id_of(promise) + "/complete", "").status == 404);
  CHECK(api.send("PUT", file["url"], small_photo(), headers_of(file)).status == 404);
}

TEST_CASE("a file without a row goes after a day, and part of one after an hour") {
  Api api;
  const Json promise = api.upload();
  const std::string known = path_of(api, id_of(promise));
  const std::string young = path_of(api, "UPL-0000000001"), old = path_of(api, "UPL-0000000002");
  const std::string part = known + ".part-0123456789abcdef", older_part = known + ".part-0";
  const std::string not_ours = api.uploads().local->folder() + "/notes.txt";
  for (const std::string& path : {young, old, part, older_part, not_ours}) write_file(path, "x");
  for (const std::string& path : {known, old, not_ours}) make_older(path, std::chrono::hours(25));
  make_older(older_part, std::chrono::hours(2));
  hss::uploads::look_through_folder(api.store, api.uploads());
  for (const std::string& path : {known, young, part, not_ours}) CHECK(fs::exists(path));
  for (const std::string& path : {old, older_part}) CHECK_FALSE(fs::exists(path));
}

TEST_CASE("files that bookings have and that are missing are counted") {
  Api api;
  const Json promise = api.upload();
  book(api, promise);
  api.upload();
  hss::uploads::look_through_folder(api.store, api.uploads());
  CHECK(api.uploads().missing == 0);
  fs::remove(path_of(api, id_of(promise)));
  hss::uploads::look_through_folder(api.store, api.uploads());
  CHECK(api.uploads().missing == 1);
  hss::metrics::Text text;
  api.uploads().describe(text, api.store);
  const std::string metrics = text.text();
  CHECK(metrics.find("\nhss_upload_files_missing 1\n") != std::string::npos);
  CHECK(metrics.find("\nhss_upload_files 4\n") != std::string::npos);
  CHECK(metrics.find("\nhss_uploads_unclaimed 1\n") != std::string::npos);
}

TEST_CASE("the sweeper sweeps by itself, and ends when it is told to") {
  Api api;
  const Json promise = api.upload();
  api.send("DELETE", "/api/v1/uploads/" + id_of(promise));
  const hss::uploads::Sweeper sweeper(api.store, api.uploads(), [](const std::string&) {},
                                      {.interval = std::chrono::milliseconds(5)});
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (has_row(api, id_of(promise)) && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  CHECK_FALSE(has_row(api, id_of(promise)));
  CHECK_FALSE(fs::exists(path_of(api, id_of(promise))));
}
