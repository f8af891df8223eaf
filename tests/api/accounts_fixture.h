// The API in accounts mode without a socket, and accounts that use it.
#pragma once

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "api/api_fixture.h"
#include "crypto/digest.h"

namespace hss::test {

/// Hashes at no cost, and counts the hashes.
struct CheapHashing {
  std::atomic<int> hashed = 0, checked = 0;
  std::atomic<bool> is_outdated = false;
  std::function<void()> before_check = [] {};  ///< set while no request runs

  static std::string hash_of(std::string_view text) {
    return "$scrypt$test$" + crypto::to_hex(crypto::sha256(text));
  }

  domain::PasswordHashing hashing() {
    return {.hash =
                [this](std::string_view text) {
                  ++hashed;
                  return hash_of(text);
                },
            .check =
                [this](std::string_view text, std::string_view hash) {
                  ++checked;
                  before_check();
                  if (hash != hash_of(text)) return domain::PasswordFit::wrong;
                  return is_outdated ? domain::PasswordFit::right_but_outdated
                                     : domain::PasswordFit::right;
                }};
  }
};

const std::string good_password = "correct horse battery";

class AccountsApi {
 public:
  static constexpr std::chrono::milliseconds heartbeat{20};

  /// The routes outlive it.
  explicit AccountsApi(const std::string& path = ":memory:", std::vector<std::string> origins = {},
                       const std::vector<api::Route>& routes = api::routes())
      : AccountsApi(config_of(path, std::move(origins)), seeded_random(), routes) {}
  /// Instances that share data need other random numbers each.
  AccountsApi(Config config, domain::RandomBytes random,
              const std::vector<api::Route>& routes = api::routes(),
              std::chrono::milliseconds between_heartbeats = heartbeat)
      : random_(std::move(random)),
        program_(std::move(config), environment(between_heartbeats)),
        store(program_.store()),
        signer(program_.accounts()->signer()),
        service(program_.accounts()->service()),
        router_(program_.make_router({.routes = &routes, .describe = one_metric})) {}

  api::Response send(const std::string& method, const std::string& target,
                     const std::string& token = "", const std::string& body = "",
                     api::Fields headers = {}, const std::string& address = "192.0.2.1") const {
    api::Request request;
    request.method = method;
    request.target = target;
    request.body = body;
    request.headers = std::move(headers);
    request.client_address = address;
    if (!token.empty()) request.headers.emplace_back("Authorization", "Bearer " + token);
    return router_.handle(request);
  }
  api::Response handle(api::Request& request) const { return router_.handle(request); }
  api::Response get(const std::string& target, const std::string& token = "") const {
    return send("GET", target, token);
  }
  api::Response post(const std::string& target, const Json& body,
                     const std::string& token = "") const {
    return send("POST", target, token, body.dump());
  }
  api::Response patch(const std::string& target, const Json& body,
                      const std::string& token = "") const {
    return send("PATCH", target, token, body.dump());
  }
  api::Response log_in(const std::string& email, const std::string& password = good_password,
                       const std::string& address = "192.0.2.1",
                       const std::string& trusted_device_token = "") const {
    Json body{{"email", email}, {"password", password}};
    if (!trusted_device_token.empty()) body["device_mark"] = trusted_device_token;
    return send("POST", "/api/v1/auth/login", "", body.dump(), {}, address);
  }

  /// Creates an account that can sign in with good_password; returns its id.
  std::string add(const std::string& email, domain::Role role) {
    return store
        .transact([&](domain::Tx& tx) {
          const domain::NewAccount person{.name = "Somebody", .email = email, .role = role};
          return service.add(tx, person, CheapHashing::hash_of(good_password),
                             domain::caller_of(person, "test"));
        })
        .id;
  }
  /// Creates an account, such as `staff@x.co.za` for staff, and returns a token of it.
  std::string sign_in(domain::Role role) {
    const std::string email = std::string(domain::to_text(role)) + "@x.co.za";
    const bool is_new =
        !store.read([&](domain::Reader& reader) { return reader.accounts().find_by_email(email); });
    if (is_new) add(email, role);
    return token_of(email);
  }
  std::string token_of(const std::string& email) const {
    const auto response = log_in(email);
    REQUIRE(response.status == 200);
    return body_of(response)["token"];
  }
  std::string id_of(const std::string& email) {
    return store
        .read([&](domain::Reader& reader) { return reader.accounts().find_by_email(email); })
        .value()
        .id;
  }
  /// The e-mail of the token's account, or "" if there is none.
  std::string holder_of(const std::string& token) const {
    const Json account = body_of(get("/api/v1/auth/session", token))["account"];
    return account.is_null() ? "" : account["email"].get<std::string>();
  }
  void set_pin(const std::string& token, const std::string& pin) {
    REQUIRE(post("/api/v1/auth/pin", {{"password", good_password}, {"pin", pin}}, token).status ==
            200);
  }
  /// Opens a kiosk with a token of staff; returns the kiosk's token.
  std::string open_kiosk(const std::string& token) const {
    const auto response = post("/api/v1/kiosk/device", {{"device", "Storage hall"}}, token);
    REQUIRE(response.status == 201);
    return body_of(response)["token"];
  }
  api::Response unlock_with_password(const std::string& kiosk, const std::string& account_id,
                                     const std::string& password) const {
    return post("/api/v1/kiosk/unlock", {{"account_id", account_id}, {"password", password}},
                kiosk);
  }
  api::Response unlock(const std::string& kiosk, const std::string& account_id,
                       const std::string& pin) const {
    return post("/api/v1/kiosk/unlock", {{"account_id", account_id}, {"pin", pin}}, kiosk);
  }
  /// Creates a booking as the token's account; returns its reference.
  std::string booking(const std::string& token) const {
    const auto response = post("/api/v1/bookings", booking_body(), token);
    REQUIRE(response.status == 201);
    return body_of(response)["booking_id"];
  }

  uploads::Uploads& uploads() { return *program_.uploads(); }

  static Config config_of(const std::string& path, std::vector<std::string> origins = {}) {
    Config config;
    config.db = path;
    config.uploads = ":memory:";
    config.auth = Config::Auth::accounts;
    config.allowed_origins = std::move(origins);
    config.token_keys = {std::string(32, 'k')};
    return config;
  }

  const domain::RandomBytes random_;
  TestClock clock;
  CheapHashing hashing;
  mutable std::string reported;  ///< failures that go to the log

 private:
  app::Environment environment(std::chrono::milliseconds between_heartbeats) {
    auto environment = test_environment(
        clock, [this](const std::string& text) { reported += text; }, random_);
    environment.hashing = hashing.hashing();
    environment.streams.heartbeat = between_heartbeats;
    return environment;
  }

  app::Program program_;

 public:
  storage::Store& store;
  auth::TokenSigner& signer;
  const domain::AccountService& service;

 private:
  api::Router router_;
};

}  // namespace hss::test
