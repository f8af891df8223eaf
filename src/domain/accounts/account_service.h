#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "domain/accounts/account.h"
#include "domain/accounts/principal.h"
#include "domain/clock.h"
#include "domain/events/event.h"
#include "domain/reference.h"
#include "domain/store.h"
#include "domain/validation/field.h"
#include "domain/validation/validation_errors.h"

namespace hss::domain {

/// A checked request for an account: the name trimmed, the e-mail in lower case.
struct NewAccount {
  std::string name;
  std::string email;
  Role role = Role::customer;
};

inline constexpr ValidationErrors::Bounds person_name_bounds{.at_least = 2, .at_most = 120};

/// Checks the name and e-mail, and adds their errors to `errors`.
NewAccount check_person(const Field<std::string>& name, const Field<std::string>& email,
                        ValidationErrors& errors);
/// Checks the password that this person chose, and adds its error to `errors`.
std::string required_new_password(const Field<std::string>& password, const NewAccount& person,
                                  ValidationErrors& errors);

/// A change to an account; absent members stay as they are.
struct AccountChange {
  std::optional<std::string> name;
  std::optional<Role> role;
  std::optional<bool> enabled;
};

/// Lifetimes of sessions and links.
inline constexpr std::chrono::hours own_session_lasts(12);
inline constexpr int max_own_sessions = 20;
inline constexpr std::chrono::days kiosk_session_lifetime(30);
inline constexpr std::chrono::minutes link_lasts(15);
/// The time for which a browser stays trusted without signing in.
inline constexpr std::chrono::days trusted_device_lifetime(90);
inline constexpr int max_trusted_devices = 10;
/// The time for which a wrong PIN counts.
inline constexpr std::chrono::hours pin_failure_lasts(1);
/// Added to the lock time, so that a kiosk locks itself before its server does.
inline constexpr std::chrono::seconds lock_grace(60);

/// The use cases for accounts. Each makes one change with its audit event, inside the unit of work
/// that it receives; passwords, PINs and secrets come as their hashes. Thread-safe; has no state of
/// its own.
class AccountService {
 public:
  /// `lock_after`: the time without use after which an unlocked kiosk locks.
  AccountService(Clock now, RandomBytes random, std::chrono::seconds lock_after);

  std::chrono::seconds lock_after() const { return lock_after_; }

  /// An empty `password_hash` means that nobody can sign in with it yet. Throws Error{conflict} if
  /// the e-mail has an account.
  Account add(Tx& tx, const NewAccount& person, std::string password_hash,
              const Caller& caller) const;

  /// Ends the account's sessions and links if its role changes or it is disabled. A role with more
  /// rights also removes its password, PIN and trusted devices: whoever registered with that e-mail
  /// need not be the person who gets the role. Throws Error{not_found}, and Error{conflict} if no
  /// administrator would be left who can sign in.
  Account change(Tx& tx, std::string_view account_id, const AccountChange& change,
                 const Caller& caller) const;

  /// Ends every session, link and trusted device of the account. Throws Error{not_found}.
  void set_password(Tx& tx, std::string_view account_id, std::string password_hash,
                    const Caller& caller) const;

  /// An empty hash removes the PIN. Clears wrong tries. Throws Error{not_found}.
  Account set_pin(Tx& tx, std::string_view account_id, std::string pin_hash,
                  const Caller& caller) const;

  /// Stores the secret's hash, in place of the account's earlier links; returns when it expires.
  /// Throws Error{not_found}, and Error{conflict} if the account is disabled.
  std::string make_link(Tx& tx, std::string_view account_id, std::string token_hash,
                        const Caller& caller) const;
  /// Stores the link that creates the first administrator.
  std::string make_first_link(Tx& tx, std::string token_hash) const;

  /// Opens a session in somebody's own browser. Ends their oldest ones if there are too many.
  Session open_session(Tx& tx, std::string_view account_id) const;
  /// Turns the caller's browser into a kiosk. Throws Error{not_found}.
  Session open_kiosk(Tx& tx, std::string name, const Caller& caller) const;
  /// Ends a kiosk, unlocked or not.
  void end_kiosk(Tx& tx, const SignedIn& kiosk, const Caller& caller) const;
  /// Opens the person's session on that kiosk; ends the session of whoever had it unlocked.
  Session unlock_kiosk(Tx& tx, std::string_view account_id,
                       std::string_view kiosk_session_id) const;

  /// Counts a try of the account's PIN on a kiosk as wrong until unlock_kiosk() clears it, so that
  /// many at once gain nothing over one after the other. Returns how long the PIN is locked there
  /// if it was wrong. Throws Error{rate_limited} while it is locked.
  std::chrono::seconds begin_pin_try(Tx& tx, std::string_view account_id,
                                     std::string_view kiosk_session_id) const;
  /// Records in the audit trail that the PIN is locked on that kiosk now.
  void record_pin_lock(Tx& tx, std::string_view account_id, std::string_view kiosk_session_id,
                       const Caller& caller) const;

  /// A trusted device counts only if it was used after this.
  std::string trusted_device_since() const;
  /// Records that the browser with that token has signed in.
  void put_trusted_device(Tx& tx, std::string_view account_id, std::string hash) const;

  /// The time for which the session of an unlocked kiosk lasts without use.
  std::chrono::seconds unlocked_for() const { return lock_after_ + lock_grace; }
  /// The time at which such a session ends unless it is used.
  std::string unlocked_until() const;
  /// True if it is time to write a later end to the database.
  bool is_due_for_extension(const Session& session) const;

 private:
  Session open(Tx& tx, Session session, std::chrono::seconds lasts) const;
  void record(Tx& tx, std::string_view type, const Account& account, Payload more,
              const Caller& caller) const;

  Clock now_;
  RandomBytes random_;
  std::chrono::seconds lock_after_;
};

/// The caller for people who set up or change their own account before they sign in.
Caller caller_of(const Account& account, const std::string& request_id);
Caller caller_of(const NewAccount& person, const std::string& request_id);

/// Throws Error{unauthorized} where the principal's session has ended, or their account was
/// disabled or got another role, since they were authenticated. Nothing where there is no session.
void require_session(Reader& reader, const Principal& principal);

}  // namespace hss::domain
