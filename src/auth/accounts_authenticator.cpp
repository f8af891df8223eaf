#include "auth/accounts_authenticator.h"

#include <chrono>
#include <utility>

#include "domain/validation/form_text.h"

namespace hss::auth {
namespace {

const domain::Principal nobody{.account = "", .auth_method = domain::AuthMethod::nobody};

domain::AuthMethod auth_method_of(const domain::Session& session) {
  if (session.is_kiosk) return domain::AuthMethod::kiosk;
  return session.kiosk_session_id.empty() ? domain::AuthMethod::by_account
                                          : domain::AuthMethod::on_kiosk;
}

}  // namespace

AccountsAuthenticator::AccountsAuthenticator(domain::Store& store, Accounts& accounts,
                                             const TokenSigner& signer, TokenKeyLoader* keys,
                                             domain::Clock now)
    : store_(store), accounts_(accounts), signer_(signer), keys_(keys), now_(std::move(now)) {}

Ready<LoginResult> AccountsAuthenticator::log_in(const Context& context,
                                                 const LoginForm& form) const {
  domain::ValidationErrors errors;
  const std::string password = domain::required_secret("password", form.password, errors);
  errors.throw_if_any("The login has faults");
  return accounts_.log_in(context, {.email = form.email,
                                    .password = password,
                                    .trusted_device_token = form.trusted_device_token});
}

std::optional<domain::SignedIn> AccountsAuthenticator::find_current(
    domain::Reader& reader, std::string_view session_id) const {
  auto found = reader.sessions().find(session_id);
  if (!found || !found->account.enabled ||
      found->session.expires_at <= domain::to_rfc3339(now_())) {
    return std::nullopt;
  }
  const bool is_shared = found->session.is_kiosk || !found->session.kiosk_session_id.empty();
  if (is_shared && found->account.role == domain::Role::customer) return std::nullopt;
  return found;
}

bool AccountsAuthenticator::holds(domain::Reader& reader,
                                  const domain::Principal& principal) const {
  const auto found = find_current(reader, principal.session_id);
  return found && found->account.id == principal.account_id &&
         found->account.role == principal.role;
}

std::optional<Claims> AccountsAuthenticator::verify(
    std::string_view token, const std::function<void()>& before_wait) const {
  const domain::Instant now = now_();
  if (keys_ != nullptr) return keys_->verify(token, now, before_wait);
  return signer_.verify(
      token, std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count());
}

domain::Principal AccountsAuthenticator::authenticate(
    const Credentials& credentials, const std::function<void()>& before_wait) const {
  if (!credentials.bearer_token) return nobody;
  const auto claims = verify(*credentials.bearer_token, before_wait);
  if (!claims) return nobody;
  const auto found =
      store_.read([&](domain::Reader& reader) { return find_current(reader, claims->id); });
  if (!found || found->account.id != claims->subject) return nobody;
  const domain::AccountService& service = accounts_.service();
  if (service.is_due_for_extension(found->session)) {
    before_wait();
    store_.transact(
        [&](domain::Tx& tx) { tx.sessions().extend(claims->id, service.unlocked_until()); });
  }
  return {.account = found->account.email,
          .role = found->account.role,
          .account_id = found->account.id,
          .session_id = found->session.id,
          .auth_method = auth_method_of(found->session)};
}

}  // namespace hss::auth
