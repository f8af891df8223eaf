#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "api/http/router.h"
#include "api/site/local_network.h"
#include "app/program.h"
#include "crypto/base64.h"
#include "crypto/digest.h"
#include "storage/sqlite/sqlite_store.h"
#include "support.h"

namespace hss::test {

using Json = nlohmann::ordered_json;

inline const api::Access for_anyone{.demo = {.audience = api::AccessPolicy::Audience::open},
                                    .accounts = {.audience = api::AccessPolicy::Audience::open}};

/// All other routes exist only in accounts mode.
inline bool is_in_demo_mode(const api::Route& route) {
  return route.who.demo.audience != api::AccessPolicy::Audience::closed;
}

/// A name service in which `hooks.example` is on the Internet and `inside.example` is not.
inline std::vector<std::string> example_addresses(const std::string& host) {
  if (host == "hooks.example") return {"93.184.215.14"};
  if (host == "inside.example") return {"93.184.215.14", "10.0.0.7"};
  return {};
}

/// The program's environment, with the test's clock and no network.
inline app::Environment test_environment(TestClock& clock,
                                         std::function<void(const std::string&)> report,
                                         domain::RandomBytes random) {
  return {.now = clock.clock(),
          .random = std::move(random),
          .hashing = {},
          .report = std::move(report),
          .webhooks = {.now = clock.clock(), .resolver = example_addresses},
          .streams = {}};
}

/// Demo mode on a database in memory; pages of any origin may call it.
inline Config in_memory() {
  Config config;
  config.db = ":memory:";
  config.uploads = ":memory:";
  config.allowed_origins = {"*"};
  return config;
}

/// A photo of one pixel.
inline std::string small_photo() {
  return crypto::from_base64(
             "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJ"
             "RU5ErkJggg==")
      .value();
}

inline Json file_request(const std::string& variant, const std::string& bytes,
                         const std::string& type = "image/png") {
  return {{"variant", variant},
          {"content_type", type},
          {"size", bytes.size()},
          {"sha256", crypto::to_base64(crypto::sha256(bytes))}};
}

/// A request for an upload of that photo, which is its thumbnail, too.
inline Json photo_request() {
  return {{"purpose", "item"},
          {"files", Json::array({file_request("full", small_photo()),
                                 file_request("thumb", small_photo())})}};
}

/// What a client sends with a file of the answer to such a request.
inline api::Fields headers_of(const Json& file) {
  api::Fields headers;
  for (const auto& [name, value] : file["headers"].items()) headers.emplace_back(name, value);
  return headers;
}

inline void one_metric(metrics::Text& text) {
  text.family("hss_x", metrics::Text::Kind::gauge, "X.");
}

/// A server that the network reaches as desk.local, with a certificate that HSS made.
class DeskNetwork final : public api::LocalNetwork {
 public:
  std::vector<std::string> addresses() const override { return {"https://desk.local:8081/"}; }
  std::optional<Authority> authority() const override {
    return Authority{.name = "HSS on desk.local (3f2a9c)",
                     .pem = "-----BEGIN CERTIFICATE-----\n",
                     .fingerprint = "AB:CD",
                     .certificate_end = TestClock::start};
  }
};

/// The whole API without a socket, on a store in memory. It calls no webhooks.
class Api {
 public:
  explicit Api(std::vector<std::string> origins = {"*"}) : Api(api::routes(), std::move(origins)) {}
  /// Uses other routes, which outlive it, or a file.
  explicit Api(const std::vector<api::Route>& routes, std::vector<std::string> origins = {"*"},
               const std::string& path = ":memory:",
               std::optional<api::AllowedHosts> hosts = std::nullopt,
               const api::BasePath& base_path = {})
      : program_(
            config_of(path, std::move(origins), base_path),
            test_environment(
                clock, [this](const std::string& text) { reported += text; }, seeded_random())),
        store(program_.store()),
        router_(program_.make_router({.routes = &routes,
                                      .allowed_hosts = std::move(hosts),
                                      .local_network = &network_,
                                      .describe = one_metric})) {}

