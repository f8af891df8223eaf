#include "api/http/base_path.h"

#include <algorithm>

#include "domain/error.h"

namespace hss::api {
namespace {

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-._~/").find(c) != std::string_view::npos;
}

bool is_base_path(std::string_view path) {
  return path.starts_with('/') && !path.ends_with('/') &&
         std::all_of(path.begin(), path.end(), is_plain) && path.find("//") == path.npos &&
         (std::string(path) + '/').find("/../") == path.npos &&
         (std::string(path) + '/').find("/./") == path.npos;
}

}  // namespace

BasePath::BasePath(std::string_view path) : text_(path) {
  if (text_.ends_with('/')) text_.pop_back();
  if (text_.empty() || is_base_path(text_)) return;
  throw domain::Error(domain::ErrorCode::validation_error,
                      std::string(path) + " is no path to serve under; write it as /hss");
}

void BasePath::remove_from(Request& request) const {
  if (text_.empty() || !request.path.starts_with(text_)) return;
  const std::string_view rest = std::string_view(request.path).substr(text_.size());
  if (!rest.empty() && !rest.starts_with('/')) return;
  const auto count = std::count(text_.begin(), text_.end(), '/');
  // A segment may itself contain an encoded slash; that is a different path.
  if (static_cast<std::ptrdiff_t>(request.segments.size()) < count) return;
  request.segments.erase(request.segments.begin(), request.segments.begin() + count);
  if (request.segments.empty()) request.segments.emplace_back();
  request.path = rest.empty() ? "/" : std::string(rest);
}

void BasePath::add_to(Response& response) const {
  if (text_.empty()) return;
  for (auto& [name, value] : response.headers) {
    if (name == "Location" && value.starts_with('/')) value.insert(0, text_);
    if (name == "Link" && value.starts_with("</")) value.insert(1, text_);
  }
}

std::string BasePath::add_to_quoted(std::string_view text) const {
  constexpr std::string_view path_begins = "\"/";
  std::string whole;
  for (;;) {
    const auto at = text.find(path_begins);
    whole += text.substr(0, at);
    if (at == text.npos) return whole;
    whole.append("\"").append(text_).append("/");
    text.remove_prefix(at + path_begins.size());
  }
}

}  // namespace hss::api
