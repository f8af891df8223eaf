#include "api/kiosk/kiosk.h"

#include <nlohmann/json.hpp>

#include "api/accounts/account_json.h"
#include "api/http/json.h"
#include "domain/validation/form_text.h"
#include "domain/validation/validation_errors.h"

namespace hss::api {

using Credential = auth::Kiosks::Credential;

Command open_kiosk(const Request& request, const Services& services) {
  domain::ValidationErrors errors;
  const std::string name = domain::required_text(
      "device", text_field(parse_object(request), "device"), {.at_most = 80}, errors);
  errors.throw_if_any("The shared screen has faults");
  return [&request, &kiosks = services.accounts->kiosks(), name](domain::Tx& tx) {
    return json_response(201, kiosks.open(tx, request.caller(), name), request);
  };
}

Query list_kiosk_accounts(const Request& request, const Services&) {
  return [&request](domain::Reader& reader) {
    Json people = Json::array();
    for (const auto& account : reader.accounts().list_pin_holders()) {
      people.push_back({{"account_id", account.id}, {"name", account.name}});
    }
    return private_json_response(200, {{"people", std::move(people)}}, request);
  };
}

Command unlock_kiosk(const Request& request, const Services& services) {
  const ClientJson object = parse_object(request);
  domain::ValidationErrors errors;
  const auto account_id =
      domain::required_secret("account_id", text_field(object, "account_id"), errors);
  const auto pin = text_field(object, "pin");
  const auto password = text_field(object, "password");
  if (!pin.is_absent() && !password.is_absent()) errors.add("pin and password: send one of them");
  const auto credential =
      password.is_absent()
          ? Credential{.kind = Credential::Kind::pin,
                       .text = domain::required_secret("pin", pin, errors)}
          : Credential{.kind = Credential::Kind::password,
                       .text = domain::required_secret("password", password, errors)};
  errors.throw_if_any("The request has faults");
  return [&request,
          unlock = services.accounts->kiosks().unlock(request.context(), account_id, credential)](
             domain::Tx& tx) { return json_response(200, unlock(tx), request); };
}

}  // namespace hss::api
