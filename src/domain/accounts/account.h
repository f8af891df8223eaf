#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "domain/accounts/principal.h"

namespace hss::domain {

/// Somebody who can sign in. Times are RFC 3339 in UTC.
struct Account {
  std::string id;     ///< `ACC-` and ten characters of Crockford base 32
  std::string email;  ///< in lower case, of one account alone
  std::string name;
  Role role = Role::customer;
  std::string password_hash;  ///< empty until a password was set
  std::string pin_hash;       ///< empty: no PIN
  bool enabled = true;
  std::string created_at;
};

/// One signing in, behind each token: the token holds for as long as this row does.
struct Session {
  std::string id;          ///< random; the token's `jti`
  std::string account_id;  ///< whose it is; of a device's: who opened the device
  /// A device is a shared screen: it can be unlocked by a PIN and do nothing else.
  bool is_kiosk = false;
  std::string kiosk_name;
  /// The device that was unlocked; empty where somebody signed in with a password.
  std::string kiosk_session_id;
  std::string created_at;
  std::string expires_at;
};

/// A session with the account that it is of, as it is now.
struct SignedIn {
  Session session;
  Account account;
};

/// Lets its bearer set a password once.
struct OneTimeLink {
  std::string token_hash;                 ///< SHA-256 of the secret, in hexadecimal
  std::optional<std::string> account_id;  ///< empty: makes the first administrator
  std::string expires_at;
};

/// Wrong tries of an account's PIN since a moment; those on a device end with the right PIN there.
struct PinFailures {
  int on_kiosk = 0;
  std::string last_on_kiosk;  ///< RFC 3339; empty where there is none
  int on_all = 0;             ///< devices, whether or not they still are
  std::string last_on_all;
};

/// Kept by a browser that its account has signed in with, so that its tries are told apart from
/// those of others at the same address.
struct TrustedDevice {
  std::string hash;  ///< SHA-256 of the secret, in hexadecimal
  std::string account_id;
  std::string used_at;
};

/// Signs tokens. `bytes`: at least 32.
struct TokenKey {
  std::string bytes;
  std::string created_at;
};

constexpr int min_password_length = 10;  ///< characters
constexpr int max_password_length =
    128;  ///< characters; hashing more would be work for an attacker

/// The fault of a password, as a sentence; empty where it will do. `email` and `name` are the
/// account's: a password that is one of them is none.
std::string password_error(std::string_view password, std::string_view email,
                           std::string_view name);
/// The fault of a PIN, as a sentence; empty where it will do: six digits, not all the same and not
/// a run such as 123456.
std::string pin_error(std::string_view pin);

/// How long a PIN is locked on a device after this many wrong ones there: nothing up to four, then
/// 30 seconds, doubling to 15 minutes.
std::chrono::seconds pin_lock(int failures);
/// How long it is locked on every device after this many wrong ones on all: nothing up to 49, then
/// 15 minutes.
std::chrono::seconds pin_lock_on_all(int failures);

}  // namespace hss::domain
