#include "domain/accounts/account_service.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "domain/error.h"
#include "domain/new_id.h"
#include "domain/validation/form_text.h"
#include "domain/validation/text.h"

namespace hss::domain {
namespace {

using std::chrono::seconds;

/// Returns 128 random bits in hexadecimal.
std::string new_session_id(const RandomBytes& random) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::array<std::uint8_t, 16> bytes{};
  random(bytes);
  std::string id;
  for (const std::uint8_t byte : bytes) {
    id += digits[byte >> 4];
    id += digits[byte & 15];
  }
  return id;
}

/// Brings an address that an earlier version accepted to its normal form, for the caller to write.
/// If another account has that form already, both stay as they are: two people are never merged.
/// Returns what to add to the trail in either case.
Payload normalise_email(Tx& tx, Account& account) {
  std::string normal = normal_email(account.email);
  if (normal == account.email) return {};
  const auto other = tx.accounts().find_by_email(normal);
  if (other && other->id != account.id) return {{"same_email_as", other->id}};
  Payload note{{"email_before", account.email}};
  account.email = std::move(normal);
  return note;
}

std::string yes_or_no(bool value) {
  return value ? "yes" : "no";
}

}  // namespace

NewAccount check_person(const Field<std::string>& name, const Field<std::string>& email,
                        ValidationErrors& errors) {
  return {.name = required_text("name", name, person_name_bounds, errors),
          .email = required_email(email, errors)};
}

Caller caller_of(const Account& account, const std::string& request_id) {
  Caller caller = caller_of(
      NewAccount{.name = account.name, .email = account.email, .role = account.role}, request_id);
  caller.principal.account_id = account.id;
  return caller;
}

Caller caller_of(const NewAccount& person, const std::string& request_id) {
  return {.principal = {.account = person.email,
                        .role = person.role,
                        .auth_method = AuthMethod::by_account},
          .request_id = request_id};
}

std::string required_new_password(const Field<std::string>& password, const NewAccount& person,
                                  ValidationErrors& errors) {
  std::string text = required_secret("password", password, errors);
  if (text.empty()) return text;
  if (auto error = password_error(text, person.email, person.name); !error.empty()) {
    errors.add(std::move(error));
  }
  return text;
}

void require_session(Reader& reader, const Principal& principal) {
  if (principal.session_id.empty()) return;
  const auto found = reader.sessions().find(principal.session_id);
  if (found && found->account.enabled && found->account.role == principal.role) return;
  throw Error(ErrorCode::unauthorized, "You are signed out; please sign in");
}

AccountService::AccountService(Clock now, RandomBytes random, seconds lock_after)
    : now_(std::move(now)), random_(std::move(random)), lock_after_(lock_after) {}

Account AccountService::add(Tx& tx, const NewAccount& person, std::string password_hash,
                            const Caller& caller) const {
  if (tx.accounts().find_by_email(person.email)) {
    throw Error(ErrorCode::conflict, "There is an account with this e-mail already");
  }
  Account account{.id = {},
                  .email = person.email,
                  .name = person.name,
                  .role = person.role,
                  .password_hash = std::move(password_hash),
                  .created_at = to_rfc3339(now_())};
  insert_with_new_id(account_prefix, random_, "account number", [&](std::string id) {
    account.id = std::move(id);
    return tx.accounts().insert(account);
  });
  record(tx, "account_created", account, {{"role", std::string(to_text(account.role))}}, caller);
  return account;
}

Account AccountService::change(Tx& tx, std::string_view account_id, const AccountChange& change,
                               const Caller& caller) const {
  Account account = tx.accounts().get(account_id);
  const Account before = account;
  Payload changes;
  if (change.name && *change.name != account.name) {
    account.name = *change.name;
    changes.emplace_back("name", account.name);
  }
  if (change.role && *change.role != account.role) {
    account.role = *change.role;
    changes.emplace_back("role", std::string(to_text(account.role)));
  }
  if (change.enabled && *change.enabled != account.enabled) {
    account.enabled = *change.enabled;
    changes.emplace_back("enabled", yes_or_no(account.enabled));
  }
  if (changes.empty()) return account;
  if (account.role > before.role) {
    account.password_hash.clear();
    account.pin_hash.clear();
    tx.accounts().delete_trusted_devices_of(account.id);
  }
  const bool had_administrator = tx.accounts().has_administrator();
  for (auto& note : normalise_email(tx, account)) changes.push_back(std::move(note));
  tx.accounts().update(account);
  if (had_administrator && !tx.accounts().has_administrator()) {
    throw Error(ErrorCode::conflict,
                "This is the last administrator who can sign in; make another one first");
  }
  if (account.role != before.role || !account.enabled) {
    tx.sessions().remove_all_of(account.id);
    tx.accounts().delete_links_of(account.id);
  }
  record(tx, "account_changed", account, std::move(changes), caller);
  return account;
}

void AccountService::set_password(Tx& tx, std::string_view account_id, std::string password_hash,
                                  const Caller& caller) const {
  Account account = tx.accounts().get(account_id);
  account.password_hash = std::move(password_hash);
  Payload note = normalise_email(tx, account);
  tx.accounts().update(account);
  tx.sessions().remove_all_of(account.id);
  tx.accounts().delete_links_of(account.id);
  tx.accounts().delete_trusted_devices_of(account.id);
  record(tx, "password_changed", account, std::move(note), caller);
}

Account AccountService::set_pin(Tx& tx, std::string_view account_id, std::string pin_hash,
                                const Caller& caller) const {
  Account account = tx.accounts().get(account_id);
  account.pin_hash = std::move(pin_hash);
  Payload changes{{"has_pin", yes_or_no(!account.pin_hash.empty())}};
  for (auto& note : normalise_email(tx, account)) changes.push_back(std::move(note));
  tx.accounts().update(account);
  tx.accounts().delete_pin_failures_of(account.id);
  record(tx, "pin_changed", account, std::move(changes), caller);
  return account;
}

