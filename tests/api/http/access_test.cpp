// The permissions of accounts mode: every caller tries every route.
#include <catch2/catch_test_macros.hpp>
#include <iomanip>
#include <map>
#include <sstream>

#include "api/accounts_fixture.h"
#include "crypto/base64url.h"

using namespace hss::test;
using hss::api::Route;
using hss::auth::Claims;
using hss::domain::Role;

namespace {

/// The "who" column of API.md, written down a second time on purpose.
enum class For {
  anyone,
  signed_in,
  customers,
  staff_too,
  admins,
  signed_in_own_browser,
  staff_own_browser,
  admins_own_browser,
  kiosk,
  signed_in_or_kiosk,
  signed_address  ///< whoever has one
};

const std::map<std::string, For> expected{
    {"GET /health", For::anyone},
    {"GET /metrics", For::admins},
    {"GET /api/v1/openapi.json", For::anyone},
    {"GET /api/v1/authority", For::anyone},
    {"GET /api/v1/authority.crt", For::anyone},
    {"POST /api/v1/auth/login", For::anyone},
    {"GET /api/v1/auth/session", For::anyone},
    {"POST /api/v1/auth/register", For::anyone},
    {"POST /api/v1/auth/link", For::anyone},
    {"POST /api/v1/auth/logout", For::signed_in_or_kiosk},
    {"POST /api/v1/auth/password", For::signed_in_own_browser},
    {"POST /api/v1/auth/pin", For::staff_own_browser},
    {"GET /api/v1/catalog", For::anyone},
    {"GET /api/v1/slots", For::anyone},
    {"GET /api/v1/business", For::anyone},
    {"GET /api/v1/residences", For::anyone},
    {"POST /api/v1/quotes", For::anyone},
    {"POST /api/v1/bookings", For::signed_in},
    {"GET /api/v1/bookings", For::signed_in},
    {"GET /api/v1/bookings/:id", For::signed_in},
    {"GET /api/v1/bookings/:id/history", For::signed_in},
    {"GET /api/v1/bookings/:id/notifications", For::signed_in},
    {"GET /api/v1/bookings/:id/photos", For::signed_in},
    {"PATCH /api/v1/bookings/:id", For::signed_in},
    {"PATCH /api/v1/bookings/:id/status", For::signed_in},
    {"POST /api/v1/bookings/:id/payment", For::signed_in},
    {"POST /api/v1/bookings/:id/failed-trip", For::staff_too},
    {"POST /api/v1/bookings/:id/claim", For::customers},
    {"POST /api/v1/bookings/:id/claim-code", For::staff_too},
    {"POST /api/v1/uploads/presign", For::signed_in},
    {"POST /api/v1/uploads/:id/presign", For::signed_in},
    {"POST /api/v1/uploads/:id/complete", For::signed_in},
    {"DELETE /api/v1/uploads/:id", For::signed_in},
    {"PUT /api/v1/uploads/:id/:variant", For::signed_address},
    {"GET /api/v1/uploads/:id/:variant", For::signed_address},
    {"GET /api/v1/audit", For::staff_too},
    {"POST /api/v1/audit/verification", For::admins},
    {"GET /api/v1/staff/queue", For::staff_too},
    {"GET /api/v1/staff/board", For::staff_too},
    {"GET /api/v1/staff/day", For::staff_too},
    {"POST /api/v1/staff/bookings/:id/approve", For::staff_too},
    {"GET /api/v1/admin/overview", For::admins},
    {"GET /api/v1/admin/statistics", For::admins},
    {"GET /api/v1/admin/bookings", For::admins},
    {"GET /api/v1/admin/addresses", For::admins},
    {"GET /api/v1/admin/calendar", For::admins_own_browser},
    {"PUT /api/v1/admin/calendar", For::admins_own_browser},
    {"GET /api/v1/admin/catalog", For::admins_own_browser},
    {"PUT /api/v1/admin/catalog", For::admins_own_browser},
    {"GET /api/v1/admin/residences", For::admins_own_browser},
    {"PUT /api/v1/admin/residences", For::admins_own_browser},
    {"PATCH /api/v1/admin/business", For::admins_own_browser},
    {"GET /api/v1/admin/accounts", For::admins_own_browser},
    {"POST /api/v1/admin/accounts", For::admins_own_browser},
    {"PATCH /api/v1/admin/accounts/:id", For::admins_own_browser},
    {"POST /api/v1/admin/accounts/:id/link", For::admins_own_browser},
    {"GET /api/v1/admin/screens", For::admins_own_browser},
    {"POST /api/v1/admin/screens/:id/end", For::admins_own_browser},
    {"GET /api/v1/admin/events", For::admins_own_browser},
    {"POST /api/v1/admin/events/again", For::admins_own_browser},
    {"GET /api/v1/admin/webhooks", For::admins_own_browser},
    {"POST /api/v1/admin/webhooks", For::admins_own_browser},
    {"PATCH /api/v1/admin/webhooks/:id", For::admins_own_browser},
    {"DELETE /api/v1/admin/webhooks/:id", For::admins_own_browser},
    {"POST /api/v1/admin/webhooks/:id/test", For::admins_own_browser},
    {"GET /api/v1/admin/webhooks/:id/deliveries", For::admins_own_browser},
    {"POST /api/v1/admin/webhooks/:id/deliveries/:event_id/again", For::admins_own_browser},
    {"POST /api/v1/kiosk/device", For::staff_own_browser},
    {"GET /api/v1/kiosk/people", For::kiosk},
    {"POST /api/v1/kiosk/unlock", For::kiosk},
    {"GET /api/v1/events", For::signed_in},
    {"POST /api/v1/events/ticket", For::signed_in},
    {"POST /api/v1/notifications", For::staff_too},
};

/// The caller.
enum class At { nobody, customer, staff, admin, kiosk };

/// True for routes that are not for a kiosk, whatever its account may do.
bool is_for_own_browser(For who) {
  return who == For::signed_in_own_browser || who == For::staff_own_browser ||
         who == For::admins_own_browser;
}

/// 401, 403, or 0 for access.
int rejection(For who, At at, bool is_on_kiosk) {
  if (who == For::anyone) return 0;
  if (who == For::signed_address) return 403;
  if (at == At::nobody) return 401;
  if (is_on_kiosk && is_for_own_browser(who)) return 403;
  if (who == For::signed_in_own_browser) who = For::signed_in;
  if (who == For::staff_own_browser) who = For::staff_too;
  if (who == For::admins_own_browser) who = For::admins;
  const bool is_let_in = at == At::kiosk ? who == For::kiosk || who == For::signed_in_or_kiosk
                         : who == For::signed_in || who == For::signed_in_or_kiosk ? true
                         : who == For::customers ? at == At::customer
                         : who == For::staff_too ? at != At::customer
                                                 : who == For::admins && at == At::admin;
  return is_let_in ? 0 : 403;
}

std::string signed_by(const std::string& key, const std::string& header,
                      const std::string& payload) {
  const std::string part =
      hss::crypto::to_base64url(header) + "." + hss::crypto::to_base64url(payload);
  return part + "." + hss::crypto::to_base64url(hss::crypto::hmac_sha256(key, part));
}

struct Visitor {
  std::string name;
  At at;
  std::string token;
  bool is_owner = false;
  bool sends_role = false;
  bool is_on_kiosk = false;  ///< on a kiosk that they have unlocked
};

/// A body that passes all checks of access and is harmless then: no attempt is counted, no session
/// ended, no data of the others changed.
std::string harmless_body(const Route& route) {
  if (route.pattern.ends_with("/status")) return R"({"status":"nowhere"})";
  return route.method == "GET" ? "" : "[]";
}

/// All callers, including some with a token that is not valid.
std::vector<Visitor> everybody(AccountsApi& api) {
  const std::string customer = api.sign_in(Role::customer);
  const std::string staff = api.sign_in(Role::staff);
  const std::string admin = api.sign_in(Role::admin);
  api.add("other@x.co.za", Role::customer);
  const std::string other = api.token_of("other@x.co.za");
  const std::string kiosk = api.open_kiosk(staff);
  api.set_pin(staff, "271828");
  const std::string unlocked =
      body_of(api.unlock(kiosk, api.id_of("staff@x.co.za"), "271828"))["token"];
  api.set_pin(admin, "314159");
  const std::string unlocked_by_admin =
      body_of(api.unlock(api.open_kiosk(staff), api.id_of("admin@x.co.za"), "314159"))["token"];

  const auto ended = [&](const std::string& email, const auto& end) {
    api.add(email, Role::admin);
    const std::string token = api.token_of(email);
    CHECK(api.holder_of(token) == email);
    end(token);
    return token;
  };
  const std::string disabled = ended("disabled@x.co.za", [&](const std::string&) {
    const std::string id = api.id_of("disabled@x.co.za");
    CHECK(api.patch("/api/v1/admin/accounts/" + id, {{"enabled", false}}, admin).status == 200);
  });
  const std::string logged_out = ended("left@x.co.za", [&](const std::string& token) {
    CHECK(api.post("/api/v1/auth/logout", Json::object(), token).status == 200);
  });

  const std::string header = R"({"alg":"HS256","typ":"JWT"})";
  const std::string key(32, 'k');
  const auto first = admin.find('.'), last = admin.rfind('.');
  const std::string payload =
      hss::crypto::from_base64url(admin.substr(first + 1, last - first - 1)).value();
  Json expired = Json::parse(payload);
  expired["exp"] = expired["iat"];
  Json of_another = Json::parse(payload);
  of_another["sub"] = api.id_of("staff@x.co.za");
  Json without_session = Json::parse(payload);
  without_session["jti"] = std::string(32, '0');
  const std::string none = hss::crypto::to_base64url(R"({"alg":"none","typ":"JWT"})") + "." +
                           hss::crypto::to_base64url(payload) + ".";
  CHECK(signed_by(key, header, payload) == admin);
  return {
      {"no token", At::nobody, ""},
      {"garbage", At::nobody, "garbage"},
      {"demo header alone", At::nobody, "", false, true},
      {"expired", At::nobody, signed_by(key, header, expired.dump())},
      {"wrong signature", At::nobody, signed_by(std::string(32, 'x'), header, payload)},
      {"alg none", At::nobody, none},
      {"alg none, signed", At::nobody, signed_by(key, R"({"alg":"none","typ":"JWT"})", payload)},
      {"another's session", At::nobody, signed_by(key, header, of_another.dump())},
      {"no session", At::nobody, signed_by(key, header, without_session.dump())},
      {"disabled account", At::nobody, disabled},
      {"logged out", At::nobody, logged_out},
      {"other customer", At::customer, other},
      {"customer", At::customer, customer, true},
      {"customer who says admin", At::customer, customer, true, true},
      {"staff", At::staff, staff},
      {"admin", At::admin, admin},
      {"locked screen", At::kiosk, kiosk},
      {"unlocked screen", At::staff, unlocked, false, false, true},
      {"administrator's unlocked screen", At::admin, unlocked_by_admin, false, false, true}};
}

}  // namespace

