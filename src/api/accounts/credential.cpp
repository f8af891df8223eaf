#include "api/accounts/credential.h"

#include <nlohmann/json.hpp>

#include "api/accounts/account_json.h"
#include "api/http/json.h"
#include "domain/validation/form_text.h"
#include "domain/validation/validation_errors.h"

namespace hss::api {

using domain::required_secret;

Command change_password(const Request& request, const Services& services) {
  const ClientJson object = parse_object(request);
  domain::ValidationErrors errors;
  const auto current =
      required_secret("current_password", text_field(object, "current_password"), errors);
  const auto fresh = required_secret("new_password", text_field(object, "new_password"), errors);
  errors.throw_if_any("The change has faults");
  return [&request, change = services.accounts->change_password(request.context(), current, fresh)](
             domain::Tx& tx) { return json_response(200, change(tx), request); };
}

Command change_pin(const Request& request, const Services& services) {
  const ClientJson object = parse_object(request);
  const auto given = text_field(object, "pin");
  domain::ValidationErrors errors;
  const auto password = required_secret("password", text_field(object, "password"), errors);
  const std::string pin = given.value() ? *given.value() : "";
  if (given.is_wrong_type()) {
    errors.add("pin must be a string");
  } else if (!object.contains("pin")) {
    // A request that leaves it out by mistake must not remove the PIN.
    errors.add("pin is required; null takes it away");
  } else if (given.value()) {
    if (auto error = domain::pin_error(pin); !error.empty()) errors.add(std::move(error));
  }
  errors.throw_if_any("The change has faults");
  return [&request, change = services.accounts->change_pin(request.context(), password, pin)](
             domain::Tx& tx) { return private_json_response(200, to_json(change(tx)), request); };
}

Command use_link(const Request& request, const Services& services) {
  const ClientJson object = parse_object(request);
  domain::ValidationErrors errors;
  const auth::Accounts::LinkUse use{
      .secret = required_secret("link_token", text_field(object, "link_token"), errors),
      .password = required_secret("password", text_field(object, "password"), errors),
      .name = text_field(object, "name"),
      .email = text_field(object, "email")};
  errors.throw_if_any("The request has faults");
  return [&request, use_up = services.accounts->use_link(request.context(), use)](domain::Tx& tx) {
    return json_response(200, use_up(tx), request);
  };
}

}  // namespace hss::api
