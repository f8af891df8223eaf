#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/json_text.h"
#include "api/http/request.h"
#include "api/http/response.h"
#include "domain/money.h"
#include "domain/validation/field.h"

namespace hss::api {

/// For responses: members keep the order in which they are set.
using Json = nlohmann::ordered_json;
/// For requests: finding a member stays fast however many there are.
using ClientJson = nlohmann::json;

bool is_utf8(std::string_view text);

/// Parses the request's body. Throws Error{validation_error} unless it is a JSON object in UTF-8 of
/// at most 32 levels; an empty body is an empty object if `may_be_empty`.
ClientJson parse_object(const Request& request, bool may_be_empty = false);

/// The member as the domain's forms take it: absent (or null), of a wrong type, or a value.
domain::Field<std::string> text_field(const ClientJson& object, const char* member);
domain::Field<double> number_field(const ClientJson& object, const char* member);
domain::Field<bool> bool_field(const ClientJson& object, const char* member);
domain::Field<std::vector<domain::Field<std::string>>> texts_field(const ClientJson& object,
                                                                   const char* member);

/// A JSON number in rand: 2180, 610.5.
Json to_json(domain::Money amount);

/// The text, or null if there is none.
Json text_or_null(const std::optional<std::string>& text);

/// Renders the object with its request_id at the end. A JsonText must still be open.
Response json_response(int status, Json object, const Request& request);
Response json_response(int status, JsonText object, const Request& request);

/// The end of every such response to this request: its request_id and the closing bracket.
std::string end_of_answer(const Request& request);

}  // namespace hss::api