TEST_CASE("every route lets in whom the table says and nobody else") {
  AccountsApi api;
  const auto visitors = everybody(api);
  std::string id;
  for (const Visitor& visitor : visitors) {
    if (id.empty() && visitor.is_owner) id = api.booking(visitor.token);
  }
  std::ostringstream table;
  table << std::left;
  for (const Route& route : hss::api::routes()) {
    const std::string name = std::string(route.method) + " " + std::string(route.pattern);
    INFO(name);
    REQUIRE(expected.contains(name));
    const For who = expected.at(name);
    std::string target(route.pattern);
    if (const auto at = target.find(":id"); at != target.npos) {
      target.replace(at, 3, target.find("/admin/") != target.npos ? "XXX-0000000000" : id);
    }
    table << std::setw(44) << name;
    for (const Visitor& visitor : visitors) {
      INFO(visitor.name);
      hss::api::Fields headers;
      if (visitor.sends_role) headers.emplace_back("X-HSS-Role", "admin");
      const auto response =
          api.send(std::string(route.method), target, visitor.token, harmless_body(route), headers);
      const int wanted = rejection(who, visitor.at, visitor.is_on_kiosk);
      const bool is_another = visitor.at == At::customer && !visitor.is_owner;
      table << (response.status == 401   ? '-'
                : response.status == 403 ? 'x'
                : response.status == 404 ? '?'
                                         : '+');
      if (wanted != 0) {
        CHECK(response.status == wanted);
        CHECK(code_of(response) == (wanted == 401 ? "unauthorized" : "forbidden"));
        CHECK((header_of(response, "WWW-Authenticate") == "Bearer") == (wanted == 401));
      } else {
        CHECK(response.status != 401);
        CHECK(response.status != 403);
        CHECK(response.status < 500);
        if (route.method == "GET" && target.find(id) != target.npos) {
          CHECK(response.status == (is_another ? 404 : 200));
        }
      }
    }
    table << "\n";
  }
  CHECK(expected.size() == hss::api::routes().size());
  CHECK(api.reported.empty());
  std::string columns;
  for (const Visitor& visitor : visitors) columns += visitor.name + "; ";
  // hss_tests -s "every route*" shows it.
  INFO("+ let in, - 401, x 403, ? 404, for: " << columns << "\n" << table.str());
  SUCCEED();
}

