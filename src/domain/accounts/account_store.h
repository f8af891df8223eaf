#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/accounts/account.h"

namespace hss::domain {

/// The half of a Reader that knows who can sign in.
class AccountReader {
 public:
  virtual ~AccountReader() = default;

  virtual std::optional<Account> find_account(std::string_view id) = 0;
  virtual std::optional<Account> find_account_by_email(std::string_view email) = 0;
  /// In the order of their e-mails, from behind `after` (an e-mail; empty: from the first).
  virtual std::vector<Account> list_accounts(std::string_view after, int limit) = 0;
  /// Enabled staff and administrators with a PIN, by name.
  virtual std::vector<Account> list_pin_holders() = 0;
  /// True if somebody can sign in who can let others in.
  virtual bool has_administrator() = 0;
  /// The session with its account, whether or not it has expired or the account is enabled.
  virtual std::optional<SignedIn> find_session(std::string_view id) = 0;
  /// Changes whenever a session ends before its time or an account gets another role, is disabled
  /// or enabled, also from another program.
  virtual std::int64_t rights_revision() = 0;
  /// Those from behind `since` on.
  virtual PinFailures pin_failures(std::string_view account_id, std::string_view kiosk_session_id,
                                   std::string_view since) = 0;
  /// True if the account's browser with that mark has signed in behind `since`.
  virtual bool has_trusted_device(std::string_view account_id, std::string_view hash,
                                  std::string_view since) = 0;
  /// Of the devices, unlocked or not, that have not expired at `now`; the newest first.
  virtual std::vector<SignedIn> list_kiosks(std::string_view now) = 0;
  /// The link, whether or not it has expired.
  virtual std::optional<OneTimeLink> find_link(std::string_view token_hash) = 0;
  /// The keys that tokens are signed with and that have not retired at `now`: the newest first.
  virtual std::vector<TokenKey> token_keys(std::string_view now) = 0;
};

/// The half of a Tx that changes them.
class AccountWriter {
 public:
  virtual ~AccountWriter() = default;

  /// False, and nothing done, where the id or the e-mail is taken.
  [[nodiscard]] virtual bool insert_account(const Account& account) = 0;
  /// All but id, e-mail and created_at.
  virtual void update_account(const Account& account) = 0;

  /// Forgets the account's that are not behind `since`, too.
  virtual void insert_pin_failure(std::string_view account_id, std::string_view kiosk_session_id,
                                  std::string_view failed_at, std::string_view since) = 0;
  virtual void delete_pin_failures_on(std::string_view account_id,
                                      std::string_view kiosk_session_id) = 0;
  virtual void delete_pin_failures_of(std::string_view account_id) = 0;

  /// Adds the mark or says that it was used. Of the account's, forgets those not used behind
  /// `since` and all but the `most` used last.
  virtual void put_trusted_device(const TrustedDevice& trusted_device, std::string_view since,
                                  int max) = 0;
  virtual void delete_trusted_devices_of(std::string_view account_id) = 0;

  /// Forgets a few that expired before `now`, too.
  virtual void insert_session(const Session& session, std::string_view now) = 0;
  virtual void extend_session(std::string_view id, std::string_view expires_at) = 0;
  /// With those that it unlocked, where it is a device's.
  virtual void delete_session(std::string_view id) = 0;
  /// Those that the device unlocked.
  virtual void delete_sessions_on(std::string_view kiosk_session_id) = 0;
  /// The account's, with those that were unlocked on its devices.
  virtual void delete_sessions_of(std::string_view account_id) = 0;
  /// All but the `most` newest of the account's that are in browsers of its own.
  virtual void delete_oldest_sessions_of(std::string_view account_id, int max) = 0;

  /// In place of the account's earlier ones: the newest link alone works.
  virtual void insert_link(const OneTimeLink& link) = 0;
  /// With those that have expired at `now`.
  virtual void delete_link(std::string_view token_hash, std::string_view now) = 0;
  virtual void delete_links_of(std::string_view account_id) = 0;

  /// Earlier keys verify until `retires_at`, and are gone afterwards.
  virtual void insert_token_key(const TokenKey& key, std::string_view retires_at) = 0;
};

}  // namespace hss::domain
