#include "auth/accounts.h"

#include <utility>
#include <vector>

#include "auth/login_limits.h"
#include "domain/error.h"

namespace hss::auth {
namespace {

using domain::Account;
using domain::Error;
using domain::ErrorCode;
using domain::PasswordFit;
using domain::Tx;

Error wrong_login() {
  return {ErrorCode::unauthorized, "The e-mail or the password is not right"};
}

Error bad_link() {
  return {ErrorCode::unauthorized,
          "This link has been used or has expired; ask for a new one",
          {"link_token holds no longer"}};
}

void require_good_password(const std::string& password, const Account& account) {
  domain::ValidationErrors errors;
  domain::required_new_password(password, {.name = account.name, .email = account.email}, errors);
  errors.throw_if_any("The password will not do");
}

Link link_of(const Secret& secret, std::string expires_at) {
  return {.path = "/welcome#" + secret.text, .expires_at = std::move(expires_at)};
}

/// The counters of one login: each login counts in `all`, and only a wrong one also in `wrong`.
struct LoginTries {
  std::vector<Attempt> wrong, all;

  std::vector<Attempt> together() const {
    std::vector<Attempt> rate_limiter = all;
    rate_limiter.insert(rate_limiter.end(), wrong.begin(), wrong.end());
    return rate_limiter;
  }
};

/// `account_id` is empty if no account has the e-mail.
LoginTries tries_from(const std::string& network, const std::string& account_id,
                      const RateLimiter& rate_limiter) {
  using enum Attempt::Name;
  namespace limits = login_limits;
  const Attempt from_address{.name = "login from " + network, .limit = limits::wrong_from_address};
  if (account_id.empty()) return {.wrong = {from_address}, .all = {}};
  const std::string both = network + " to " + account_id;
  const Attempt first{.name = "first login from " + both,
                      .limit = limits::first_from_address_to_account,
                      .from = of_client};
  LoginTries tries{.wrong = {{.name = "login from " + both,
                              .limit = limits::wrong_from_address_to_account,
                              .from = of_client}},
                   .all = {{.name = "any login from " + both,
                            .limit = limits::all_from_address_to_account,
                            .from = of_client}}};
  if (!rate_limiter.has_counted(first, limits::first_from_address_to_account.burst)) {
    tries.wrong.push_back(first);
  } else {
    tries.wrong.push_back(from_address);
    tries.wrong.push_back(
        {.name = "login to " + account_id, .limit = limits::wrong_to_account, .from = of_client});
  }
  return tries;
}

Attempt any_of(const std::string& account_id) {
  return {.name = "any password of " + account_id, .limit = login_limits::all_of_account};
}

LoginTries tries_with_trusted_device(const std::string& trusted_device_hash,
                                     const std::string& account_id) {
  return {.wrong = {{.name = "login with mark " + trusted_device_hash,
                     .limit = login_limits::wrong_with_trusted_device}},
          .all = {any_of(account_id)}};
}

}  // namespace

Accounts::Accounts(domain::Store& store, const domain::AccountService& service,
                   domain::PasswordHashing hashing, const TokenSigner& signer, domain::Clock now,
                   domain::RandomBytes random, int instances)
    : sign_in_(store, service, std::move(hashing), signer, std::move(now), instances),
      random_(std::move(random)) {}

Accounts::TrustedDeviceToken Accounts::trusted_device_token_of(
    const std::optional<Account>& account, const std::string& given) const {
  if (account && !given.empty()) {
    Secret secret{.text = given, .hash = hash_of_secret(given)};
    const bool is_known = sign_in_.store().read([&](domain::Reader& reader) {
      return reader.accounts().has_trusted_device(account->id, secret.hash,
                                                  service().trusted_device_since());
    });
    if (is_known) return {.secret = std::move(secret), .is_known = true};
  }
  return new_trusted_device_token();
}

Accounts::TrustedDeviceToken Accounts::new_trusted_device_token() const {
  return {.secret = new_secret(random_)};
}

domain::Session Accounts::open_session(Tx& tx, const std::string& account_id,
                                       const TrustedDeviceToken& trusted_device) const {
  service().put_trusted_device(tx, account_id, trusted_device.secret.hash);
  return service().open_session(tx, account_id);
}

LoginResult Accounts::answer_of(const domain::Session& session, domain::Role role,
                                const TrustedDeviceToken& trusted_device) const {
  LoginResult answer = sign_in_.token_of(session, role);
  answer.trusted_device_token = trusted_device.secret.text;
  return answer;
}

/// Returns none if the e-mail or the password is wrong.
std::optional<Ready<LoginResult>> Accounts::find_session(const Context& context,
                                                         const PasswordLogin& login) {
  const auto account = sign_in_.store().read(
      [&](domain::Reader& reader) { return reader.accounts().find_by_email(login.email); });
  const TrustedDeviceToken trusted_device =
      trusted_device_token_of(account, login.trusted_device_token);
  const std::string network = network_of(context.client_address);
  const std::string id = account ? account->id : "";
  const auto slot = trusted_device.is_known
                        ? sign_in_.hash_limiter().take(HashLimiter::Pool::known, id)
                        : sign_in_.hash_limiter().take(HashLimiter::Pool::anybody, network, id);
  const LoginTries tries = trusted_device.is_known
                               ? tries_with_trusted_device(trusted_device.secret.hash, id)
                               : tries_from(network, id, sign_in_.rate_limiter());
  sign_in_.rate_limiter().count(tries.together());

  const PasswordFit fit =
      sign_in_.check(context, login.password, account ? account->password_hash : "");
  if (!account || !account->enabled || fit == PasswordFit::wrong) return std::nullopt;
  const std::string new_hash = fit == PasswordFit::right_but_outdated
                                   ? sign_in_.hash(context, login.password)
                                   : account->password_hash;
  sign_in_.rate_limiter().forgive(tries.wrong);
  return [this, trusted_device, new_hash, before = *account](Tx& tx) {
    Account now = tx.accounts().get(before.id);
    // The account may have been disabled, or its password changed, meanwhile.
    if (!now.enabled || now.password_hash != before.password_hash) throw wrong_login();
    if (now.password_hash != new_hash) {
      now.password_hash = new_hash;
      tx.accounts().update(now);
    }
    return answer_of(open_session(tx, now.id, trusted_device), now.role, trusted_device);
  };
}

Ready<LoginResult> Accounts::log_in(const Context& context, const PasswordLogin& login) {
  if (auto session = find_session(context, login)) return *std::move(session);
  throw wrong_login();
}

HashLimiter::Slot Accounts::take_slot_to_register(const std::string& network,
                                                  const std::string& email) {
  const Attempt registration{.name = "registration from " + network,
                             .limit = login_limits::registrations_from_address};
  if (!sign_in_.rate_limiter().has_counted(registration, registration.limit.burst)) {
    sign_in_.rate_limiter().count(registration);
    return sign_in_.hash_limiter().take(HashLimiter::Pool::anybody, network, email);
  }
  return sign_in_.hash_limiter().take(HashLimiter::Pool::crowded, network, email);
}

Ready<LoginResult> Accounts::add_customer(const Context& context, const domain::NewAccount& person,
                                          const PasswordLogin& login) {
  const bool is_taken = sign_in_.store().read([&](domain::Reader& reader) {
    return reader.accounts().find_by_email(person.email).has_value();
  });
  if (is_taken) {
    if (auto session = find_session(context, login)) return *std::move(session);
    throw Error(ErrorCode::conflict,
                "There is an account with this e-mail already; sign in instead, or ask us for a "
                "new password");
  }
  const auto slot = take_slot_to_register(network_of(context.client_address), person.email);
  const std::string password_hash = sign_in_.hash(context, login.password);
  const TrustedDeviceToken trusted_device = new_trusted_device_token();
  return [this, person, password_hash, trusted_device,
          caller = domain::caller_of(person, context.request_id)](Tx& tx) {
    const Account account = service().add(tx, person, password_hash, caller);
    return answer_of(open_session(tx, account.id, trusted_device), person.role, trusted_device);
  };
}

/// Returns the caller's account if the password is right. Other requests were served meanwhile.
Account Accounts::require_password(const Context& context, const std::string& password,
                                   const char* member) {
  const std::string& id = context.principal.account_id;
  const LoginTries tries{
      .wrong = {{.name = "password of " + id, .limit = login_limits::wrong_in_session}},
      .all = {any_of(id)}};
  sign_in_.rate_limiter().count(tries.together());
  const Account account =
      sign_in_.store().read([&](domain::Reader& reader) { return reader.accounts().get(id); });
  if (sign_in_.check(context, password, account.password_hash) == PasswordFit::wrong) {
    throw wrong_password(member);
  }
  sign_in_.rate_limiter().forgive(tries.wrong);
  return account;
}

Ready<LoginResult> Accounts::change_password(const Context& context, const std::string& current,
                                             const std::string& fresh) {
  const auto slot =
      sign_in_.hash_limiter().take(HashLimiter::Pool::known, context.principal.account_id);
  const Account account = require_password(context, current, "current_password");
  require_good_password(fresh, account);
  return [this, caller = context.caller(), account, fresh_hash = sign_in_.hash(context, fresh),
          trusted_device = new_trusted_device_token()](Tx& tx) {
    service().set_password(tx, account.id, fresh_hash, caller);
    return answer_of(open_session(tx, account.id, trusted_device), account.role, trusted_device);
  };
}

Ready<Account> Accounts::change_pin(const Context& context, const std::string& password,
                                    const std::string& pin) {
  const auto slot =
      sign_in_.hash_limiter().take(HashLimiter::Pool::known, context.principal.account_id);
  const Account account = require_password(context, password, "password");
  return [this, caller = context.caller(), account,
          pin_hash = pin.empty() ? "" : sign_in_.hash(context, pin)](Tx& tx) {
    return service().set_pin(tx, account.id, pin_hash, caller);
  };
}

Ready<LoginResult> Accounts::use_link(const Context& context, const LinkUse& use) {
  const std::string token_hash = hash_of_secret(use.secret);
  // Finds the account of a valid link; runs again when the link is used up.
  const auto find_owner = [this, token_hash](domain::Reader& reader) -> std::optional<Account> {
    const auto link = reader.accounts().find_link(token_hash);
    if (!link || link->expires_at <= sign_in_.now()) throw bad_link();
    if (!link->account_id) {
      if (reader.accounts().has_administrator()) throw bad_link();
      return std::nullopt;
    }
    auto account = reader.accounts().find(*link->account_id);
    if (!account || !account->enabled) throw bad_link();
    return account;
  };
  const auto owner = sign_in_.store().read(find_owner);
  // A valid link is no guess, so it counts as a separate caller.
  const auto slot = sign_in_.hash_limiter().take(HashLimiter::Pool::anybody,
                                                 network_of(context.client_address), token_hash);
  domain::NewAccount person;
  if (owner) {
    require_good_password(use.password, *owner);
  } else {
    domain::ValidationErrors errors;
    person = domain::check_person(use.name, use.email, errors);
    person.role = domain::Role::admin;
    domain::required_new_password(use.password, person, errors);
    errors.throw_if_any("The administrator has faults");
  }
  const std::string password_hash = sign_in_.hash(context, use.password);
  const TrustedDeviceToken trusted_device = new_trusted_device_token();
  return [=, this, request_id = context.request_id](Tx& tx) {
    const auto account = find_owner(tx);
    tx.accounts().delete_link(token_hash, sign_in_.now());
    if (!account) {
      const Account first =
          service().add(tx, person, password_hash, domain::caller_of(person, request_id));
      return answer_of(open_session(tx, first.id, trusted_device), first.role, trusted_device);
    }
    const auto caller = domain::caller_of(*account, request_id);
    service().set_password(tx, account->id, password_hash, caller);
    // A person who needs a link may have lost more than the password.
    if (!account->pin_hash.empty()) service().set_pin(tx, account->id, "", caller);
    return answer_of(open_session(tx, account->id, trusted_device), account->role, trusted_device);
  };
}

Ready<Link> Accounts::make_link(const Context& context, const std::string& account_id) {
  return [this, caller = context.caller(), account_id, secret = new_secret(random_)](Tx& tx) {
    return link_of(secret, service().make_link(tx, account_id, secret.hash, caller));
  };
}

Ready<std::pair<Account, Link>> Accounts::add_account(const Context& context,
                                                      const domain::NewAccount& person) {
  return [this, caller = context.caller(), person, secret = new_secret(random_)](Tx& tx) {
    const Account account = service().add(tx, person, "", caller);
    return std::pair(account,
                     link_of(secret, service().make_link(tx, account.id, secret.hash, caller)));
  };
}

Ready<std::pair<Account, std::optional<Link>>> Accounts::change_account(
    const Context& context, const std::string& account_id, const domain::AccountChange& change) {
  return
      [this, caller = context.caller(), account_id, change, secret = new_secret(random_)](Tx& tx) {
        const domain::Role before = tx.accounts().get(account_id).role;
        const Account account = service().change(tx, account_id, change, caller);
        std::optional<Link> link;
        if (account.role > before && account.enabled) {
          link = link_of(secret, service().make_link(tx, account.id, secret.hash, caller));
        }
        return std::pair(account, link);
      };
}

}  // namespace hss::auth
