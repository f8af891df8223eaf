#include "auth/authenticator.h"

#include "domain/validation/text.h"

namespace hss::api {

std::optional<std::string_view> find_bearer_token(const Request& request) {
  constexpr std::string_view scheme = "bearer ";
  const std::string* credentials = request.find_header("Authorization");
  if (credentials == nullptr) return std::nullopt;
  const std::string_view text = *credentials;
  if (domain::to_lower(text.substr(0, scheme.size())) != scheme) return std::nullopt;
  return text.substr(scheme.size());
}

}  // namespace hss::api
