#include "desktop/start_page.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>
#include <vector>

#include "api/http/host.h"
#include "api/http/json.h"
#include "api/http/origin.h"
#include "config/config.h"
#include "config/version.h"
#include "crypto/digest.h"
#include "desktop/running_instance.h"
#include "domain/error.h"
#include "domain/validation/form_text.h"
#include "domain/validation/validation_errors.h"

namespace hss::desktop {
namespace {

using api::Json;
using api::Request;
using api::Response;
using domain::Error;
using domain::ErrorCode;

constexpr std::string_view root = "/api/v1/desktop";

bool is_own_address(std::string_view host) {
  return api::is_loopback(api::split_authority(host));
}

void require_this_machine(const Request& request) {
  const std::string* host = request.find_header("Host");
  const std::string* origin = request.find_header("Origin");
  const bool is_own = host != nullptr && is_own_address(*host) && request.target.starts_with('/') &&
                      request.client_address == "127.0.0.1" &&
                      (origin == nullptr || api::is_from_own_page(request, *origin));
  if (!is_own) throw Error(ErrorCode::forbidden, "This is for the start page on this machine");
}

Response private_answer(int status, Json body, const Request& request) {
  Response response = api::json_response(status, std::move(body), request);
  response.set("Cache-Control", "no-store");
  return response;
}

std::string_view to_text(BusinessState state) {
  switch (state) {
    case BusinessState::absent:
      return "absent";
    case BusinessState::starting:
      return "starting";
    case BusinessState::running:
      return "running";
    case BusinessState::failed:
      return "failed";
  }
  return "";
}

}  // namespace

struct StartPage::Route {
  std::string_view method;
  std::string_view path;  ///< below the root
  bool needs_token;
  Response (StartPage::*handler)(const Request&) const;
};

const std::vector<StartPage::Route>& StartPage::routes() {
  static const std::vector<Route> table{
      {"GET", "/proof", false, &StartPage::get_proof},
      {"POST", "/codes", false, &StartPage::create_code},
      {"POST", "/token", false, &StartPage::redeem_code},
      {"GET", "", true, &StartPage::get_status},
      {"POST", "/business", true, &StartPage::open_business},
      {"POST", "/stop", true, &StartPage::stop},
  };
  return table;
}

StartPage::StartPage(Facts facts, TabTokens& tokens, Business& business, std::function<void()> stop)
    : facts_(std::move(facts)), tokens_(tokens), business_(business), stop_(std::move(stop)) {}

std::optional<Response> StartPage::answer(const Request& request) const {
  if (!request.path.starts_with(root)) return std::nullopt;
  const std::string_view path = std::string_view(request.path).substr(root.size());
  const auto found = std::find_if(routes().begin(), routes().end(), [&](const Route& route) {
    return route.method == request.method && route.path == path;
  });
  if (found == routes().end()) return std::nullopt;
  require_this_machine(request);
  if (found->needs_token) {
    const std::string* token = request.find_header("X-HSS-Desktop");
    if (token == nullptr || !tokens_.is_token(*token)) {
      throw Error(ErrorCode::unauthorized, "This tab may not do that; open HSS once more");
    }
  }
  return (this->*found->handler)(request);
}

Response StartPage::get_proof(const Request& request) const {
  const std::string* nonce = request.find_query("nonce");
  if (nonce == nullptr || nonce->size() < 32 || nonce->size() > 128) {
    throw Error(ErrorCode::validation_error, "nonce: send 32 to 128 characters");
  }
  return private_answer(200, {{"proof", proof_of(facts_.secret, *nonce)}}, request);
}

Response StartPage::create_code(const Request& request) const {
  const std::string* secret = request.find_header("X-HSS-Desktop");
  if (secret == nullptr || !crypto::is_equal(*secret, facts_.secret)) {
    throw Error(ErrorCode::unauthorized, "This is for who may read the instance file");
  }
  return private_answer(201, {{"code", tokens_.make_code()}}, request);
}

Response StartPage::redeem_code(const Request& request) const {
  domain::ValidationErrors errors;
  const auto code =
      domain::required_secret("code", api::text_field(api::parse_object(request), "code"), errors);
  errors.throw_if_any("The request has faults");
  const auto token = tokens_.redeem(code);
  if (!token) {
    throw Error(ErrorCode::unauthorized, "This link was used or is too old; open HSS once more");
  }
  return private_answer(201, {{"token", *token}}, request);
}

Response StartPage::get_status(const Request& request) const {
  request.before_wait();
  const BusinessStatus business = business_.status();
  return private_answer(200,
                        {{"version", version},
                         {"log_file", facts_.log_file},
                         {"settings_problem", facts_.problem},
                         {"business",
                          {{"state", to_text(business.state)},
                           {"place", business.place},
                           {"url", business.url},
                           {"problem", business.problem},
                           {"taken_port", business.taken_port},
                           {"is_on_network", business.is_on_network},
                           {"is_set_up", business.is_set_up}}}},
                        request);
}

Response StartPage::open_business(const Request& request) const {
  request.before_wait();
  return private_answer(200, {{"url", business_.open()}}, request);
}

Response StartPage::stop(const Request& request) const {
  stop_();
  return private_answer(202, Json::object(), request);
}

}  // namespace hss::desktop
