#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "domain/account.h"
#include "domain/clock.h"
#include "domain/event.h"
#include "domain/faults.h"
#include "domain/given.h"
#include "domain/principal.h"
#include "domain/reference.h"
#include "domain/store.h"

namespace hss::domain {

/// Somebody to make an account for, checked: the name trimmed, the e-mail in lower case.
struct NewAccount {
  std::string name;
  std::string email;
  Role role = Role::customer;
};

inline constexpr Faults::Bounds person_name_bounds{.at_least = 2, .at_most = 120};

/// The name and e-mail, their faults added to `faults`.
NewAccount check_person(const Given<std::string>& name, const Given<std::string>& email,
                        Faults& faults);
/// The password that this person wants, its fault added to `faults`.
std::string required_new_password(const Given<std::string>& password, const NewAccount& person,
                                  Faults& faults);

/// What changes; absent: it stays.
struct AccountChange {
  std::optional<std::string> name;
  std::optional<Role> role;
  std::optional<bool> enabled;
};

/// How long what was opened lasts.
inline constexpr std::chrono::hours own_session_lasts(12);
inline constexpr std::chrono::days device_session_lasts(30);
inline constexpr std::chrono::minutes link_lasts(15);
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

  /// `password_hash` may be empty: nobody can sign in with it then. A customer who registers acts
  /// for themselves: no `caller`. Throws Error{conflict} where the e-mail has an account.
  Account add(Tx& tx, const NewAccount& person, std::string password_hash,
              const std::optional<Caller>& caller, const std::string& request_id) const;

  /// Ends the account's sessions where its role changes or it is disabled. Throws Error{not_found},
  /// and Error{conflict} where nobody could let others in any more.
  Account change(Tx& tx, std::string_view account_id, const AccountChange& change,
                 const Caller& caller) const;

  /// Ends every session of the account. Throws Error{not_found}.
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

  /// In somebody's own browser.
  Session open_session(Tx& tx, std::string_view account_id) const;
  /// Makes the browser a shared screen.
  Session open_device(Tx& tx, std::string_view account_id, std::string name) const;
  /// The person's, on that device; ends whoever had it unlocked.
  Session unlock_device(Tx& tx, std::string_view account_id,
                        std::string_view device_session_id) const;

  /// Counts a try of the account's PIN as wrong until unlock_device() forgets it, so that many at
  /// once are no more than one after the other. Throws Error{rate_limited} while it is locked.
  void begin_pin_try(Tx& tx, std::string_view account_id) const;

  /// When the session of an unlocked screen ends unless it is used.
  std::string unlocked_until() const;
  /// Whether it is time to write that down again.
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

/// Throws Error{not_found}.
Account get_account(AccountReader& reader, std::string_view id);

}  // namespace hss::domain
