#include "fuzz/fuzzed_servers.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "api/accounts_fixture.h"
#include "api/api_fixture.h"
#include "fuzz/contract.h"
#include "fuzz/targets.h"

namespace hss::fuzz {
namespace {

using test::body_of;
using Names = std::map<std::string, std::string>;

constexpr const char* staff_pin = "135790";

/// Leaves out the route that calls a webhook: no input reaches another machine.
const std::vector<api::Route>& routes() {
  static const std::vector<api::Route> ours = [] {
    auto all = api::routes();
    std::erase_if(all, [](const api::Route& route) { return route.pattern.ends_with("/test"); });
    return all;
  }();
  return ours;
}

/// The changes that inputs have left in a backend.
struct Traces {
  std::uint64_t revision = 0;
  int changes = 0;  ///< made by about this many inputs
  bool is_full = false;
};

void fill_in(std::string& text, const Names& names) {
  for (auto open = text.find('{'); open != text.npos; open = text.find('{', open + 1)) {
    const auto close = text.find('}', open);
    const auto found = names.find(text.substr(open, close - open + 1));
    if (close != text.npos && found != names.end()) {
      text.replace(open, close - open + 1, found->second);
    }
  }
}

std::string text_at(const api::Response& response, const char* member) {
  const auto body = body_of(response);
  require(body.contains(member), "the backend is not set up: " + body.dump());
  return body[member].get<std::string>();
}

}  // namespace

Who who_of(char digit) {
  constexpr int count = 9;
  return static_cast<Who>(static_cast<unsigned char>(digit - '0') % count);
}

class FuzzedServers::Demo {
 public:
  Demo() {
    names = {{"{booking}", api.booking()},
             {"{approved}", api.booking("approved")},
             {"{paid}", api.booking("paid")},
             {"{webhook}", text_at(api.post("/api/v1/admin/webhooks",
                                            R"({"url":"http://hooks.example/"})", "admin"),
                                   "id")},
             {"{account}", "ACC-0000000000"},
             {"{link}", "none"}};
    traces.revision = api.store.revision();
  }

  static api::Fields headers_of(Who who) {
    constexpr std::array roles{"customer", "staff", "admin"};
    return {{"X-HSS-Role", roles.at(static_cast<std::size_t>(who))}};
  }

  test::Api api{routes()};
  Names names;
  Traces traces;
};

class FuzzedServers::WithAccounts {
 public:
  WithAccounts() {
    using domain::Role;
    constexpr std::array<std::pair<Who, Role>, 3> people{
        {{Who::customer, Role::customer}, {Who::staff, Role::staff}, {Who::admin, Role::admin}}};
    for (const auto& [who, role] : people) {
      const std::string email = std::string(domain::to_text(role)) + "@x.co.za";
      api.add(email, role);
      tokens[who] = text_at(api.log_in(email), "token");
    }
    const std::string staff_id = api.id_of("staff@x.co.za");
    api.post("/api/v1/auth/pin", {{"password", test::good_password}, {"pin", staff_pin}},
             tokens[Who::staff]);
    tokens[Who::kiosk] = text_at(
        api.post("/api/v1/kiosk/device", {{"device", "Hall"}}, tokens[Who::staff]), "token");
    tokens[Who::on_kiosk] = text_at(api.unlock(tokens[Who::kiosk], staff_id, staff_pin), "token");
    const std::string webhook = text_at(
        api.post("/api/v1/admin/webhooks", {{"url", "http://hooks.example/"}}, tokens[Who::admin]),
        "id");
    const std::string path =
        text_at(api.post("/api/v1/admin/accounts/" + api.id_of("customer@x.co.za") + "/link",
                         test::Json::object(), tokens[Who::admin]),
                "path");
    names = {{"{booking}", booking(0)}, {"{approved}", booking(1)},
             {"{paid}", booking(2)},    {"{webhook}", webhook},
             {"{account}", staff_id},   {"{link}", path.substr(path.find('#') + 1)}};
    traces.revision = api.store.revision();
  }

  api::Fields headers_of(Who who) const {
    const auto token = tokens.find(who);
    if (token == tokens.end()) return {};
    return {{"Authorization", "Bearer " + token->second}};
  }

  test::AccountsApi api{":memory:", {"https://shop.example"}, routes()};
  std::map<Who, std::string> tokens;
  Names names;
  Traces traces;

 private:
  std::string booking(int steps) {
    const std::string id = text_at(
        api.post("/api/v1/bookings", test::booking_body(), tokens[Who::customer]), "booking_id");
    const std::string path = "/api/v1/bookings/" + id;
    if (steps > 0) api.patch(path + "/status", {{"status", "approved"}}, tokens[Who::staff]);
    if (steps > 1) api.post(path + "/payment", test::Json::object(), tokens[Who::customer]);
    return id;
  }
};

namespace {

template <class Backend>
api::Response handle(Backend& backend, api::Request& request) {
  const api::Response response = backend.api.handle(request);
  if (response.status == 429) backend.traces.is_full = true;
  require(backend.api.reported.empty(), backend.api.reported);
  require_contract(request, response);
  return response;
}

template <class Backend>
api::Response send_as(Backend& backend, Who who, api::Request& request) {
  fill_in(request.target, backend.names);
  fill_in(request.body, backend.names);
  for (auto& [name, value] : request.headers) fill_in(value, backend.names);
  for (auto& header : backend.headers_of(who)) {
    if (request.find_header(header.first) == nullptr) request.headers.push_back(std::move(header));
  }
  request.client_address = "192.0.2.1";
  return handle(backend, request);
}

template <class Backend>
void forget_if_spent(std::unique_ptr<Backend>& backend) {
  constexpr int max_changes = 20;
  if (!backend) return;
  Traces& traces = backend->traces;
  const auto revision = backend->api.store.revision();
  if (std::exchange(traces.revision, revision) != revision) ++traces.changes;
  if (traces.is_full || traces.changes > max_changes) backend.reset();
}

}  // namespace

FuzzedServers::FuzzedServers() {
  // OpenSSL then ends after the servers, whose writers sign, and frees its data for each thread.
  OPENSSL_init_crypto(OPENSSL_INIT_LOAD_CRYPTO_STRINGS, nullptr);
}
FuzzedServers::~FuzzedServers() = default;

void FuzzedServers::run(const std::function<void()>& input) {
  forget_spent();
  try {
    return input();
  } catch (const std::exception& failure) {
    demo_.reset();
    with_accounts_.reset();
    input();
    throw std::logic_error(std::string("only after other inputs: ") + failure.what());
  }
}

void FuzzedServers::forget_spent() {
  forget_if_spent(demo_);
  forget_if_spent(with_accounts_);
}

api::Response FuzzedServers::send(Who who, api::Request request) {
  return who <= Who::demo_admin ? send_as(demo(), who, request)
                                : send_as(with_accounts(), who, request);
}

api::Response FuzzedServers::send(api::Request& request) {
  return handle(demo(), request);
}

api::Response FuzzedServers::reject(api::Request& request, const domain::Error& error) {
  const api::Response response = demo().api.reject(request, error);
  require_contract(request, response);
  return response;
}

FuzzedServers::Demo& FuzzedServers::demo() {
  if (!demo_) demo_ = std::make_unique<Demo>();
  return *demo_;
}

FuzzedServers::WithAccounts& FuzzedServers::with_accounts() {
  if (!with_accounts_) with_accounts_ = std::make_unique<WithAccounts>();
  return *with_accounts_;
}

}  // namespace hss::fuzz