TEST_CASE("in demo mode what belongs to accounts is a conflict, and /auth/session says the mode") {
  const Api api;
  int closed = 0;
  for (const Route& route : hss::api::routes()) {
    if (is_in_demo_mode(route)) continue;
    ++closed;
    std::string target(route.pattern);
    if (const auto at = target.find(":id"); at != target.npos) target.replace(at, 3, "x");
    INFO(target);
    const auto response =
        api.send(std::string(route.method), target, "", {{"X-HSS-Role", "admin"}});
    CHECK(response.status == 409);
    CHECK(code_of(response) == "conflict");
  }
  CHECK(closed == 16);
  Json session = body_of(api.get("/api/v1/auth/session"));
  session.erase("request_id");
  session.erase("business");
  CHECK(session == Json::parse(R"({"mode":"demo","account":null,"device":null,
                                   "needs_administrator":false})"));
}

TEST_CASE("browsers of other origins may call in accounts mode only where they are listed") {
  const AccountsApi closed;
  const auto asked = [](const AccountsApi& api) {
    return api.send("OPTIONS", "/api/v1/bookings", "", "", {{"Origin", "https://a.example"}});
  };
  CHECK(header_of(asked(closed), "Access-Control-Allow-Origin") == "(none)");
  CHECK(header_of(asked(closed), "Access-Control-Allow-Headers") == "(none)");
  const AccountsApi listed(":memory:", {"https://a.example"});
  CHECK(header_of(asked(listed), "Access-Control-Allow-Origin") == "https://a.example");
}

TEST_CASE("a page may call other servers in demo mode alone") {
  const auto policy = [](const auto& api) {
    return header_of(api.get("/"), "Content-Security-Policy");
  };
  CHECK(policy(Api()).find("connect-src 'self' http: https:;") != std::string::npos);
  CHECK(policy(AccountsApi()).find("connect-src 'self';") != std::string::npos);
}