  api::Response send(const std::string& method, const std::string& target,
                     const std::string& body = "", api::Fields headers = {}) const {
    api::Request request;
    request.method = method;
    request.target = target;
    request.body = body;
    request.headers = std::move(headers);
    return router_.handle(request);
  }
  api::Response handle(api::Request& request) const { return router_.handle(request); }
  api::Response reject(api::Request& request, const domain::Error& error) const {
    return router_.reject(request, error);
  }
  api::Response get(const std::string& target, const std::string& role = "customer") const {
    return send("GET", target, "", {{"X-HSS-Role", role}});
  }
  api::Response post(const std::string& target, const std::string& body,
                     const std::string& role = "customer") const {
    return send("POST", target, body, {{"X-HSS-Role", role}});
  }
  api::Response patch(const std::string& target, const std::string& body) const {
    return send("PATCH", target, body);
  }

  /// Creates a booking and takes it to the status; returns its reference.
  std::string booking(const std::string& status = "submitted") const;

  /// Sends a photo and completes it; returns the answer to its request.
  Json upload() const;

  /// A path of the route to a booking, a webhook or a photo that is created now.
  std::string path_to(const api::Route& route) const;

  uploads::Uploads& uploads() { return *program_.uploads(); }

  TestClock clock;
  mutable std::string reported;  ///< failures that go to the log

 private:
  static Config config_of(const std::string& path, std::vector<std::string> origins,
                          const api::BasePath& base_path) {
    Config config = in_memory();
    config.db = path;
    config.allowed_origins = std::move(origins);
    config.base_path = base_path.text();
    return config;
  }

  DeskNetwork network_;
  app::Program program_;

 public:
  storage::Store& store;

 private:
  api::Router router_;
};

inline Json body_of(const api::Response& response) {
  return Json::parse(response.content(), nullptr, false);
}

/// The header's value, or `(none)`.
inline std::string header_of(const api::Response& response, const std::string& name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return "(none)";
}

inline std::string code_of(const api::Response& response) {
  return body_of(response)["error"].value("code", "(none)");
}

inline std::vector<std::string> details_of(const api::Response& response) {
  return body_of(response)["error"].value("details", std::vector<std::string>{});
}

/// A bed and a box for three months: R 1 280.
inline Json booking_body() {
  return Json::parse(R"({
    "customer_name": "Thandi Mokoena", "email": "thandi@tuks.co.za", "pickup_date": "2026-12-01",
    "pickup_window": "08:00 – 11:00", "address": "12 Burnett Street, Hatfield",
    "items": [{"type": "bed"}, {"type": "box", "name": "Books"}],
    "pricing": {"duration": 3, "monthlySubtotal": 310, "handlingFee": 350, "total": 1280}})");
}

inline Json Api::upload() const {
  Json promise = body_of(post("/api/v1/uploads/presign", photo_request().dump()));
  for (const Json& file : promise["files"]) {
    send("PUT", file["url"], small_photo(), headers_of(file));
  }
  post("/api/v1/uploads/" + promise["upload_id"].get<std::string>() + "/complete", "");
  return promise;
}

inline std::string Api::path_to(const api::Route& route) const {
  std::string path(route.pattern);
  if (path.find(":variant") != path.npos) {
    Json body = booking_body();
    body["items"][0]["s3Key"] = upload()["s3_key"];
    const std::string id = body_of(post("/api/v1/bookings", body.dump()))["booking_id"];
    return body_of(get("/api/v1/bookings/" + id + "/photos"))["photos"][0]["url"];
  }
  const auto at = path.find(":id");
  if (at == path.npos) return path;
  const bool is_webhook = path.find("webhooks") != path.npos;
  const std::string id =
      is_webhook ? std::string(body_of(post("/api/v1/admin/webhooks",
                                            R"({"url":"http://hooks.example"})", "admin"))["id"])
                 : booking();
  return path.replace(at, 3, id);
}

inline std::string Api::booking(const std::string& status) const {
  const std::string id = body_of(post("/api/v1/bookings", booking_body().dump()))["booking_id"];
  const std::string path = "/api/v1/bookings/" + id;
  if (status == "declined") patch(path + "/status", R"({"status":"declined","reason":"full"})");
  if (status == "cancelled") patch(path + "/status", R"({"status":"cancelled"})");
  if (status == "submitted" || status == "declined" || status == "cancelled") return id;
  for (const std::string to : {"approved", "paid", "collected", "in_storage", "returned"}) {
    if (to == "paid") {
      post(path + "/payment", "");
    } else {
      patch(path + "/status", Json{{"status", to}}.dump());
    }
    if (to == status) break;
  }
  return id;
}

}  // namespace hss::test
