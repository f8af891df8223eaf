#include "api/http/access.h"

#include <algorithm>
#include <string>

#include "domain/error.h"

namespace hss::api {
namespace {

using domain::Error;
using domain::ErrorCode;

void require_role(const std::vector<domain::Role>& roles, domain::Role role) {
  if (std::find(roles.begin(), roles.end(), role) != roles.end()) return;
  std::string names;
  for (const auto one : roles) {
    names += (names.empty() ? "'" : ", '") + std::string(domain::to_text(one)) + "'";
  }
  throw Error(ErrorCode::forbidden, "Your role may not do this",
              {"required_roles=[" + names + "]"});
}

}  // namespace

void require_access(const Access& access, const domain::Principal& principal) {
  using domain::AuthMethod;
  using Audience = AccessPolicy::Audience;
  const AccessPolicy& who =
      principal.auth_method == AuthMethod::by_role ? access.demo : access.accounts;
  if (who.audience == Audience::closed) {
    throw Error(ErrorCode::conflict, "This server is in demo mode, where there are no accounts");
  }
  if (who.audience == Audience::open) return;
  if (!principal.is_authenticated()) {
    throw Error(ErrorCode::unauthorized, "You are not signed in, or no longer; please sign in");
  }
  const bool is_kiosk = principal.auth_method == AuthMethod::kiosk;
  if (is_kiosk && (who.audience == Audience::people || who.audience == Audience::own_browser)) {
    throw Error(ErrorCode::forbidden, "This screen is locked; unlock it first");
  }
  if (!is_kiosk && who.audience == Audience::kiosks) {
    throw Error(ErrorCode::forbidden, "This is for a shared screen's own token");
  }
  if (!is_kiosk) require_role(who.roles, principal.role);
  if (who.audience == Audience::own_browser && principal.auth_method == AuthMethod::on_kiosk) {
    throw Error(ErrorCode::forbidden,
                "This is not possible on a shared screen; sign in with your password in a browser "
                "of your own");
  }
}

}  // namespace hss::api
