#include "api/http/origin.h"

#include <algorithm>
#include <array>
#include <utility>

#include "api/http/host.h"
#include "domain/error.h"
#include "domain/validation/text.h"

namespace hss::api {
namespace {

using domain::Error;
using domain::ErrorCode;

struct Scheme {
  std::string_view text;
  std::string_view default_port;
};
constexpr std::array<Scheme, 2> schemes{{{"http://", ":80"}, {"https://", ":443"}}};

/// The origin as browsers write it: in lower case, without the scheme's default port. Empty if the
/// text is no origin of a web page.
std::string normal_origin(std::string_view text) {
  std::string origin = domain::to_lower(text);
  for (const Scheme& scheme : schemes) {
    if (!origin.starts_with(scheme.text)) continue;
    const std::string_view authority = std::string_view(origin).substr(scheme.text.size());
    const Authority parts = split_authority(authority);
    const bool names_host = parts.is_bracketed ? is_ip_address(parts) : is_host_name(parts.host);
    if (!names_host) return {};
    if (origin.ends_with(scheme.default_port)) {
      origin.resize(origin.size() - scheme.default_port.size());
    }
    return origin;
  }
  return {};
}

bool is_of_loopback(std::string_view origin) {
  const std::string normal = normal_origin(origin);
  if (normal.empty()) return false;
  return is_loopback(split_authority(std::string_view(normal).substr(normal.find("//") + 2)));
}

bool may_change_something(const Request& request) {
  return request.method != "GET" && request.method != "HEAD" && request.method != "OPTIONS";
}

}  // namespace

std::string own_origin(const Request& request) {
  const std::string* host = request.find_header("Host");
  if (host == nullptr) return {};
  return normal_origin((request.is_secure ? "https://" : "http://") + *host);
}

bool is_from_own_page(const Request& request, const std::string& origin) {
  const std::string own = own_origin(request);
  return !own.empty() && normal_origin(origin) == own;
}

AllowedOrigins::AllowedOrigins(std::vector<std::string> origins) {
  for (std::string& origin : origins) {
    if (origin == "*") {
      allows_any_ = true;
    } else if (origin == loopback) {
      allows_loopback_ = true;
    } else if (origin == "null") {
      origins_.push_back(std::move(origin));
    } else if (auto normal = normal_origin(origin); !normal.empty()) {
      origins_.push_back(std::move(normal));
    } else {
      throw Error(ErrorCode::validation_error,
                  origin + " is no origin; write it as https://shop.example, without a path");
    }
  }
}

bool AllowedOrigins::allows(std::string_view origin) const {
  if (allows_any_) return true;
  if (allows_loopback_ && is_of_loopback(origin)) return true;
  const std::string normal = origin == "null" ? std::string(origin) : normal_origin(origin);
  return !normal.empty() && std::find(origins_.begin(), origins_.end(), normal) != origins_.end();
}

void require_trusted_origin(const Request& request, const AllowedOrigins& origins) {
  const std::string* origin = request.find_header("Origin");
  if (origin == nullptr || !may_change_something(request)) return;
  if (is_from_own_page(request, *origin) || origins.allows(*origin)) return;
  const std::string known = normal_origin(*origin);
  const bool is_nameable = !known.empty() && known.size() <= 200;
  throw Error(
      ErrorCode::forbidden,
      "In demo mode, pages of other sites change nothing here, and this request comes from " +
          (is_nameable ? known + "; if that is yours, start the server with --allow-origin " + known
                       : "one without an address"));
}

}  // namespace hss::api
