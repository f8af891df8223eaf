#include "api/http/etag.h"

#include <array>

#include "api/http/header_list.h"
#include "crypto/digest.h"
#include "domain/error.h"

namespace hss::api {
namespace {

std::string_view opaque(std::string_view etag) {
  return etag.starts_with("W/") ? etag.substr(2) : etag;
}

/// Removes the suffix that a compressing proxy adds to a tag, inside or after the quotes; the
/// closing quote goes with it.
std::string_view without_coding(std::string_view tag) {
  constexpr std::array<std::string_view, 5> added{"-gzip", "-br", "-zstd", "-deflate", ";gzip"};
  const auto remove_end = [&tag](std::string_view end) {
    if (tag.ends_with(end)) tag.remove_suffix(end.size());
  };
  for (const std::string_view coding : added) remove_end(coding);
  remove_end("\"");
  for (const std::string_view coding : added) remove_end(coding);
  // Jetty's suffix begins with two hyphens.
  remove_end("-");
  return tag;
}

bool is_same(std::string_view member, std::string_view etag) {
  return member == etag || without_coding(member) == etag.substr(0, etag.size() - 1);
}

}  // namespace

std::string etag_of(const Request& request, std::uint64_t revision, std::string_view version,
                    std::string_view period) {
  // Lengths go first, so that different requests never give the same text.
  std::string text;
  const auto add = [&](std::string_view part) {
    text.append(std::to_string(part.size())).append(":").append(part);
  };
  add(std::to_string(revision));
  add(version);
  add(period);
  add(domain::to_text(request.principal.role));
  add(request.principal.account);
  add(request.principal.account_id);
  add(std::to_string(static_cast<int>(request.principal.auth_method)));
  add(request.target);
  return etag_of_content(text);
}

std::string etag_of_content(std::string_view content) {
  constexpr std::size_t enough = 16;
  return "W/\"" + crypto::to_hex(crypto::sha256(content).substr(0, enough)) + '"';
}

Response tag(Response response, const Request& request, std::string_view etag) {
  if (names_etag(request, etag) || names_any_etag(request)) response = {.status = 304};
  response.set("ETag", std::string(etag));
  response.set("Cache-Control", "private, no-cache");
  response.add_vary("Authorization, X-HSS-Role");
  if (response.status == 304) response.add_vary("Accept-Encoding");
  return response;
}

void require_match(const Request& request, std::string_view etag) {
  const std::string* header = request.find_header("If-Match");
  const bool matches = header == nullptr || any_member(header, [&](std::string_view member) {
                         return member == "*" || is_same(opaque(member), opaque(etag));
                       });
  if (matches) return;
  throw domain::Error(domain::ErrorCode::precondition_failed,
                      "It has changed meanwhile; load it again before you change it");
}

bool names_etag(const Request& request, std::string_view etag) {
  return any_member(request.find_header("If-None-Match"),
                    [&](std::string_view member) { return is_same(opaque(member), opaque(etag)); });
}

bool names_any_etag(const Request& request) {
  return any_member(request.find_header("If-None-Match"),
                    [](std::string_view member) { return member == "*"; });
}

}  // namespace hss::api
