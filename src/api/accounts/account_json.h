#pragma once

#include "api/http/json.h"
#include "auth/authenticator.h"
#include "domain/accounts/account.h"
#include "domain/validation/validation_errors.h"

namespace hss::api {

/// The account's members; of its password and PIN only whether there are any.
Json to_json(const domain::Account& account);

/// The member `trusted_device_token`, which may be missing; its fault added to `faults`.
std::string find_trusted_device(const ClientJson& object, domain::ValidationErrors& errors);

/// What signing in gives, to be kept by nobody on the way.
Response json_response(int status, const auth::LoginResult& session, const Request& request);

/// The object, to be kept by nobody on the way.
Response private_json_response(int status, Json object, const Request& request);

}  // namespace hss::api
