#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/accounts/account.h"

namespace hss::domain {

/// The part of a Reader for accounts and sessions.
class AccountReader {
 public:
  virtual ~AccountReader() = default;

  virtual std::optional<Account> find_account(std::string_view id) = 0;
  virtual std::optional<Account> find_account_by_email(std::string_view email) = 0;
  /// Ordered by e-mail, after `after` (an e-mail; empty: from the first).
  virtual std::vector<Account> list_accounts(std::string_view after, int limit) = 0;
  /// Enabled staff and administrators with a PIN, ordered by name.
  virtual std::vector<Account> list_pin_holders() = 0;
  /// True if an administrator can sign in, and so let others in.
  virtual bool has_administrator() = 0;
  /// The session with its account, even if it has expired or the account is disabled.
  virtual std::optional<SignedIn> find_session(std::string_view id) = 0;
  /// Changes whenever a session ends early or an account gets another role, is disabled or enabled,
  /// also from another process.
  virtual std::int64_t rights_revision() = 0;
  /// Counts failures from `since` on.
  virtual PinFailures pin_failures(std::string_view account_id, std::string_view kiosk_session_id,
                                   std::string_view since) = 0;
  /// True if the account's browser with that token has signed in after `since`.
  virtual bool has_trusted_device(std::string_view account_id, std::string_view hash,
                                  std::string_view since) = 0;
  /// Kiosks, unlocked or not, that have not expired at `now`; the newest first.
  virtual std::vector<SignedIn> list_kiosks(std::string_view now) = 0;
  /// The link, even if it has expired.
  virtual std::optional<OneTimeLink> find_link(std::string_view token_hash) = 0;
  /// The keys that sign tokens and have not retired at `now`; the newest first.
  virtual std::vector<TokenKey> token_keys(std::string_view now) = 0;
};

/// The part of a Tx that changes accounts and sessions.
class AccountWriter {
 public:
  virtual ~AccountWriter() = default;

  /// Returns false and does nothing if the id or the e-mail is taken.
  [[nodiscard]] virtual bool insert_account(const Account& account) = 0;
  /// Writes all but id, e-mail and created_at.
  virtual void update_account(const Account& account) = 0;

  /// Also deletes the account's failures up to `since`.
  virtual void insert_pin_failure(std::string_view account_id, std::string_view kiosk_session_id,
                                  std::string_view failed_at, std::string_view since) = 0;
  virtual void delete_pin_failures_on(std::string_view account_id,
                                      std::string_view kiosk_session_id) = 0;
  virtual void delete_pin_failures_of(std::string_view account_id) = 0;

  /// Adds the trusted device or updates its last use. Deletes the account's that were not used
  /// after `since` and all but the `max` used last.
  virtual void put_trusted_device(const TrustedDevice& trusted_device, std::string_view since,
                                  int max) = 0;
  virtual void delete_trusted_devices_of(std::string_view account_id) = 0;

  /// Also deletes a few that expired before `now`.
  virtual void insert_session(const Session& session, std::string_view now) = 0;
  virtual void extend_session(std::string_view id, std::string_view expires_at) = 0;
  /// Deletes the session; of a kiosk, also those that it unlocked.
  virtual void delete_session(std::string_view id) = 0;
  /// Deletes the sessions that the kiosk unlocked.
  virtual void delete_sessions_on(std::string_view kiosk_session_id) = 0;
  /// Deletes the account's sessions, and those that were unlocked on its kiosks.
  virtual void delete_sessions_of(std::string_view account_id) = 0;
  /// Deletes all but the `max` newest of the account's sessions in its own browsers.
  virtual void delete_oldest_sessions_of(std::string_view account_id, int max) = 0;

  /// Replaces the account's earlier links: only the newest one works.
  virtual void insert_link(const OneTimeLink& link) = 0;
  /// Also deletes the links that have expired at `now`.
  virtual void delete_link(std::string_view token_hash, std::string_view now) = 0;
  virtual void delete_links_of(std::string_view account_id) = 0;

  /// Earlier keys verify until `retires_at`, and are deleted afterwards.
  virtual void insert_token_key(const TokenKey& key, std::string_view retires_at) = 0;
};

}  // namespace hss::domain
