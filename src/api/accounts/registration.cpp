#include "api/accounts/registration.h"

#include <nlohmann/json.hpp>

#include "api/accounts/account_json.h"
#include "api/http/json.h"
#include "domain/validation/form_text.h"
#include "domain/validation/validation_errors.h"

namespace hss::api {

Command add_customer(const Request& request, const Services& services) {
  const ClientJson object = parse_object(request);
  domain::ValidationErrors errors;
  const auto person =
      domain::check_person(text_field(object, "name"), text_field(object, "email"), errors);
  const std::string password =
      domain::required_new_password(text_field(object, "password"), person, errors);
  const std::string trusted_device = find_trusted_device(object, errors);
  errors.throw_if_any("The account has faults");
  const auth::PasswordLogin login{
      .email = person.email, .password = password, .trusted_device_token = trusted_device};
  return [&request, add = services.accounts->add_customer(request.context(), person, login)](
             domain::Tx& tx) { return json_response(201, add(tx), request); };
}

}  // namespace hss::api
