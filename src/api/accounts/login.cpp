#include "api/accounts/login.h"

#include "api/accounts/account_json.h"
#include "api/http/json.h"
#include "domain/validation/form_text.h"
#include "domain/validation/validation_errors.h"

#include <nlohmann/json.hpp>

namespace hss::api {

Command log_in(const Request& request, const Services& services) {
  const ClientJson object = parse_object(request);
  const auto role = text_field(object, "role");
  domain::ValidationErrors errors;
  auth::LoginForm form{.email = domain::email_of_login(text_field(object, "email"), errors),
                       .requested_role = role.value() ? *role.value() : "",
                       .password = text_field(object, "password"),
                       .trusted_device_token = find_trusted_device(object, errors)};
  if (role.is_wrong_type()) errors.add("role must be a string");
  if (form.password.is_wrong_type()) errors.add("password must be a string");
  errors.throw_if_any("The login has faults");
  return [&request, sign_in = services.authenticator.log_in(request.context(), form)](
             domain::Tx& tx) { return json_response(200, sign_in(tx), request); };
}

}  // namespace hss::api
