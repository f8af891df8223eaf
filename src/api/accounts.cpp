#include "api/accounts.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "crypto/base64url.h"
#include "crypto/digest.h"
#include "domain/error.h"

namespace hss::api {
namespace {

using domain::Account;
using domain::Error;
using domain::ErrorCode;
using domain::PasswordFit;
using domain::Tx;
using std::chrono::seconds;

// An address may stand for a residence full of students.
constexpr AttemptLimit logins_from_address{.burst = 60, .interval = seconds(10)};
constexpr AttemptLimit logins_from_address_to_account{.burst = 5, .interval = seconds(60)};
/// Only for those who have been wrong before: whoever comes anew with the right password gets in,
/// however many others are trying.
constexpr AttemptLimit logins_to_account{.burst = 100, .interval = seconds(3)};
constexpr int tries_of_a_newcomer = 3;
constexpr AttemptLimit registrations_from_address{.burst = 10, .interval = seconds(360)};
constexpr AttemptLimit passwords_of_session{.burst = 5, .interval = seconds(60)};
constexpr AttemptLimit links_from_address{.burst = 20, .interval = seconds(15)};
constexpr AttemptLimit pins_on_device{.burst = 30, .interval = seconds(4)};

Error wrong_login() {
  return {ErrorCode::unauthorized, "The e-mail or the password is not right"};
}

Error wrong_password(const char* member) {
  return {ErrorCode::unauthorized,
          "The password is not right",
          {std::string(member) + " is not right"}};
}

Error wrong_pin() {
  return {ErrorCode::unauthorized, "The PIN is not right", {"pin is not right"}};
}

Error bad_link() {
  return {ErrorCode::unauthorized,
          "This link has been used or has expired; ask for a new one",
          {"link_token holds no longer"}};
}

Error signed_out() {
  return {ErrorCode::unauthorized, "You are signed out; please sign in"};
}

void require_good_password(const std::string& password, const Account& account) {
  domain::Faults faults;
  domain::required_new_password(password, {.name = account.name, .email = account.email}, faults);
  faults.throw_if_any("The password will not do");
}

/// A screen that others use as well is no place for what only its owner may do.
void require_own_browser(domain::AccountReader& reader, const Request& request) {
  const auto found = reader.find_session(request.principal.session_id);
  if (!found) throw signed_out();
  if (found->session.device_session_id.empty()) return;
  throw Error(ErrorCode::forbidden,
              "This is not possible on a shared screen; sign in with your password elsewhere");
}

}  // namespace

LinkSecret new_link_secret(const domain::RandomBytes& random) {
  std::array<std::uint8_t, 32> bytes{};
  random(bytes);
  const std::string text =
      crypto::to_base64url({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  return {.text = text, .hash = crypto::to_hex(crypto::sha256(text))};
}

/// Held by a request that is going to hash. A flood of them must leave workers for everybody else:
/// one too many is refused at once. Throws Error{rate_limited}.
class Accounts::Turn {
 public:
  explicit Turn(Accounts& accounts) : hashing_now_(accounts.hashing_now_) {
    if (++hashing_now_ <= most_at_once) return;
    --hashing_now_;
    throw Error::rate_limited("Too many people are signing in at once; please try again",
                              seconds(2));
  }
  ~Turn() { --hashing_now_; }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  static constexpr int most_at_once = 24;

  std::atomic<int>& hashing_now_;
};

Accounts::Accounts(domain::Store& store, const domain::AccountService& service,
                   domain::PasswordHashing hashing, const TokenSigner& signer, domain::Clock now,
                   domain::RandomBytes random)
    : store_(store),
      service_(service),
      hashing_(std::move(hashing)),
      signer_(signer),
      now_(std::move(now)),
      random_(std::move(random)),
      attempts_(now_) {}

bool Accounts::fits(const Request& request, const std::string& secret,
                    const std::string& hash) const {
  request.before_wait();
  return hashing_.check(secret, hash) != PasswordFit::wrong;
}

std::string Accounts::hash(const Request& request, const std::string& secret) const {
  request.before_wait();
  return hashing_.hash(secret);
}

template <class Work>
auto Accounts::transact(const Request& request, const Work& work) const {
  request.before_wait();
  return store_.transact(work);
}

Session Accounts::log_in(const Request& request, const std::string& email,
                         const std::string& password) {
  const Turn turn(*this);
  const std::string network = network_of(request.client_address);
  const std::string by_address = "login from " + network;
  const std::string by_account = "login to " + email;
  const std::string by_both = by_address + " to " + email;
  const bool is_newcomer =
      attempts_.trusts(by_both) ||
      !attempts_.has_counted(by_both, logins_from_address_to_account, tries_of_a_newcomer);
  attempts_.count(by_both, logins_from_address_to_account);
  attempts_.count(by_address, logins_from_address);
  if (!is_newcomer) attempts_.count(by_account, logins_to_account);

  const auto account =
      store_.read([&](domain::Reader& reader) { return reader.find_account_by_email(email); });
  request.before_wait();
  const PasswordFit fit = hashing_.check(password, account ? account->password_hash : "");
  if (!account || !account->enabled || fit == PasswordFit::wrong) throw wrong_login();

  const std::string new_hash =
      fit == PasswordFit::right_but_outdated ? hash(request, password) : account->password_hash;
  const auto session = transact(request, [&](Tx& tx) {
    Account now = domain::get_account(tx, account->id);
    // It may have been disabled, or got another password, meanwhile.
    if (!now.enabled || now.password_hash != account->password_hash) throw wrong_login();
    if (now.password_hash != new_hash) {
      now.password_hash = new_hash;
      tx.update_account(now);
    }
    return service_.open_session(tx, now.id);
  });
  attempts_.forgive(by_both, logins_from_address_to_account);
  attempts_.forgive(by_address, logins_from_address);
  if (!is_newcomer) attempts_.forgive(by_account, logins_to_account);
  attempts_.trust(by_both);
  return token_of(session, account->role);
}

Session Accounts::add_customer(const Request& request, const domain::NewAccount& person,
                               const std::string& password) {
  const Turn turn(*this);
  attempts_.count("registration from " + network_of(request.client_address),
                  registrations_from_address);
  const std::string password_hash = hash(request, password);
  const auto session = transact(request, [&](Tx& tx) {
    const Account account =
        service_.add(tx, person, password_hash, std::nullopt, request.request_id);
    return service_.open_session(tx, account.id);
  });
  return token_of(session, domain::Role::customer);
}

void Accounts::log_out(const Request& request) {
  transact(request, [&](Tx& tx) { tx.delete_session(request.principal.session_id); });
}

Account Accounts::require_password(const Request& request, const std::string& password,
                                   const char* member) {
  const std::string name = "password of " + request.principal.account_id;
  attempts_.count(name, passwords_of_session);
  const Account account = store_.read([&](domain::Reader& reader) {
    return domain::get_account(reader, request.principal.account_id);
  });
  if (!fits(request, password, account.password_hash)) throw wrong_password(member);
  attempts_.forgive(name, passwords_of_session);
  return account;
}

Session Accounts::change_password(const Request& request, const std::string& current,
                                  const std::string& fresh) {
  const Turn turn(*this);
  store_.read([&](domain::Reader& reader) { require_own_browser(reader, request); });
  const Account account = require_password(request, current, "current_password");
  require_good_password(fresh, account);
  const std::string fresh_hash = hash(request, fresh);
  const auto session = transact(request, [&](Tx& tx) {
    require_own_browser(tx, request);
    service_.set_password(tx, account.id, fresh_hash, request.caller());
    return service_.open_session(tx, account.id);
  });
  return token_of(session, account.role);
}

Account Accounts::change_pin(const Request& request, const std::string& password,
                             const std::string& pin) {
  const Turn turn(*this);
  store_.read([&](domain::Reader& reader) { require_own_browser(reader, request); });
  const Account account = require_password(request, password, "password");
  const std::string pin_hash = pin.empty() ? "" : hash(request, pin);
  return transact(request, [&](Tx& tx) {
    require_own_browser(tx, request);
    return service_.set_pin(tx, account.id, pin_hash, request.caller());
  });
}

Session Accounts::use_link(const Request& request, const LinkUse& use) {
  const Turn turn(*this);
  attempts_.count("link from " + network_of(request.client_address), links_from_address);
  const std::string token_hash = crypto::to_hex(crypto::sha256(use.secret));
  // Whom it is for, as far as it holds; asked again when it is used up.
  const auto find_owner = [&](domain::Reader& reader) -> std::optional<Account> {
    const auto link = reader.find_link(token_hash);
    if (!link || link->expires_at <= domain::to_rfc3339(now_())) throw bad_link();
    if (!link->account_id) {
      if (reader.has_administrator()) throw bad_link();
      return std::nullopt;
    }
    auto account = reader.find_account(*link->account_id);
    if (!account || !account->enabled) throw bad_link();
    return account;
  };
  const auto owner = store_.read(find_owner);
  domain::NewAccount person;
  if (owner) {
    require_good_password(use.password, *owner);
  } else {
    domain::Faults faults;
    person = domain::check_person(use.name, use.email, faults);
    person.role = domain::Role::admin;
    domain::required_new_password(use.password, person, faults);
    faults.throw_if_any("The administrator has faults");
  }
  const std::string password_hash = hash(request, use.password);
  const auto session = transact(request, [&](Tx& tx) {
    const auto account = find_owner(tx);
    static_cast<void>(tx.take_link(token_hash, domain::to_rfc3339(now_())));
    if (!account) {
      const Account first =
          service_.add(tx, person, password_hash, std::nullopt, request.request_id);
      return service_.open_session(tx, first.id);
    }
    service_.set_password(tx, account->id, password_hash,
                          domain::caller_of(*account, request.request_id));
    return service_.open_session(tx, account->id);
  });
  return token_of(session, owner ? owner->role : domain::Role::admin);
}

Link Accounts::make_link(const Request& request, const std::string& account_id) {
  const LinkSecret secret = new_link_secret(random_);
  const std::string expires_at = transact(request, [&](Tx& tx) {
    return service_.make_link(tx, account_id, secret.hash, request.caller());
  });
  return {.path = "/welcome#" + secret.text, .expires_at = expires_at};
}

std::pair<Account, Link> Accounts::add_account(const Request& request,
                                               const domain::NewAccount& person) {
  const LinkSecret secret = new_link_secret(random_);
  return transact(request, [&](Tx& tx) {
    const auto caller = request.caller();
    const Account account = service_.add(tx, person, "", caller, request.request_id);
    const std::string expires_at = service_.make_link(tx, account.id, secret.hash, caller);
    return std::pair(account, Link{.path = "/welcome#" + secret.text, .expires_at = expires_at});
  });
}

Session Accounts::open_device(const Request& request, const std::string& name) {
  const auto session = transact(request, [&](Tx& tx) {
    require_own_browser(tx, request);
    return service_.open_device(tx, request.principal.account_id, name);
  });
  return token_of(session, request.principal.role);
}

Session Accounts::unlock_device(const Request& request, const std::string& account_id,
                                const std::string& pin) {
  const Turn turn(*this);
  const std::string& device = request.principal.session_id;
  attempts_.count("PIN on " + device, pins_on_device);
  const auto may_unlock = [](const std::optional<Account>& account) {
    return account && account->enabled && account->role != domain::Role::customer &&
           !account->pin_hash.empty();
  };
  const auto account = transact(request, [&](Tx& tx) {
    auto found = tx.find_account(account_id);
    if (may_unlock(found)) service_.begin_pin_try(tx, account_id);
    return found;
  });
  const bool is_right =
      fits(request, pin, may_unlock(account) ? account->pin_hash : std::string()) &&
      may_unlock(account);
  if (!is_right) throw wrong_pin();
  const auto session = transact(request, [&](Tx& tx) {
    const auto now = tx.find_account(account_id);
    if (!tx.find_session(device)) throw signed_out();
    if (!may_unlock(now) || now->pin_hash != account->pin_hash) throw wrong_pin();
    return service_.unlock_device(tx, account_id, device);
  });
  attempts_.forgive("PIN on " + device, pins_on_device);
  return token_of(session, account->role);
}

Session Accounts::token_of(const domain::Session& session, domain::Role role) const {
  const auto in_seconds = [](domain::Instant instant) {
    return std::chrono::duration_cast<seconds>(instant.time_since_epoch()).count();
  };
  const domain::Instant opened = domain::from_rfc3339(session.created_at);
  const domain::Instant expires = domain::from_rfc3339(session.expires_at);
  // An unlocked screen's session is extended by use, its token is not.
  const domain::Instant latest =
      session.device_session_id.empty() ? expires : opened + domain::own_session_lasts;
  return {.token = signer_.sign({.subject = session.account_id,
                                 .role = role,
                                 .id = session.id,
                                 .issued_at = in_seconds(opened),
                                 .expires_at = in_seconds(latest)}),
          .role = role,
          .expires_in = static_cast<int>(in_seconds(expires) - in_seconds(opened))};
}

}  // namespace hss::api
