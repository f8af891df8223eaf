#include "auth/sign_in.h"

#include <chrono>
#include <utility>

namespace hss::auth {

SignIn::SignIn(domain::Store& store, const domain::AccountService& service,
               domain::PasswordHashing hashing, const TokenSigner& signer, domain::Clock now,
               int instances)
    : store_(store),
      service_(service),
      hashing_(std::move(hashing)),
      signer_(signer),
      now_(std::move(now)),
      rate_limiter_(now_, RateLimiter::max_counters, instances) {}

domain::PasswordFit SignIn::check(const Context& context, const std::string& secret,
                                  const std::string& hash) const {
  context.before_wait();
  return hashing_.check(secret, hash);
}

std::string SignIn::hash(const Context& context, const std::string& secret) const {
  context.before_wait();
  return hashing_.hash(secret);
}

LoginResult SignIn::token_of(const domain::Session& session, domain::Role role) const {
  const auto in_seconds = [](domain::Instant instant) {
    return std::chrono::duration_cast<std::chrono::seconds>(instant.time_since_epoch()).count();
  };
  const domain::Instant opened = domain::from_rfc3339(session.created_at);
  const domain::Instant expires = domain::from_rfc3339(session.expires_at);
  // Use extends the session of an unlocked kiosk, but not its token.
  const domain::Instant latest =
      session.kiosk_session_id.empty() ? expires : opened + domain::own_session_lasts;
  return {.token = signer_.sign({.subject = session.account_id,
                                 .role = role,
                                 .id = session.id,
                                 .issued_at = in_seconds(opened),
                                 .expires_at = in_seconds(latest)}),
          .role = role,
          .expires_in = static_cast<int>(in_seconds(expires) - in_seconds(opened)),
          .trusted_device_token = ""};
}

domain::Error wrong_password(const char* member) {
  return {domain::ErrorCode::unauthorized,
          "The password is not right",
          {std::string(member) + " is not right"}};
}

}  // namespace hss::auth
