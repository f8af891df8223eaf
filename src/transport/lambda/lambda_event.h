#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/http/request.h"
#include "api/http/response.h"
#include "domain/error.h"

namespace hss::transport {

/// The way on which a request came to Lambda decides how its answer is written.
enum class LambdaShape {
  rest,  ///< API Gateway's REST APIs, and HTTP APIs with payload format 1.0
  http,  ///< HTTP APIs with payload format 2.0, and function URLs
};

/// A request as Lambda delivers it.
struct LambdaEvent {
  LambdaShape shape = LambdaShape::rest;
  api::Request request;
  std::optional<domain::Error> error;  ///< then `request` has what could be read of it
};

/// Reads the event of an API Gateway or a function URL. The stage's prefix, or that of a custom
/// domain's base path, is taken off the path. Anything else is a fault, and nothing is thrown for
/// it. Pure, as is the rest of this file.
LambdaEvent read_lambda_event(std::string_view json);

/// The answer as JSON. A body that is compressed or no text goes as base64; to a HEAD goes none.
std::string lambda_answer(const api::Response& response, LambdaShape shape,
                          std::string_view method);

/// A failure as the Runtime API expects it, as JSON.
std::string lambda_failure(std::string_view type, std::string_view message);

}  // namespace hss::transport
