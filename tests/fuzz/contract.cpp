#include "fuzz/contract.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/json.h"
#include "api/site/openapi.h"
#include "fuzz/targets.h"

namespace hss::fuzz {
namespace {

using nlohmann::json;

struct Operation {
  std::string method;
  std::vector<std::string> segments;  ///< of its path; one in braces matches any
  std::set<int> statuses;
};

std::vector<Operation> read_operations() {
  std::vector<Operation> operations;
  const json document = json::parse(api::openapi_json);
  for (const auto& [path, methods] : document["paths"].items()) {
    for (const auto& [name, description] : methods.items()) {
      if (!description.is_object() || !description.contains("responses")) continue;
      Operation operation{.method = name, .segments = {}, .statuses = {}};
      std::transform(name.begin(), name.end(), operation.method.begin(),
                     [](char c) { return static_cast<char>(c - 'a' + 'A'); });
      for (std::size_t at = 0; at != path.npos;) {
        const auto end = path.find('/', at + 1);
        operation.segments.push_back(path.substr(at + 1, end - at - 1));
        at = end;
      }
      for (const auto& [status, answer] : description["responses"].items()) {
        operation.statuses.insert(std::stoi(status));
      }
      operations.push_back(std::move(operation));
    }
  }
  return operations;
}

bool is_at(const Operation& operation, const std::vector<std::string>& segments) {
  return std::equal(operation.segments.begin(), operation.segments.end(), segments.begin(),
                    segments.end(), [](const std::string& wanted, const std::string& segment) {
                      return wanted.starts_with('{') || wanted == segment;
                    });
}

/// True if the status is documented; errors of the machine (5xx) are not documented here.
bool is_documented(const api::Request& request, int status) {
  static const std::vector<Operation> operations = read_operations();
  if (status >= 500) return false;
  if (request.method == "OPTIONS" && status == 204) return true;
  const std::string method = request.method == "HEAD" ? "GET" : request.method;
  for (const Operation& operation : operations) {
    if (operation.method == method && is_at(operation, request.segments)) {
      return operation.statuses.contains(status);
    }
  }
  // Other paths give a page or an error.
  return status == 200 || status == 304 || status == 400 || status == 404 || status == 405;
}

std::string header(const api::Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

void require_error(const json& body, const api::Response& response) {
  static const std::map<std::string, int> codes{
      {"validation_error", 400}, {"unauthorized", 401},       {"forbidden", 403},
      {"not_found", 404},        {"method_not_allowed", 405}, {"conflict", 409},
      {"price_changed", 409},    {"payload_too_large", 413},  {"precondition_failed", 412},
      {"upload_refused", 400},   {"rate_limited", 429},       {"unsupported_media_type", 415},
      {"misdirected", 421}};
  const json error = body.value("error", json::object());
  const auto code = codes.find(error.value("code", ""));
  require(code != codes.end() && code->second == response.status, "the code is not the status's");
  require(!error.value("message", "").empty(), "an error without a message");
  for (const json& detail : error.value("details", json::array())) {
    require(detail.is_string() && !detail.get_ref<const std::string&>().empty(), "an empty detail");
  }
  require(response.status != 401 || !header(response, "WWW-Authenticate").empty(), "401 alone");
  require(response.status != 405 || !header(response, "Allow").empty(), "405 without Allow");
  require(response.status != 429 || !header(response, "Retry-After").empty(), "429 alone");
}

}  // namespace

void require_contract(const api::Request& request, const api::Response& response) {
  const std::string what = request.method + " " + request.target + " answered " +
                           std::to_string(response.status) + " " + response.body;
  require(is_documented(request, response.status), "not documented: " + what);
  for (const auto& [name, value] : response.headers) {
    const bool is_clean = std::none_of(value.begin(), value.end(), [](char c) {
      return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    });
    require(is_clean, "the header " + name + " has control characters: " + what);
  }
  const std::string_view content = response.content();
  if (response.status == 204 || response.status == 304 || response.on_stream) {
    return require(content.empty(), "there must be no body: " + what);
  }
  if (header(response, "Content-Type") != "application/json") {
    // The 404 page for people is HTML.
    const bool is_page = header(response, "Content-Type").starts_with("text/html");
    return require(response.status == 200 || (response.status == 404 && is_page),
                   "an answer that is no JSON: " + what);
  }
  // Compressed; the content was checked in an uncompressed answer.
  if (header(response, "Content-Encoding") == "gzip") {
    return require(content.starts_with("\x1f\x8b"), "no gzip: " + what);
  }
  // The OpenAPI document is an answer of its own without a request id.
  if (content.data() == api::openapi_json) return;
  require(api::is_utf8(content), "not UTF-8: " + what);
  const json body = json::parse(content, nullptr, false);
  require(body.is_object(), "no JSON object: " + what);
  // A replayed answer has the first one's id.
  require(body.value("request_id", "") == header(response, "X-Request-Id") ||
              header(response, "Idempotent-Replayed") == "true",
          "no id: " + what);
  if (response.status >= 400) require_error(body, response);
}

}  // namespace hss::fuzz