std::string AccountService::make_link(Tx& tx, std::string_view account_id, std::string token_hash,
                                      const Caller& caller) const {
  const Account account = tx.accounts().get(account_id);
  if (!account.enabled) {
    throw Error(ErrorCode::conflict, "The account is disabled; enable it first");
  }
  const std::string expires_at = to_rfc3339(now_() + link_lasts);
  tx.accounts().insert_link(
      {.token_hash = std::move(token_hash), .account_id = account.id, .expires_at = expires_at});
  record(tx, "link_made", account, {}, caller);
  return expires_at;
}

std::string AccountService::make_first_link(Tx& tx, std::string token_hash) const {
  const std::string expires_at = to_rfc3339(now_() + link_lasts);
  tx.accounts().insert_link(
      {.token_hash = std::move(token_hash), .account_id = std::nullopt, .expires_at = expires_at});
  return expires_at;
}

Session AccountService::open(Tx& tx, Session session, seconds lasts) const {
  const Instant now = now_();
  session.id = new_session_id(random_);
  session.created_at = to_rfc3339(now);
  session.expires_at = to_rfc3339(now + lasts);
  tx.sessions().insert(session, session.created_at);
  return session;
}

Session AccountService::open_session(Tx& tx, std::string_view account_id) const {
  tx.sessions().remove_oldest_of(account_id, max_own_sessions - 1);
  return open(tx, {.account_id = std::string(account_id)}, own_session_lasts);
}

Session AccountService::open_kiosk(Tx& tx, std::string name, const Caller& caller) const {
  const Account account = tx.accounts().get(caller.principal.account_id);
  record(tx, "screen_opened", account, {{"device", name}}, caller);
  return open(tx, {.account_id = account.id, .is_kiosk = true, .kiosk_name = std::move(name)},
              kiosk_session_lifetime);
}

void AccountService::end_kiosk(Tx& tx, const SignedIn& kiosk, const Caller& caller) const {
  tx.sessions().remove(kiosk.session.id);
  record(tx, "screen_ended", kiosk.account, {{"device", kiosk.session.kiosk_name}}, caller);
}

Session AccountService::unlock_kiosk(Tx& tx, std::string_view account_id,
                                     std::string_view kiosk_session_id) const {
  tx.accounts().delete_pin_failures_on(account_id, kiosk_session_id);
  tx.sessions().remove_unlocked_on(kiosk_session_id);
  return open(
      tx,
      {.account_id = std::string(account_id), .kiosk_session_id = std::string(kiosk_session_id)},
      unlocked_for());
}

seconds AccountService::begin_pin_try(Tx& tx, std::string_view account_id,
                                      std::string_view kiosk_session_id) const {
  const Instant now = now_();
  const std::string since = to_rfc3339(now - pin_failure_lasts);
  const PinFailures failures = tx.accounts().pin_failures(account_id, kiosk_session_id, since);
  const auto left = [now](const std::string& last, seconds lock) {
    return last.empty() ? Instant::duration::zero() : from_rfc3339(last) + lock - now;
  };
  const auto locked_for = std::max(left(failures.last_on_kiosk, pin_lock(failures.on_kiosk)),
                                   left(failures.last_on_all, pin_lock_on_all(failures.on_all)));
  if (locked_for > Instant::duration::zero()) {
    throw Error::rate_limited("Too many wrong PINs; try again later, or sign in with your password",
                              std::chrono::ceil<seconds>(locked_for));
  }
  tx.accounts().insert_pin_failure(account_id, kiosk_session_id, to_rfc3339(now), since);
  return std::max(pin_lock(failures.on_kiosk + 1), pin_lock_on_all(failures.on_all + 1));
}

void AccountService::record_pin_lock(Tx& tx, std::string_view account_id,
                                     std::string_view kiosk_session_id,
                                     const Caller& caller) const {
  const auto kiosk = tx.sessions().find(kiosk_session_id);
  const std::string name = kiosk ? kiosk->session.kiosk_name : "";
  record(tx, "pin_locked", tx.accounts().get(account_id), {{"device", name}}, caller);
}

std::string AccountService::trusted_device_since() const {
  return to_rfc3339(now_() - trusted_device_lifetime);
}

void AccountService::put_trusted_device(Tx& tx, std::string_view account_id,
                                        std::string hash) const {
  tx.accounts().put_trusted_device({.hash = std::move(hash),
                                    .account_id = std::string(account_id),
                                    .used_at = to_rfc3339(now_())},
                                   trusted_device_since(), max_trusted_devices);
}

std::string AccountService::unlocked_until() const {
  return to_rfc3339(now_() + unlocked_for());
}

bool AccountService::is_due_for_extension(const Session& session) const {
  constexpr seconds between_writes(20);
  if (session.kiosk_session_id.empty()) return false;
  return session.expires_at <= to_rfc3339(now_() + unlocked_for() - between_writes);
}

void AccountService::record(Tx& tx, std::string_view type, const Account& account, Payload more,
                            const Caller& caller) const {
  Payload payload{{"account_id", account.id}, {"email", account.email}};
  for (auto& member : more) payload.push_back(std::move(member));
  tx.audit().append({.type = std::string(type),
                     .booking_id = std::nullopt,
                     .payload = std::move(payload),
                     .actor = caller.principal.account,
                     .actor_role = std::string(to_text(caller.principal.role)),
                     .request_id = caller.request_id,
                     .created_at = to_rfc3339(now_())});
}

}  // namespace hss::domain
