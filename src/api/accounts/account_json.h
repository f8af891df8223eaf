#pragma once

#include "api/http/json.h"
#include "auth/authenticator.h"
#include "domain/accounts/account.h"
#include "domain/validation/validation_errors.h"

namespace hss::api {

/// The account's members. A password and a PIN appear only as whether there is one.
Json to_json(const domain::Account& account);

/// Returns the member `device_mark`, which may be missing; adds its validation errors to
/// `errors`.
std::string find_trusted_device(const ClientJson& object, domain::ValidationErrors& errors);

/// Renders a login's result. The response is `no-store`: nothing on the way may cache it.
Response json_response(int status, const auth::LoginResult& session, const Request& request);

/// Renders the object. The response is `no-store`: nothing on the way may cache it.
Response private_json_response(int status, Json object, const Request& request);

}  // namespace hss::api
