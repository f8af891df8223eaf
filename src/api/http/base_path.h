#pragma once

#include <string>
#include <string_view>

#include "api/http/request.h"
#include "api/http/response.h"

namespace hss::api {

/// The path under which a proxy publishes the server: `/hss`, or empty. Requests arrive with it or
/// without it, depending on the proxy; the server's own links always have it.
class BasePath {
 public:
  BasePath() = default;
  /// `/` means no base path; one slash at the end is ignored. Throws Error{validation_error} unless
  /// it is a path of letters, digits, `-`, `.`, `_` and `~`.
  explicit BasePath(std::string_view path);

  const std::string& text() const { return text_; }

  /// Removes the base path from the request's path if it is there. The target stays as it was sent.
  void remove_from(Request& request) const;
  /// Adds the base path to the addresses in Location and Link.
  void add_to(Response& response) const;
  /// Returns the text with the base path before every quoted path. For HTML and JSON.
  std::string add_to_quoted(std::string_view text) const;

 private:
  std::string text_;
};

}  // namespace hss::api
