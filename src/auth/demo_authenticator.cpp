#include "auth/demo_authenticator.h"

#include <array>
#include <chrono>
#include <utility>

#include "domain/validation/text.h"

namespace hss::auth {
namespace {

constexpr int session_seconds = 8 * 60 * 60;

std::string random_key(const domain::RandomBytes& random) {
  std::array<std::uint8_t, 32> bytes{};
  random(bytes);
  return {bytes.begin(), bytes.end()};
}

std::int64_t seconds(domain::Instant instant) {
  return std::chrono::duration_cast<std::chrono::seconds>(instant.time_since_epoch()).count();
}

/// Guesses the role from the e-mail as the reference does.
domain::Role infer_role(std::string_view email) {
  if (email.starts_with("admin") || email.ends_with("@hss-admin.co.za")) return domain::Role::admin;
  if (email.starts_with("staff") || email.ends_with("@hss-ops.co.za")) return domain::Role::staff;
  return domain::Role::customer;
}

}  // namespace

DemoAuthenticator::DemoAuthenticator(domain::Clock now, domain::RandomBytes random)
    : now_(std::move(now)), random_(std::move(random)), signer_({random_key(random_)}) {}

domain::Principal DemoAuthenticator::authenticate(const Credentials& credentials,
                                                  const Context&) const {
  if (credentials.bearer_token) {
    if (const auto claims = signer_.verify(*credentials.bearer_token, seconds(now_()))) {
      return {.account = claims->subject, .role = claims->role};
    }
  }
  const std::string role = domain::to_lower(domain::trim(credentials.role.value_or("")));
  return {.account = "", .role = domain::find_role(role).value_or(domain::Role::customer)};
}

Ready<LoginResult> DemoAuthenticator::log_in(const Context&, const LoginForm& form) const {
  const domain::Role role = domain::find_role(domain::to_lower(domain::trim(form.requested_role)))
                                .value_or(infer_role(form.email));
  const std::int64_t now = seconds(now_());
  LoginResult result{.token = signer_.sign({.subject = form.email,
                                            .role = role,
                                            .id = domain::new_reference("", random_),
                                            .issued_at = now,
                                            .expires_at = now + session_seconds}),
                     .role = role,
                     .expires_in = session_seconds,
                     .trusted_device_token = ""};
  return [result = std::move(result)](domain::Tx&) { return result; };
}

}  // namespace hss::auth
