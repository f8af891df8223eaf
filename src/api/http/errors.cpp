#include "api/http/errors.h"

#include <array>
#include <nlohmann/json.hpp>
#include <string>

#include "api/http/json.h"

namespace hss::api {
namespace {

struct Row {
  domain::ErrorCode code;
  int status;
  std::string_view text;
};

using enum domain::ErrorCode;
constexpr std::array<Row, 19> table{{
    {validation_error, 400, "validation_error"},
    {upload_refused, 400, "upload_refused"},
    {unauthorized, 401, "unauthorized"},
    {forbidden, 403, "forbidden"},
    {not_found, 404, "not_found"},
    {method_not_allowed, 405, "method_not_allowed"},
    {conflict, 409, "conflict"},
    {price_changed, 409, "price_changed"},
    {unpaid_change, 409, "unpaid_change"},
    {slot_full, 409, "slot_full"},
    {slot_closed, 409, "slot_closed"},
    {terms_changed, 409, "terms_changed"},
    {precondition_failed, 412, "precondition_failed"},
    {payload_too_large, 413, "payload_too_large"},
    {unsupported_media_type, 415, "unsupported_media_type"},
    {misdirected, 421, "misdirected"},
    {rate_limited, 429, "rate_limited"},
    {unavailable, 503, "unavailable"},
    {internal, 500, "internal"},
}};

const Row& row(domain::ErrorCode code) {
  for (const Row& row : table) {
    if (row.code == code) return row;
  }
  return table.back();
}

}  // namespace

int status_of(domain::ErrorCode code) {
  return row(code).status;
}

std::string_view to_text(domain::ErrorCode code) {
  return row(code).text;
}

Response error_response(const domain::Error& error, const Request& request) {
  Json body{{"code", to_text(error.code())}, {"message", error.what()}};
  if (!error.details().empty()) body["details"] = error.details();
  Response response =
      json_response(status_of(error.code()), Json{{"error", std::move(body)}}, request);
  if (error.code() == unauthorized) response.set("WWW-Authenticate", "Bearer");
  if (error.code() == rate_limited || error.code() == unavailable) {
    response.set("Retry-After", std::to_string(error.retry_after().count()));
  }
  return response;
}

}  // namespace hss::api
