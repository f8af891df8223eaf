#include "api/http/route_table.h"

#include <algorithm>
#include <optional>

#include "domain/reference.h"

namespace hss::api {
namespace {

std::vector<std::string_view> segments_of(std::string_view pattern) {
  std::vector<std::string_view> segments;
  while (!pattern.empty()) {
    pattern.remove_prefix(1);
    const auto end = std::min(pattern.find('/'), pattern.size());
    segments.push_back(pattern.substr(0, end));
    pattern.remove_prefix(end);
  }
  return segments;
}

/// Normalizes a reference to the form in which it is issued; other text stays as it is.
std::string parameter_of(std::string_view collection, const std::string& segment) {
  const std::string_view prefix = collection == "bookings"   ? domain::booking_prefix
                                  : collection == "webhooks" ? domain::webhook_prefix
                                  : collection == "accounts" ? domain::account_prefix
                                  : collection == "uploads"  ? domain::upload_prefix
                                                             : std::string_view();
  if (prefix.empty()) return segment;
  return domain::parse_reference(segment, prefix).value_or(segment);
}

std::optional<Fields> match(const std::vector<std::string_view>& wanted,
                            const std::vector<std::string>& segments) {
  const bool fits = std::equal(wanted.begin(), wanted.end(), segments.begin(), segments.end(),
                               [](std::string_view part, const std::string& segment) {
                                 return part.starts_with(':') ? !segment.empty() : part == segment;
                               });
  if (!fits) return std::nullopt;
  Fields parameters;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (!wanted[i].starts_with(':')) continue;
    const std::string_view collection = i == 0 ? std::string_view() : wanted[i - 1];
    parameters.emplace_back(wanted[i].substr(1), parameter_of(collection, segments[i]));
  }
  return parameters;
}

}  // namespace

RouteTable::RouteTable(const std::vector<Route>& routes) {
  for (const Route& route : routes) {
    entries_.push_back({.route = &route,
                        .segments = segments_of(route.pattern),
                        .is_literal = route.pattern.find(':') == route.pattern.npos});
  }
}

RouteTable::Match RouteTable::find(const Request& request) const {
  const std::string_view method =
      request.method == "HEAD" ? "GET" : std::string_view(request.method);
  Match found;
  bool is_literal = false;
  for (const Entry& entry : entries_) {
    // What a path names itself is no parameter of another route: `presign` is no upload's id.
    if (is_literal && !entry.is_literal) continue;
    auto parameters = match(entry.segments, request.segments);
    if (!parameters) continue;
    is_literal = entry.is_literal;
    const Route& route = *entry.route;
    if (route.method == method) return {.route = &route, .parameters = *parameters, .allowed = {}};
    found.allowed += std::string(route.method) + ", ";
    if (route.method == "GET") found.allowed += "HEAD, ";
  }
  if (!found.allowed.empty()) found.allowed += "OPTIONS";
  return found;
}

}  // namespace hss::api
