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

/// Somebody to make an account for, checked: the name trimmed, the e-mail in lower case.
struct NewAccount {
  std::string name;
  std::string email;
  Role role = Role::customer;
};

inline constexpr ValidationErrors::Bounds person_name_bounds{.at_least = 2, .at_most = 120};

/// The name and e-mail, their faults added to `faults`.
NewAccount check_person(const Field<std::string>& name, const Field<std::string>& email,
                        ValidationErrors& errors);
/// The password that this person wants, its fault added to `faults`.
std::string required_new_password(const Field<std::string>& password, const NewAccount& person,
                                  ValidationErrors& errors);

/// What changes; absent: it stays.
struct AccountChange {
  std::optional<std::string> name;
  std::optional<Role> role;
  std::optional<bool> enabled;
};

/// How long what was opened lasts.
inline constexpr std::chrono::hours own_session_lasts(12);
inline constexpr int max_own_sessions = 20;
inline constexpr std::chrono::days kiosk_session_lifetime(30);
inline constexpr std::chrono::minutes link_lasts(15);
/// Without signing in.
inline constexpr std::chrono::days trusted_device_lifetime(90);
inline constexpr int max_trusted_devices = 10;
/// A wrong PIN counts for this long.
inline constexpr std::chrono::hours pin_failure_lasts(1);
/// Beyond the lock time, so that a screen locks itself before its server does.
inline constexpr std::chrono::seconds lock_grace(60);

/// The use cases of who can sign in. Each makes one change with its audit event, inside the unit of
/// work that it is handed; passwords, PINs and secrets come as their hashes. Thread-safe; holds no
/// state of its own.
class AccountService {
 public:
  /// `lock_after`: how long an unlocked shared screen may go without use.
  AccountService(Clock now, RandomBytes random, std::chrono::seconds lock_after);

  std::chrono::seconds lock_after() const { return lock_after_; }

  /// `password_hash` may be empty: nobody can sign in with it then. Throws Error{conflict} where
  /// the e-mail has an account.
  Account add(Tx& tx, const NewAccount& person, std::string password_hash,
              const Caller& caller) const;

  /// Ends the account's sessions and links where its role changes or it is disabled. A role that
  /// may more takes its password, PIN and device marks away too: whoever registered with that
  /// e-mail need not be whom it is given to. Throws Error{not_found}, and Error{conflict} where
  /// nobody could let others in any more.
  Account change(Tx& tx, std::string_view account_id, const AccountChange& change,
                 const Caller& caller) const;

  /// Ends every session, link and device mark of the account. Throws Error{not_found}.
  void set_password(Tx& tx, std::string_view account_id, std::string password_hash,
                    const Caller& caller) const;

  /// Empty: no PIN any more. Forgets wrong tries. Throws Error{not_found}.
  Account set_pin(Tx& tx, std::string_view account_id, std::string pin_hash,
                  const Caller& caller) const;

  /// Keeps the secret's hash, in place of the account's earlier links; gives when it expires.
  /// Throws Error{not_found}, and Error{conflict} where the account is disabled.
  std::string make_link(Tx& tx, std::string_view account_id, std::string token_hash,
                        const Caller& caller) const;
  /// The link that makes the first administrator.
  std::string make_first_link(Tx& tx, std::string token_hash) const;

  /// In somebody's own browser. Ends their oldest ones where there are too many.
  Session open_session(Tx& tx, std::string_view account_id) const;
  /// Makes the caller's browser a shared screen. Throws Error{not_found}.
  Session open_kiosk(Tx& tx, std::string name, const Caller& caller) const;
  /// Ends a shared screen, unlocked or not.
  void end_kiosk(Tx& tx, const SignedIn& kiosk, const Caller& caller) const;
  /// The person's, on that device; ends whoever had it unlocked.
  Session unlock_kiosk(Tx& tx, std::string_view account_id,
                       std::string_view kiosk_session_id) const;

  /// Counts a try of the account's PIN on a device as wrong until unlock_kiosk() forgets it, so
  /// that many at once are no more than one after the other. Gives how long the PIN is locked there
  /// if it was wrong. Throws Error{rate_limited} while it is locked.
  std::chrono::seconds begin_pin_try(Tx& tx, std::string_view account_id,
                                     std::string_view kiosk_session_id) const;
  /// Says in the audit trail that the PIN is locked on that device now.
  void record_pin_lock(Tx& tx, std::string_view account_id, std::string_view kiosk_session_id,
                       const Caller& caller) const;

  /// Since when a device mark must have been used to say anything.
  std::string trusted_device_since() const;
  /// The browser with that mark has signed in.
  void put_trusted_device(Tx& tx, std::string_view account_id, std::string hash) const;

  /// How long the session of an unlocked screen goes on without use.
  std::chrono::seconds unlocked_for() const { return lock_after_ + lock_grace; }
  /// When it ends unless it is used.
  std::string unlocked_until() const;
  /// True if it is time to write that down again.
  bool is_due_for_extension(const Session& session) const;

 private:
  Session open(Tx& tx, Session session, std::chrono::seconds lasts) const;
  void record(Tx& tx, std::string_view type, const Account& account, Payload more,
              const Caller& caller) const;

  Clock now_;
  RandomBytes random_;
  std::chrono::seconds lock_after_;
};

/// Whoever sets up or changes their own account before they are signed in.
Caller caller_of(const Account& account, const std::string& request_id);
Caller caller_of(const NewAccount& person, const std::string& request_id);

/// Throws Error{unauthorized} where the principal's session has ended, or their account was
/// disabled or got another role, since they were authenticated. Nothing where there is no session.
void require_session(Reader& reader, const Principal& principal);

}  // namespace hss::domain
