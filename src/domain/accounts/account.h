#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "domain/accounts/principal.h"

namespace hss::domain {

/// An account of somebody who can sign in. Times are RFC 3339 in UTC.
struct Account {
  std::string id;     ///< `ACC-` and ten characters of Crockford base 32
  std::string email;  ///< in lower case; unique
  std::string name;
  Role role = Role::customer;
  std::string password_hash;  ///< empty until a password is set
  std::string pin_hash;       ///< empty: no PIN
  bool enabled = true;
  std::string created_at;
};

/// A sign-in. Every token refers to one and is valid as long as this row exists.
struct Session {
  std::string id;          ///< random; the token's `jti`
  std::string account_id;  ///< whose it is; of a kiosk's: who set the kiosk up
  /// True for a kiosk: it can be unlocked by a PIN and do nothing else.
  bool is_kiosk = false;
  std::string kiosk_name;
  /// The kiosk that was unlocked; empty after a sign-in with a password.
  std::string kiosk_session_id;
  std::string created_at;
  std::string expires_at;
};

/// A session with its account as it is now.
struct SignedIn {
  Session session;
  Account account;
};

/// A link that lets its bearer set a password once.
struct OneTimeLink {
  std::string token_hash;                 ///< SHA-256 of the secret, in hexadecimal
  std::optional<std::string> account_id;  ///< empty: it creates the first administrator
  std::string expires_at;
};

/// Wrong tries of an account's PIN since a moment; the right PIN on a kiosk clears those there.
struct PinFailures {
  int on_kiosk = 0;
  std::string last_on_kiosk;  ///< RFC 3339; empty if there is none
  int on_all = 0;             ///< on all kiosks, also ended ones
  std::string last_on_all;
};

/// Kept by a browser in which its account has signed in, so that its tries count apart from those
/// of other clients at the same address.
struct TrustedDevice {
  std::string hash;  ///< SHA-256 of the secret, in hexadecimal
  std::string account_id;
  std::string used_at;
};

/// A key that signs tokens. `bytes`: at least 32.
struct TokenKey {
  std::string bytes;
  std::string created_at;
};

constexpr int min_password_length = 10;   ///< characters
constexpr int max_password_length = 128;  ///< characters; hashing more would only help an attacker

/// The error of a password, as a sentence; empty if it is acceptable. `email` and `name` are the
/// account's: neither is acceptable as a password.
std::string password_error(std::string_view password, std::string_view email,
                           std::string_view name);
/// The error of a PIN, as a sentence; empty if it is acceptable: six digits, not all the same and
/// not a run such as 123456.
std::string pin_error(std::string_view pin);

/// How long a PIN is locked on a kiosk after this many wrong ones there: zero up to four, then 30
/// seconds, doubling to 15 minutes.
std::chrono::seconds pin_lock(int failures);
/// How long a PIN is locked on every kiosk after this many wrong ones on all: zero up to 49, then
/// 15 minutes.
std::chrono::seconds pin_lock_on_all(int failures);

}  // namespace hss::domain
