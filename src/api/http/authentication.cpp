#include "api/http/authentication.h"

#include "domain/error.h"
#include "domain/validation/text.h"

namespace hss::api {
namespace {

std::optional<std::string_view> find_bearer_token(const Request& request) {
  constexpr std::string_view scheme = "bearer ";
  const std::string* header = request.find_header("Authorization");
  if (header == nullptr) return std::nullopt;
  const std::string_view text = *header;
  if (domain::to_lower(text.substr(0, scheme.size())) != scheme) return std::nullopt;
  return text.substr(scheme.size());
}

auth::Credentials credentials_of(const Request& request) {
  auth::Credentials credentials{.bearer_token = find_bearer_token(request), .role = {}};
  if (const std::string* role = request.find_header("X-HSS-Role")) credentials.role = *role;
  return credentials;
}

}  // namespace

domain::Principal authenticate(const Route& route, const Request& request,
                               const Services& services) {
  const std::string* ticket =
      route.credential == CredentialSource::by_ticket_too ? request.find_query("ticket") : nullptr;
  if (ticket == nullptr) {
    return services.authenticator.authenticate(credentials_of(request), request.before_wait);
  }
  request.before_wait();
  const auto holder = services.tickets->take(*ticket);
  const bool holds = holder && services.store.read([&](domain::Reader& reader) {
    return services.authenticator.holds(reader, *holder);
  });
  if (!holds) {
    throw domain::Error(domain::ErrorCode::unauthorized,
                        "This ticket was used or has expired; ask for a new one");
  }
  return *holder;
}

}  // namespace hss::api
