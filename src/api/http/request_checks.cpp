#include "api/http/request_checks.h"

#include <algorithm>
#include <array>

#include "domain/error.h"
#include "domain/validation/text.h"

namespace hss::api {
namespace {

using domain::Error;
using domain::ErrorCode;

/// Accepts extra slashes and capitals: a monitor would take a page for a healthy response.
bool is_api_path(std::string_view path) {
  path.remove_prefix(std::min(path.find_first_not_of('/'), path.size()));
  const std::string first = domain::to_lower(path.substr(0, path.find_first_of("/?")));
  return first == "api" || first == "health" || first == "metrics";
}

}  // namespace

bool is_visible_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

bool is_api(const Request& request) {
  return is_api_path(request.path) || is_api_path(request.target);
}

const std::string* find_request_id(const Request& request) {
  constexpr std::size_t max_id_length = 128;
  const std::string* given = request.find_header("X-Request-Id");
  const bool usable = given != nullptr && !given->empty() && given->size() <= max_id_length &&
                      is_visible_ascii(*given);
  return usable ? given : nullptr;
}

void require_single_headers(const Request& request) {
  // Parties differ on which of two headers counts, so an attacker could choose.
  constexpr std::array<std::string_view, 7> single{
      "authorization", "content-type", "idempotency-key", "last-event-id",
      "origin",        "x-hss-role",   "x-request-id"};
  for (const std::string_view name : single) {
    if (request.count_headers(name) > 1) {
      throw Error(ErrorCode::validation_error,
                  "The header " + std::string(name) + " is there twice");
    }
  }
}

void require_json(const Request& request) {
  const std::string* type = request.find_header("Content-Type");
  const bool reads_body = request.method == "POST" || request.method == "PATCH";
  if (!reads_body || type == nullptr || request.body.empty()) return;
  const auto media =
      domain::to_lower(domain::trim(std::string_view(*type).substr(0, type->find(';'))));
  if (media == "application/json" ||
      (media.starts_with("application/") && media.ends_with("+json")))
    return;
  throw Error(ErrorCode::unsupported_media_type,
              "The body must be JSON; send Content-Type: application/json");
}

}  // namespace hss::api
