#include "api/etag.h"

#include "api/header_list.h"
#include "crypto/digest.h"

namespace hss::api {
namespace {

std::string_view opaque(std::string_view etag) {
  return etag.starts_with("W/") ? etag.substr(2) : etag;
}

}  // namespace

std::string etag_of(const Request& request, std::uint64_t revision, domain::Instant now) {
  // Length-prefixed, so that no two different ones run together.
  std::string text;
  const auto add = [&](std::string_view part) {
    text.append(std::to_string(part.size())).append(":").append(part);
  };
  add(std::to_string(revision));
  add(domain::to_week(now));
  add(domain::to_text(request.principal.role));
  add(request.principal.account);
  add(request.principal.account_id);
  add(std::to_string(static_cast<int>(request.principal.standing)));
  add(request.target);
  constexpr std::size_t enough = 16;
  return "W/\"" + crypto::to_hex(crypto::sha256(text).substr(0, enough)) + '"';
}

bool names_etag(const Request& request, std::string_view etag) {
  return any_member(request.find_header("If-None-Match"),
                    [&](std::string_view member) { return opaque(member) == opaque(etag); });
}

bool names_any_etag(const Request& request) {
  return any_member(request.find_header("If-None-Match"),
                    [](std::string_view member) { return member == "*"; });
}

}  // namespace hss::api
