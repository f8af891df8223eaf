#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/accounts/account.h"

namespace hss::domain {

/// Accounts, and their PINs, trusted devices and one-time links.
class AccountReader {
 public:
  virtual ~AccountReader() = default;

  virtual std::optional<Account> find(std::string_view id) = 0;
  /// The account with exactly this address, or else with its normal form D: up to version 6 an
  /// address was kept as the keyboard made it.
  virtual std::optional<Account> find_by_email(std::string_view email) = 0;
  /// Sorted by e-mail, starting after the e-mail `after`; empty: from the first.
  virtual std::vector<Account> list(std::string_view after, int limit) = 0;
  /// Enabled staff and administrators with a PIN, by name.
  virtual std::vector<Account> list_pin_holders() = 0;
  /// True if an administrator can sign in, and so let others in.
  virtual bool has_administrator() = 0;
  /// Counts the failures after `since`.
  virtual PinFailures pin_failures(std::string_view account_id, std::string_view kiosk_session_id,
                                   std::string_view since) = 0;
  /// True if the account's browser with that token has signed in after `since`.
  virtual bool has_trusted_device(std::string_view account_id, std::string_view hash,
                                  std::string_view since) = 0;
  /// Finds the link even if it has expired.
  virtual std::optional<OneTimeLink> find_link(std::string_view token_hash) = 0;
  /// Finds the first administrator's link, even if it has expired.
  virtual std::optional<OneTimeLink> find_first_link() = 0;

  /// Throws Error{not_found}.
  Account get(std::string_view id);
};

class AccountWriter : public AccountReader {
 public:
  /// Returns false and does nothing if the id or the e-mail is taken.
  [[nodiscard]] virtual bool insert(const Account& account) = 0;
  /// All but id and created_at.
  virtual void update(const Account& account) = 0;

  /// Also deletes the account's failures up to `since`.
  virtual void insert_pin_failure(std::string_view account_id, std::string_view kiosk_session_id,
                                  std::string_view failed_at, std::string_view since) = 0;
  virtual void delete_pin_failures_on(std::string_view account_id,
                                      std::string_view kiosk_session_id) = 0;
  virtual void delete_pin_failures_of(std::string_view account_id) = 0;

  /// Adds the device or records its use. Deletes those of the account that were not used after
  /// `since`, and all but the `max` used last.
  virtual void put_trusted_device(const TrustedDevice& trusted_device, std::string_view since,
                                  int max) = 0;
  virtual void delete_trusted_devices_of(std::string_view account_id) = 0;

  /// Replaces the account's earlier links: only the newest one works.
  virtual void insert_link(const OneTimeLink& link) = 0;
  /// Also deletes the links that have expired at `now`.
  virtual void delete_link(std::string_view token_hash, std::string_view now) = 0;
  virtual void delete_links_of(std::string_view account_id) = 0;
};

}  // namespace hss::domain
