#include "api/accounts/account_json.h"

#include <nlohmann/json.hpp>
#include <utility>

namespace hss::api {

Json to_json(const domain::Account& account) {
  return {{"id", account.id},
          {"email", account.email},
          {"name", account.name},
          {"role", domain::to_text(account.role)},
          {"enabled", account.enabled},
          {"has_password", !account.password_hash.empty()},
          {"has_pin", !account.pin_hash.empty()},
          {"created_at", account.created_at}};
}

Response json_response(int status, const auth::LoginResult& session, const Request& request) {
  Json body{{"token", session.token},
            {"role", domain::to_text(session.role)},
            {"expires_in", session.expires_in}};
  if (!session.trusted_device_token.empty()) body["device_mark"] = session.trusted_device_token;
  return private_json_response(status, std::move(body), request);
}

std::string find_trusted_device(const ClientJson& object, domain::ValidationErrors& errors) {
  const auto given = text_field(object, "device_mark");
  if (given.is_wrong_type()) errors.add("device_mark must be a string");
  return given.value() ? *given.value() : "";
}

Response private_json_response(int status, Json object, const Request& request) {
  Response response = json_response(status, std::move(object), request);
  response.set("Cache-Control", "no-store");
  return response;
}

}  // namespace hss::api
