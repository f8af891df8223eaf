#include "transport/lambda/lambda_event.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "api/http/json.h"
#include "crypto/base64url.h"
#include "domain/validation/text.h"
#include "transport/http/request_head.h"

namespace hss::transport {
namespace {

using domain::Error;
using domain::ErrorCode;
using nlohmann::json;

Error bad_event(const char* why) {
  return {ErrorCode::validation_error, why};
}

/// The member, or null where it is not there or this is no object.
const json& member(const json& object, const char* name) {
  static const json nothing;
  if (!object.is_object()) return nothing;
  const auto found = object.find(name);
  return found == object.end() ? nothing : *found;
}

/// The member, where it is a text.
std::string_view text(const json& object, const char* name) {
  const json& value = member(object, name);
  return value.is_string() ? std::string_view(value.get_ref<const std::string&>())
                           : std::string_view();
}

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

std::string encoded(std::string_view from, std::string_view besides) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string to;
  for (std::size_t i = 0; i < from.size(); ++i) {
    const char c = from[i];
    const auto byte = static_cast<unsigned char>(c);
    const bool is_letter =
        (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    const bool is_encoded_already = c == '%' && besides.find('%') != besides.npos &&
                                    i + 2 < from.size() && is_hex(from[i + 1]) &&
                                    is_hex(from[i + 2]);
    if (is_letter || is_encoded_already || (c != '%' && besides.find(c) != besides.npos)) {
      to += c;
    } else {
      to += {'%', digits[byte >> 4], digits[byte & 15]};
    }
  }
  return to;
}

/// Some gateways deliver a path decoded, others as it was sent.
std::string encode_path(std::string_view path) {
  return encoded(path, "%-._~!$&'()*+,;=:@/");
}

std::string encode_query(std::string_view text) {
  return encoded(text, "-._~");
}

/// Returns where the part begins that a catch-all route matched, which is the path without any
/// prefix; npos without such a route.
std::size_t start_of_proxied(const json& event, std::string_view path) {
  std::string_view pattern = text(event, "resource");
  if (pattern.empty()) pattern = text(event, "routeKey");
  pattern.remove_prefix(std::min(pattern.find('/'), pattern.size()));
  const std::string_view proxied = text(member(event, "pathParameters"), "proxy");
  if (pattern != "/{proxy+}" || proxied.empty() || !path.ends_with(proxied)) return path.npos;
  const auto start = path.size() - proxied.size();
  return start > 0 && path[start - 1] == '/' ? start - 1 : path.npos;
}

/// The path as it is without the gateway.
std::string_view without_prefix(const json& event, std::string_view path) {
  if (const auto start = start_of_proxied(event, path); start != path.npos) {
    return path.substr(start);
  }
  const json& context = member(event, "requestContext");
  const std::string_view domain = text(context, "domainName");
  const bool is_custom_domain = !domain.empty() && domain.find(".execute-api.") == domain.npos;
  const std::string prefix = "/" + std::string(text(context, "stage"));
  // A REST API says both, and takes the stage off by itself.
  const bool is_off = text(context, "path") == prefix + std::string(path);
  if (is_custom_domain || is_off || prefix == "/" || !path.starts_with(prefix)) return path;
  const std::string_view rest = path.substr(prefix.size());
  if (!rest.empty() && rest.front() != '/') return path;
  return rest.empty() ? std::string_view("/") : rest;
}

/// Calls `each(name, value)` for `several`, lists by name, or for `single`, where there is none.
template <class Each>
void for_each_value(const json& several, const json& single, const Each& each) {
  const json& fields = several.is_object() ? several : single;
  if (!fields.is_object()) return;
  for (const auto& [name, values] : fields.items()) {
    // A single value is a range of one.
    for (const json& value : values) {
      if (value.is_string()) each(name, value.template get_ref<const std::string&>());
    }
  }
}

void add_header(api::Request& request, const std::string& name, const std::string& value) {
  if (has_control_characters(value)) throw bad_event("A header has control characters");
  request.headers.emplace_back(name, value);
}

std::string from_base64(std::string_view text) {
  // The URL's alphabet for the other, and strict.
  std::string url(text);
  if (url.size() % 4 != 0 || url.find_first_of("-_") != url.npos) {
    throw bad_event("The body is said to be base64 and is not");
  }
  for (int padding = 0; padding < 2 && url.ends_with('='); ++padding) url.pop_back();
  std::replace(url.begin(), url.end(), '+', '-');
  std::replace(url.begin(), url.end(), '/', '_');
  auto bytes = crypto::from_base64url(url);
  if (!bytes) throw bad_event("The body is said to be base64 and is not");
  return *std::move(bytes);
}

std::string to_base64(std::string_view bytes) {
  std::string text = crypto::to_base64url(bytes);
  std::replace(text.begin(), text.end(), '-', '+');
  std::replace(text.begin(), text.end(), '_', '/');
  text.append((4 - text.size() % 4) % 4, '=');
  return text;
}

std::string body_of(const json& event) {
  const std::string_view body = text(event, "body");
  const json& is_base64 = member(event, "isBase64Encoded");
  return is_base64.is_boolean() && is_base64.get<bool>() ? from_base64(body) : std::string(body);
}

void read_rest(const json& event, api::Request& request) {
  request.method = text(event, "httpMethod");
  request.target = encode_path(without_prefix(event, text(event, "path")));
  if (request.target.empty()) request.target = "/";
  char separator = '?';
  for_each_value(member(event, "multiValueQueryStringParameters"),
                 member(event, "queryStringParameters"),
                 [&](const std::string& name, const std::string& value) {
                   request.target += separator + encode_query(name) + "=" + encode_query(value);
                   separator = '&';
                 });
  request.client_address = text(member(member(event, "requestContext"), "identity"), "sourceIp");
  for_each_value(
      member(event, "multiValueHeaders"), member(event, "headers"),
      [&](const std::string& name, const std::string& value) { add_header(request, name, value); });
}

void read_http(const json& event, api::Request& request) {
  const json& http = member(member(event, "requestContext"), "http");
  request.method = text(http, "method");
  request.target = encode_path(without_prefix(event, text(event, "rawPath")));
  if (request.target.empty()) request.target = "/";
  if (const auto query = text(event, "rawQueryString"); !query.empty()) {
    request.target.append("?").append(query);
  }
  request.client_address = text(http, "sourceIp");
  for_each_value(
      {}, member(event, "headers"),
      [&](const std::string& name, const std::string& value) { add_header(request, name, value); });
  std::string cookies;
  for (const json& cookie : member(event, "cookies")) {
    if (!cookie.is_string()) continue;
    cookies += (cookies.empty() ? "" : "; ") + cookie.get_ref<const std::string&>();
  }
  if (!cookies.empty()) add_header(request, "Cookie", cookies);
}

void read(const json& event, LambdaEvent& into) {
  const json& context = member(event, "requestContext");
  if (member(context, "elb").is_object()) {
    throw bad_event(
        "This event comes from an Application Load Balancer, which HSS does not answer; put an "
        "API Gateway or a function URL before the function");
  }
  if (text(event, "version") == "2.0" && member(context, "http").is_object()) {
    into.shape = LambdaShape::http;
    read_http(event, into.request);
  } else if (context.is_object() && !text(event, "httpMethod").empty()) {
    read_rest(event, into.request);
  } else {
    throw bad_event("This event is no request from an API Gateway or a function URL");
  }
  into.request.body = body_of(event);
}

/// Joins headers of one name, but for Set-Cookie, of which only the gateway can make several.
json joined(const api::Fields& headers, json& cookies) {
  json fields = json::object();
  for (const auto& [name, value] : headers) {
    if (domain::to_lower(name) == "set-cookie") {
      cookies.push_back(value);
    } else if (const auto found = fields.find(name); found != fields.end()) {
      *found = found->get<std::string>() + ", " + value;
    } else {
      fields[name] = value;
    }
  }
  return fields;
}

std::string dumped(const json& object) {
  return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

LambdaEvent read_lambda_event(std::string_view text) {
  LambdaEvent read_event;
  // API Gateway and function URLs speak nothing but https.
  read_event.request.is_secure = true;
  const json event = json::parse(text, nullptr, false);
  try {
    if (!event.is_object()) throw bad_event("This event is no JSON object");
    read(event, read_event);
  } catch (const Error& error) {
    read_event.error = error;
  }
  return read_event;
}

std::string lambda_answer(const api::Response& response, LambdaShape shape,
                          std::string_view method) {
  const std::string_view content = method == "HEAD" ? std::string_view() : response.content();
  const bool is_compressed = std::any_of(
      response.headers.begin(), response.headers.end(),
      [](const auto& header) { return domain::to_lower(header.first) == "content-encoding"; });
  const bool is_base64 = !content.empty() && (is_compressed || !api::is_utf8(content));
  json answer{{"statusCode", response.status},
              {"isBase64Encoded", is_base64},
              {"body", is_base64 ? to_base64(content) : std::string(content)}};
  if (shape == LambdaShape::http) {
    json cookies = json::array();
    answer["headers"] = joined(response.headers, cookies);
    if (!cookies.empty()) answer["cookies"] = std::move(cookies);
    return dumped(answer);
  }
  json& headers = answer["multiValueHeaders"] = json::object();
  for (const auto& [name, value] : response.headers) headers[name].push_back(value);
  return dumped(answer);
}

std::string lambda_failure(std::string_view type, std::string_view message) {
  return dumped({{"errorType", type}, {"errorMessage", message}, {"stackTrace", json::array()}});
}

}  // namespace hss::transport
