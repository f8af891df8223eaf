#include "api/login.h"

#include <nlohmann/json.hpp>

#include "api/json.h"
#include "domain/faults.h"
#include "domain/text.h"

namespace hss::api {

Response log_in(const Request& request, const Services& services) {
  const ClientJson object = parse_object(request);
  const auto email_given = given_text(object, "email");
  const auto role = given_text(object, "role");
  const std::string email =
      email_given.value() ? domain::to_lower(domain::trim(*email_given.value())) : "";
  domain::Faults faults;
  if (email_given.is_wrong_type()) {
    faults.add("email must be a string");
  } else if (email.empty()) {
    faults.add("email is required");
  } else if (!domain::is_email(email) || domain::character_count(email) > 254) {
    faults.add("email is invalid");
  }
  if (role.is_wrong_type()) faults.add("role must be a string");
  faults.throw_if_any("The login has faults");
  const Session session = services.authenticator.log_in(email, role.value() ? *role.value() : "");
  Response response = answer(200,
                             {{"token", session.token},
                              {"role", domain::to_text(session.role)},
                              {"expires_in", session.expires_in}},
                             request);
  response.set("Cache-Control", "no-store");
  return response;
}

}  // namespace hss::api
