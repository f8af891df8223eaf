#pragma once

#include "auth/authenticator.h"
#include "auth/token.h"
#include "domain/clock.h"
#include "domain/reference.h"

namespace hss::auth {

/// Demo mode: the X-HSS-Role header sets the role, and no password is asked (API.md, "Roles in demo
/// mode"). A token that this server has issued since its start wins over the header; any other
/// token is ignored, as a browser may still have an old one.
class DemoAuthenticator final : public Authenticator {
 public:
  DemoAuthenticator(domain::Clock now, domain::RandomBytes random);

  domain::Principal authenticate(const Credentials& credentials,
                                 const Context& context) const override;
  bool holds(domain::Reader&, const domain::Principal&) const override { return true; }
  Ready<LoginResult> log_in(const Context& context, const LoginForm& form) const override;

 private:
  domain::Clock now_;
  domain::RandomBytes random_;
  TokenSigner signer_;
};

}  // namespace hss::auth
