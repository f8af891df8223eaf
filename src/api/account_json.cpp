#include "api/account_json.h"

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

Response answer(int status, const Session& session, const Request& request) {
  return answer_privately(status,
                          {{"token", session.token},
                           {"role", domain::to_text(session.role)},
                           {"expires_in", session.expires_in}},
                          request);
}

Response answer_privately(int status, Json object, const Request& request) {
  Response response = answer(status, std::move(object), request);
  response.set("Cache-Control", "no-store");
  return response;
}

}  // namespace hss::api
