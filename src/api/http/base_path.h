#pragma once

#include <string>
#include <string_view>

#include "api/http/request.h"
#include "api/http/response.h"

namespace hss::api {

/// The path under which a proxy shows the server: `/hss`, or empty. Requests come with it or
/// without, as proxies have it; what the server writes always has it.
class BasePath {
 public:
  BasePath() = default;
  /// `/` is none; one slash at the end means nothing. Throws Error{validation_error} for what is no
  /// path of letters, digits, `-`, `.`, `_` and `~`.
  explicit BasePath(std::string_view path);

  const std::string& text() const { return text_; }

  /// Takes it off the request's path, where it is there. The target stays as it was sent.
  void remove_from(Request& request) const;
  /// Adds it to the addresses in Location and Link.
  void add_to(Response& response) const;
  /// The text with it before every quoted path: of HTML, JSON.
  std::string add_to_quoted(std::string_view text) const;

 private:
  std::string text_;
};

}  // namespace hss::api
