#include "auth/kiosks.h"

#include <chrono>
#include <optional>
#include <vector>

#include "auth/login_limits.h"
#include "domain/error.h"

namespace hss::auth {
namespace {

using domain::Account;
using domain::Error;
using domain::ErrorCode;
using domain::Tx;
using Kind = Kiosks::Credential::Kind;

Error wrong(Kind kind) {
  if (kind == Kind::password) return wrong_password("password");
  return {ErrorCode::unauthorized, "The PIN is not right", {"pin is not right"}};
}

/// The hash of the account's credential; empty if it may not unlock a kiosk with that.
std::string hash_for(const std::optional<Account>& account, Kind kind) {
  if (!account || !account->enabled || account->role == domain::Role::customer) return "";
  return kind == Kind::pin ? account->pin_hash : account->password_hash;
}

std::vector<Attempt> tries_of(const std::string& kiosk, const std::string& account_id, Kind kind) {
  std::vector<Attempt> tries{{.name = "on screen " + kiosk, .limit = login_limits::wrong_on_kiosk}};
  if (kind == Kind::password) {
    tries.push_back({.name = "on screen " + kiosk + " to " + account_id,
                     .limit = login_limits::wrong_password_on_kiosk,
                     .from = Attempt::Name::of_client});
  }
  return tries;
}

}  // namespace

LoginResult Kiosks::open(Tx& tx, const domain::Caller& caller, const std::string& name) {
  return sign_in_.token_of(sign_in_.service().open_kiosk(tx, name, caller), caller.principal.role);
}

Ready<LoginResult> Kiosks::unlock(const Context& context, const std::string& account_id,
                                  const Credential& credential) {
  const std::string& kiosk = context.principal.session_id;
  const domain::AccountService& service = sign_in_.service();
  const Kind kind = credential.kind;
  const auto slot = sign_in_.hash_limiter().take(HashLimiter::Pool::kiosks, kiosk);
  const auto tries = tries_of(kiosk, account_id, kind);
  sign_in_.rate_limiter().count(tries);
  std::chrono::seconds lock{0};
  const auto account = sign_in_.transact(context, [&](Tx& tx) {
    auto found = tx.accounts().find(account_id);
    lock = kind == Kind::pin && !hash_for(found, kind).empty()
               ? service.begin_pin_try(tx, account_id, kiosk)
               : std::chrono::seconds(0);
    return found;
  });
  const std::string hash = hash_for(account, kind);
  if (sign_in_.check(context, credential.text, hash) == domain::PasswordFit::wrong) {
    if (lock.count() > 0) {
      sign_in_.transact(context, [&](Tx& tx) {
        service.record_pin_lock(tx, account_id, kiosk, context.caller());
      });
    }
    throw wrong(kind);
  }
  sign_in_.rate_limiter().forgive(tries);
  return [this, account_id, kiosk, kind, hash](Tx& tx) {
    const auto now = tx.accounts().find(account_id);
    // The account may have been disabled, or its credential changed, meanwhile.
    if (hash_for(now, kind) != hash) throw wrong(kind);
    return sign_in_.token_of(sign_in_.service().unlock_kiosk(tx, account_id, kiosk), now->role);
  };
}

}  // namespace hss::auth
